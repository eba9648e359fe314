using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Calls.Media.Datagrams;
using Calls.Media.Ice;
using Calls.Media.Peers;
using Calls.Media.Stun;
using Calls.MediaNode.Sockets;

namespace Calls.MediaNode.Loops;

/// <summary>
/// One media thread: it waits, receives, lets its rooms work, and sends. The only place where the clock and the core meet.
/// What it owns no other thread touches: datagrams for others go through rings, commands come through the mailbox.
/// </summary>
internal sealed unsafe class MediaLoop : IDisposable
{
    // Then commands and deadlines get their turn, whatever the flood.
    private const int ReceiveRoundsMax = 4;

    private const byte StunFirstByteMax = 3;
    private const int NotInBatch = -1;

    // A wait is never longer, so that a lost wake-up would cost little.
    private static readonly TimeSpan s_waitMax = TimeSpan.FromSeconds(1);

    // What the system had no room for is offered again this soon.
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromMilliseconds(1);

    private readonly LoopSet _all;
    private readonly int _index;
    private readonly IDatagramSocket _socket;
    private readonly LoopClock _clock;
    private readonly LoopSettings _settings;
    private readonly SlabPool _pool;
    private readonly ReceiveBatch _incoming;
    private readonly HandshakeQueue _handshakes = new();
    private readonly StunErrors _stunErrors;
    private bool _hasMore;

    public MediaLoop(LoopSet all, int index, IDatagramSocket socket, LoopSettings settings)
    {
        _all = all;
        _index = index;
        _socket = socket;
        _clock = settings.Clock;
        _settings = settings;
        _pool = new SlabPool(
            ReceiveBatch.Capacity + HandshakeQueue.Capacity + (HandoverRing.Capacity * Math.Max(settings.Loops - 1, 0)) + 1);
        _incoming = new ReceiveBatch(_pool);
        Output = new SendBatch(socket);
        Rooms = new LoopRooms(all, index, Output, settings);
        _stunErrors = new StunErrors(Rooms.Refusals);
    }

    public LoopRooms Rooms { get; }

    public SendBatch Output { get; }

    public LoopMailbox Mailbox { get; } = new();

    public LoopCounters Counters => Rooms.Counters;

    public IDatagramSocket Socket => _socket;

    public int SlabsUsed => _pool.Used;

