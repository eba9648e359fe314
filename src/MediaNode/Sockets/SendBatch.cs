using System.Runtime.InteropServices;
using Calls.Media.Datagrams;
using Calls.Media.Peers;

namespace Calls.MediaNode.Sockets;

/// <summary>One outgoing datagram.</summary>
internal unsafe struct OutgoingDatagram
{
    public byte* Data;
    public int Bytes;
    public int Local;

    /// <summary>The system had no room for it and shall be asked once more; set by the socket.</summary>
    public bool IsKept;

    /// <summary>It was kept once. The second time it is lost: late voice helps nobody.</summary>
    public bool WasKept;
    public TransportAddress Remote;
}

/// <summary>
/// What a turn sends, written in place by the peers and given to the system in one call. When it is full before the turn
/// ends it is sent early: while sealed packets are still in the cache, and so that it never needs to grow.
/// </summary>
internal sealed unsafe class SendBatch : IDisposable
{
    public const int Capacity = 64;

    private const int CacheLineBytes = 64;
    private const int SlackBytes = 16;
    private const int ArenaBytes = Capacity * (PeerLimits.DatagramBytesMax + SlackBytes + CacheLineBytes);

    private readonly IDatagramSocket _socket;
    private readonly TransportAddress[] _locals;
    private readonly OutgoingDatagram[] _datagrams = new OutgoingDatagram[Capacity];
    private byte* _arena;
    private int _arenaUsed;
    private int _lentBytes;
    private int _lastLocal;

    public SendBatch(IDatagramSocket socket)
    {
        _socket = socket;
        _locals = [.. socket.Locals];
        _arena = (byte*)NativeMemory.AlignedAlloc(ArenaBytes, CacheLineBytes);
        NativeMemory.Clear(_arena, ArenaBytes);
    }

    /// <summary>The own addresses, which <see cref="Send"/> takes.</summary>
    public IReadOnlyList<TransportAddress> Locals => _locals;

    public SendErrors Errors { get; } = new();

    /// <summary>Datagrams and bytes since the start, for the heartbeat's rates.</summary>
    public long DatagramsTotal { get; private set; }

    public long BytesTotal { get; private set; }

    /// <summary>Calls to the system that sent any, and the messages in them: a message is one datagram, or a run that the system cuts up.</summary>
    public long SendsTotal { get; private set; }

    public long MessagesTotal { get; private set; }

    /// <summary>What waits to be sent.</summary>
    public Span<OutgoingDatagram> Pending => _datagrams.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>Set by the socket when it kept any.</summary>
    public bool HasKept { get; set; }

    /// <summary>The socket has sent so many messages with one call.</summary>
    public void CountSent(int messages)
    {
        SendsTotal++;
        MessagesTotal += messages;
    }

    public Span<byte> Lend(int bytesMax)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)bytesMax, (uint)PeerLimits.DatagramBytesMax, nameof(bytesMax));

        // Twice at most: what a full system makes us keep once is lost the second time.
        while (Count == Capacity || _arenaUsed + bytesMax + SlackBytes > ArenaBytes) { Flush(); }

        _lentBytes = bytesMax;
        return new Span<byte>(_arena + _arenaUsed, bytesMax);
    }

    /// <summary>9. Adds what was lent last, and written, to the batch.</summary>
    public void Send(in Route route, int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)bytes, (uint)_lentBytes, nameof(bytes));
        ref var datagram = ref _datagrams[Count++];
        datagram.Data = _arena + _arenaUsed;
        datagram.Bytes = bytes;
        datagram.Local = LocalOf(route.Local);
        datagram.IsKept = false;
        datagram.WasKept = false;
        datagram.Remote = route.Remote;
        DatagramsTotal++;
        BytesTotal += bytes;
        _lentBytes = 0;
        _arenaUsed += Padded(bytes);
    }

    /// <summary>Gives all to the system, and what it has no room for is lost.</summary>
    public void FlushAll()
    {
        // Twice at most: what a full system makes us keep once is lost the second time.
        while (Count > 0) { Flush(); }
    }

    /// <summary>Gives all to the system. What it has no room for now stays for one more try.</summary>
    public void Flush()
    {
        if (Count == 0) { return; }

        _socket.Send(this);
        var sent = Count;
        Count = 0;
        _arenaUsed = 0;
        _lentBytes = 0;
        if (HasKept)
        {
            HasKept = false;
            Keep(_datagrams.AsSpan(0, sent));
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_arena);
        _arena = null;
    }

    // Moves what was kept to the front, in order, for the next turn.
    private void Keep(Span<OutgoingDatagram> datagrams)
    {
        foreach (ref var datagram in datagrams)
        {
            if (!datagram.IsKept) { continue; }

            var place = _arena + _arenaUsed;
            Buffer.MemoryCopy(datagram.Data, place, datagram.Bytes, datagram.Bytes);
            _arenaUsed += Padded(datagram.Bytes);
            _datagrams[Count++] = datagram with { Data = place, IsKept = false, WasKept = true };
        }
    }

    private static int Padded(int bytes) => (bytes + SlackBytes + CacheLineBytes - 1) & -CacheLineBytes;

    // Nearly always the same as last time: most hosts have one address that matters.
    private int LocalOf(in TransportAddress local)
    {
        if (_locals[_lastLocal] == local) { return _lastLocal; }

        var index = Array.IndexOf(_locals, local);
        return _lastLocal = Math.Max(index, 0);
    }
}
