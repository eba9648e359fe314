using System.Runtime.InteropServices;
using Calls.Media.Datagrams;
using Calls.MediaNode.Native;

namespace Calls.MediaNode.Sockets;

/// <summary>A loop's sockets on Linux: batches in and out, one system call each.</summary>
internal sealed unsafe class LinuxDatagramSocket : IDatagramSocket
{
    /// <summary>The waiter says which sockets are ready in the bits of one word.</summary>
    public const int LocalsMax = 63;

    private readonly TransportAddress[] _locals;
    private readonly int[] _sockets;
    private readonly EpollWaiter _waiter = new();
    private readonly LinuxBatchSender _sender;
    private MultiMessage* _messages;
    private IoVector* _vectors;
    private SocketAddressBytes* _names;
    private ulong _ready;
    private int _next;

    /// <summary>Binds each address; other loops may share them.</summary>
    /// <param name="locals">Own addresses and ports.</param>
    /// <param name="segmentsRefused">Told once, when the system will not cut runs of datagrams up.</param>
    public LinuxDatagramSocket(IReadOnlyList<TransportAddress> locals, Action? segmentsRefused = null)
    {
        _sender = new LinuxBatchSender(segmentsRefused ?? (() => { }));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(locals.Count, LocalsMax, nameof(locals));
        _locals = [.. locals];
        _sockets = new int[_locals.Length];
        for (var i = 0; i < _locals.Length; i++)
        {
            _sockets[i] = LinuxUdp.OpenShared(_locals[i]);
            _waiter.Add(_sockets[i], (ulong)i);
        }

        _messages = Allocate<MultiMessage>(ReceiveBatch.Capacity);
        _vectors = Allocate<IoVector>(ReceiveBatch.Capacity);
        _names = Allocate<SocketAddressBytes>(ReceiveBatch.Capacity);
        for (var i = 0; i < ReceiveBatch.Capacity; i++)
        {
            _messages[i].Header = new MessageHeader { Name = _names + i, Vectors = _vectors + i, VectorCount = 1 };
            _vectors[i].Bytes = ReceiveBatch.ReceiveBytesMax;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<TransportAddress> Locals => _locals;

    /// <inheritdoc/>
    public int ReceiveBufferBytes =>
        LinuxUdp.GetOption(_sockets[0], SocketCalls.LevelSocket, SocketCalls.ReceiveBufferBytes);

    /// <inheritdoc/>
    public void Wait(TimeSpan atMost)
    {
        // Looked at even while one address has more: the others would not be heard of for as long as a flood lasts.
        _ready |= _waiter.Wait(_ready != 0 ? 0 : Milliseconds(atMost));
    }

    /// <inheritdoc/>
    public int Receive(ReceiveBatch batch)
    {
        while (_ready != 0)
        {
            // Begins behind the address served last, so that each gets its turn however busy the others are.
            var behind = _ready & (ulong.MaxValue << _next);
            var local = System.Numerics.BitOperations.TrailingZeroCount(behind != 0 ? behind : _ready);
            _next = local + 1;
            var count = ReceiveFrom(local, batch);

            // A batch that was not full emptied the socket; what comes later makes it ready again.
            if (count < ReceiveBatch.Capacity) { _ready &= ~(1UL << local); }

            if (count > 0) { return count; }
        }

        return 0;
    }

    /// <inheritdoc/>
    public void Send(SendBatch batch)
    {
        var pending = batch.Pending;
        while (!pending.IsEmpty)
        {
            // Nearly always all of it: one host, one address.
            var local = pending[0].Local;
            var run = 1;
            while (run < pending.Length && pending[run].Local == local) { run++; }

            batch.HasKept |= _sender.Send(_sockets[local], pending[..run], batch);
            pending = pending[run..];
        }
    }

    /// <inheritdoc/>
    public void Wake() => _waiter.Wake();

    public void Dispose()
    {
        foreach (var socket in _sockets) { _ = SocketCalls.Close(socket); }

        _waiter.Dispose();
        _sender.Dispose();
        NativeMemory.Free(_messages);
        NativeMemory.Free(_vectors);
        NativeMemory.Free(_names);
        _messages = null;
        _vectors = null;
        _names = null;
    }

    private static int Milliseconds(TimeSpan wait) => wait <= TimeSpan.Zero
        ? 0
        : (int)Math.Min(Math.Ceiling(wait.TotalMilliseconds), int.MaxValue);

    private int ReceiveFrom(int local, ReceiveBatch batch)
    {
        for (var i = 0; i < ReceiveBatch.Capacity; i++)
        {
            _vectors[i].Base = batch.Slab(i);
            _messages[i].Header.NameBytes = SocketAddressBytes.MaxBytes;
        }

        var count = SocketCalls.ReceiveMany(
            _sockets[local], _messages, ReceiveBatch.Capacity, SocketCalls.MessageDontWait, null);
        for (var i = 0; i < count; i++)
        {
            batch.Fill(i, (int)_messages[i].Bytes, local, SocketAddressCodec.Read(_names[i].Bytes));
        }

        return Math.Max(count, 0);
    }

    private static T* Allocate<T>(int count) where T : unmanaged => (T*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(T));
}
