using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Calls.MediaNode.Native;
using Calls.MediaNode.Tests.Clients;

namespace Calls.Benchmarks;

/// <summary>
/// The other process of <see cref="ForwardOnePacket"/>: one speaker and many listeners, each with its own socket and keys.
/// The listeners drain: they read every packet, count it, and open one in a thousand by other means. Driven over standard
/// input and output, a line at a time.
/// </summary>
internal sealed unsafe class ForwardPeers : IBenchmark
{
    public const string ChildName = "forward-peers";
    public const int PayloadBytes = 100;

    private const int BatchMax = 64;
    private const int SlabBytes = 2048;
    private const int InFlightMax = 32;    // speaker packets: what the listeners' buffers hold for certain
    private const int OpenedOneIn = 1_000;
    private static readonly TimeSpan s_giveUpAfter = TimeSpan.FromSeconds(2);

    private readonly List<Listener> _listeners = [];
    private readonly byte[] _slabs = GC.AllocateArray<byte>(BatchMax * SlabBytes, pinned: true);
    private readonly MultiMessage[] _messages = GC.AllocateArray<MultiMessage>(BatchMax, pinned: true);
    private readonly IoVector[] _vectors = GC.AllocateArray<IoVector>(BatchMax, pinned: true);
    private readonly byte[] _events = GC.AllocateArray<byte>(1024 * 16, pinned: true);
    private readonly int _epoll = SocketCalls.EpollCreate(0);
    private UdpClientPeer _speaker = null!;
    private long _received;
    private long _opened;

    /// <inheritdoc/>
    public string Name => ChildName;

    /// <inheritdoc/>
    public Task Run(string[] options)
    {
        PrepareBuffers();
        while (Console.ReadLine()?.Split(' ') is { } command && command[0] != "end")
        {
            switch (command[0])
            {
                case "join": Join(int.Parse(command[1], CultureInfo.InvariantCulture)); break;
                case "refresh": Refresh(); break;
                default: Speak(int.Parse(command[1], CultureInfo.InvariantCulture)); break;
            }
        }

        return Task.CompletedTask;
    }

    // Offers go out and answers come in as base64, one line each; the speaker's first.
    private void Join(int listeners)
    {
        _speaker = JoinOne();
        for (var i = 0; i < listeners; i++)
        {
            var listener = new Listener(JoinOne());
            _listeners.Add(listener);
            Watch(listener.Descriptor, i);
        }

        Console.WriteLine("joined");
    }

    private static UdpClientPeer JoinOne()
    {
        var peer = new UdpClientPeer();
        Console.WriteLine(Convert.ToBase64String(Encoding.UTF8.GetBytes(peer.Offer())));
        peer.Accept(Encoding.UTF8.GetString(Convert.FromBase64String(Console.ReadLine()!)));
        peer.Connect();
        return peer;
    }

    // Without checks the node stops sending after 30 s, as it must.
    private void Refresh()
    {
        _speaker.Refresh();
        foreach (var listener in _listeners) { listener.Peer.Refresh(); }

        Console.WriteLine("refreshed");
    }

    private void Speak(int packets)
    {
        _received = 0;
        _opened = 0;
        var payload = new byte[PayloadBytes];
        var clock = Stopwatch.StartNew();
        for (var sent = 0; sent < packets; sent++)
        {
            WritePattern(payload, sent);
            _speaker.SendRaw(_speaker.WriteVoice(payload));
            while ((long)(sent + 1 - InFlightMax) * _listeners.Count > _received && Drain(s_giveUpAfter)) { }
        }

        while (_received < (long)packets * _listeners.Count && Drain(s_giveUpAfter)) { }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"spoke {_received} {_opened} {clock.Elapsed.TotalSeconds:F3}"));
    }

    // False when nothing came for a while.
    private bool Drain(TimeSpan patience)
    {
        fixed (byte* events = _events)
        {
            var count = SocketCalls.EpollWait(_epoll, events, 1024, (int)patience.TotalMilliseconds);
            for (var i = 0; i < count; i++) { Receive(_listeners[(int)*(ulong*)(events + (i * 12) + 4)]); }

            return count > 0;
        }
    }

    private void Receive(Listener listener)
    {
        fixed (MultiMessage* messages = _messages)
        fixed (byte* slabs = _slabs)
        {
            var count = SocketCalls.ReceiveMany(listener.Descriptor, messages, BatchMax, SocketCalls.MessageDontWait, null);
            for (var i = 0; i < count; i++)
            {
                Count(listener, new ReadOnlySpan<byte>(slabs + (i * SlabBytes), (int)messages[i].Bytes));
            }
        }
    }

    private void Count(Listener listener, ReadOnlySpan<byte> packet)
    {
        if (packet.Length < PayloadBytes || (packet[0] & 0xC0) != 0x80 || (packet[1] & 0x7F) is >= 64 and <= 95) { return; }

        var sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        if (sequence < listener.LastSequence) { listener.Rollover++; }

        listener.LastSequence = sequence;
        if (++_received % OpenedOneIn != 0) { return; }

        var payload = listener.Srtp.Open(packet, listener.Rollover);
        var expected = new byte[PayloadBytes];
        WritePattern(expected, BinaryPrimitives.ReadInt32LittleEndian(payload));
        if (!payload.AsSpan().SequenceEqual(expected)) { throw new InvalidOperationException("A forwarded packet is not its source."); }

        _opened++;
    }

    private static void WritePattern(byte[] payload, int number)
    {
        for (var i = 0; i < payload.Length; i++) { payload[i] = (byte)((number * 31) + i); }

        BinaryPrimitives.WriteInt32LittleEndian(payload, number);
    }

    private void Watch(int descriptor, int index)
    {
        var wanted = stackalloc byte[12];
        *(uint*)wanted = SocketCalls.EpollIn;
        *(ulong*)(wanted + 4) = (ulong)index;
        _ = SocketCalls.EpollControl(_epoll, SocketCalls.EpollAdd, descriptor, wanted);
    }

    private void PrepareBuffers()
    {
        fixed (byte* slabs = _slabs)
        fixed (IoVector* vectors = _vectors)
        {
            for (var i = 0; i < BatchMax; i++)
            {
                vectors[i] = new IoVector { Base = slabs + (i * SlabBytes), Bytes = SlabBytes };
                _messages[i].Header = new MessageHeader { Vectors = vectors + i, VectorCount = 1 };
            }
        }
    }

    private sealed class Listener(UdpClientPeer peer)
    {
        public UdpClientPeer Peer { get; } = peer;

        public int Descriptor { get; } = (int)peer.Socket.Handle;

        public IndependentSrtp Srtp { get; } = new(peer.Exported);

        public ushort LastSequence { get; set; }

        public uint Rollover { get; set; }
    }
}