    public void Run(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested) { GuardedTurn(); }
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException && stopping.IsCancellationRequested)
        {
            // Closing the socket is one way of telling a waiting loop to stop.
        }
        finally
        {
            Mailbox.Close();
        }
    }

    public void Wake() => _socket.Wake();

    public void Dispose()
    {
        Output.Dispose();
        _socket.Dispose();
        _pool.Dispose();
    }

    // Rooms are guarded one by one; this is for a fault in the loop itself, which must not silence every call of it.
    private void GuardedTurn()
    {
        try
        {
            Turn();
        }
        catch (Exception fault) when (fault is not (SocketException or ObjectDisposedException))
        {
            Counters.Faults++;
            _settings.Fault(fault);
        }
    }

    /// <summary>One round of everything.</summary>
    internal void Turn()
    {
        _socket.Wait(Patience(_clock.Now));
        var now = _clock.Now;   // one reading for all that this turn decides
        var isSampled = Counters.Turns % LoopSettings.TurnsPerSample == 0;
        var start = isSampled ? new TurnStart(Counters, Output) : default;

        Mailbox.BeginTurn();

        // Everything that asks for something is asked, every turn; a fault in any of it costs one session.
        var worked = ReceiveAll(now);
        worked |= TakeHandedOver(now);
        worked |= Shake(now);
        worked |= Obey(now);
        worked |= Rooms.Tick(now);
        worked |= Output.Count > 0;
        Output.Flush();

        foreach (var ring in _all.RingsFrom(_index)) { ring?.Reclaim(_pool); }

        Counters.Turns++;
        var busyFor = _clock.Now - now;
        Counters.Busy += busyFor;
        if (worked) { Counters.Transit.Note(busyFor); } else { Counters.EmptyTurns++; }
        if (worked && isSampled) { _settings.Turn(start.End(busyFor, Counters, Output)); }

        PassOnSamples();
    }

    private void PassOnSamples()
    {
        var samples = Counters.Media.Samples;
        foreach (ref readonly var sample in samples.All) { _settings.Sample(sample); }

        samples.Clear();
    }

    // What was forwarded before a command leaves before the command is answered: after the answer to a mute not one packet more.
    private bool Obey(MonotonicTime now)
    {
        if (!Mailbox.HasWork) { return false; }

        Output.FlushAll();
        return Mailbox.Drain(Rooms, now);
    }

    private TimeSpan Patience(MonotonicTime now)
    {
        if (_hasMore || !_handshakes.IsEmpty || !Mailbox.IsEmpty) { return TimeSpan.Zero; }

        var wait = Rooms.NextDeadline - now;
        var most = Output.Count > 0 ? s_retryAfter : s_waitMax;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < most ? wait : most;
    }

    // 1. Takes what came, a batch per system call.
    private bool ReceiveAll(MonotonicTime now)
    {
        var count = 0;
        var rounds = 0;
        while (rounds++ < ReceiveRoundsMax && (count = _socket.Receive(_incoming)) > 0)
        {
            Counters.DatagramsReceived += count;
            Counters.Receives++;
            Deliver(count, now);
        }

        _hasMore = count > 0;
        return rounds > 1 || count > 0;
    }

    private void Deliver(int count, MonotonicTime now)
    {
        // Checks first: a storm of joins must not cost running calls their consent (row ICE7).
        for (var i = 0; i < count; i++)
        {
            Counters.BytesReceived += _incoming.Bytes(i);
            if (_incoming.Bytes(i) > 0 && *_incoming.Slab(i) <= StunFirstByteMax) { DeliverOne(i, now); }
        }

        for (var i = 0; i < count; i++)
        {
            if (_incoming.Bytes(i) > 0 && *_incoming.Slab(i) > StunFirstByteMax) { DeliverOne(i, now); }
        }
    }

    private void DeliverOne(int index, MonotonicTime now)
    {
        var datagram = new HandedDatagram
        {
            Slab = _incoming.Slab(index),
            Bytes = _incoming.Bytes(index),
            Local = _incoming.Local(index),
            Source = _incoming.Source(index),
            At = now,
        };
        if (datagram.Bytes > PeerLimits.DatagramBytesMax)
        {
            Counters.TooBig++;
            return;
        }

        // The owner says where an address belongs before it answers the check, so whoever uses the answer may come right behind:
        // the word may still lie in the mailbox.
        var owner = OwnerOf(datagram);
        if (owner < 0 && Obey(now)) { owner = OwnerOf(datagram); }

        if (owner == _index)
        {
            Accept(datagram, from: LoopRooms.OwnSocket, now, index);
        }
        else if (owner >= 0)
        {
            HandOver(datagram, owner, index);
        }
        else
        {
            Counters.UnknownSources++;
        }
    }

    // Which loop: a check says so in its first letter, anything else by where it comes from. -1: nobody knows.
    private int OwnerOf(in HandedDatagram datagram)
    {
        if (*datagram.Slab > StunFirstByteMax)
        {
            ref var known = ref Rooms.Table.Find(datagram.Source);
            return Unsafe.IsNullRef(ref known) ? -1 : known.Room is null ? known.Loop : _index;
        }

        if (_settings.HasOwnPorts) { return _index; }

        var bytes = new ReadOnlySpan<byte>(datagram.Slab, datagram.Bytes);
        if (!StunReader.TryRead(bytes, out var check)) { return -1; }

        var named = IceCredentials.ThreadOf(check.LocalFragment);
        return named >= 0 && named < _settings.Loops ? named : _index;
    }

    private void HandOver(HandedDatagram datagram, int owner, int index)
    {
        datagram.IsRouted = *datagram.Slab > StunFirstByteMax || Rooms.Table.LeadsTo(datagram.Source, owner);
        var slab = _incoming.Detach(index);
        if (slab == null || !_all.Ring(_index, owner).TryAdd(datagram))
        {
            if (slab != null) { _pool.Return(slab); }

            Counters.HandoversRefused++;
            return;
        }

        Counters.Handovers++;
        _all.Wake(owner);
    }

    private bool TakeHandedOver(MonotonicTime now)
    {
        var any = false;
        for (var from = 0; from < _settings.Loops; from++)
        {
            var ring = _all.RingOrNull(from, _index);
            for (var taken = 0; ring is not null && taken < HandoverRing.Capacity && ring.TryPeek(out var datagram); taken++)
            {
                Accept(datagram, from, now, NotInBatch);
                ring.Advance();
                any = true;
            }
        }

        return any;
    }

    // The datagram is this loop's.
    private void Accept(in HandedDatagram datagram, int from, MonotonicTime now, int index)
    {
        switch (DatagramKinds.Of(new ReadOnlySpan<byte>(datagram.Slab, datagram.Bytes)))
        {
            case DatagramKind.Stun: AcceptCheck(datagram, from, now); break;
            case DatagramKind.Dtls: Queue(datagram, index); break;
            default: Rooms.Receive(datagram, now); break;
        }
    }

    private void AcceptCheck(in HandedDatagram datagram, int from, MonotonicTime now)
    {
        if (Rooms.ReceiveCheck(datagram, from, now)) { return; }

        Counters.UnknownSources++;
        _stunErrors.Refuse(
            new ReadOnlySpan<byte>(datagram.Slab, datagram.Bytes),
            new Route(_socket.Locals[datagram.Local], datagram.Source),
            now,
            Output);
    }

    private void Queue(in HandedDatagram datagram, int index)
    {
        var slab = _handshakes.IsFull ? null : index == NotInBatch ? Copy(datagram) : _incoming.Detach(index);
        if (slab == null)
        {
            Counters.HandshakesRefused++;
            return;
        }

        _handshakes.Add(datagram with { Slab = slab });
    }

    // What came through a ring stays its producer's.
    private byte* Copy(in HandedDatagram datagram)
    {
        var slab = _pool.Take();
        if (slab != null) { Buffer.MemoryCopy(datagram.Slab, slab, SlabPool.SlabBytes, datagram.Bytes); }

        return slab;
    }

    private bool Shake(MonotonicTime now)
    {
        var steps = 0;
        while (steps < _settings.HandshakeStepsPerTurn && _handshakes.TryTake(out var datagram))
        {
            Rooms.Receive(datagram, now);
            _pool.Return(datagram.Slab);
            steps++;
        }

        return steps > 0;
    }
}
