using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Calls.Contracts.Ids;
using Calls.Media.Datagrams;
using Calls.Media.Peers;
using Calls.Media.Rooms;
using Calls.Media.Stun;
using Calls.MediaNode.Sockets;

namespace Calls.MediaNode.Loops;

/// <summary>
/// The rooms of one loop: finds whose a datagram is, lets the room work, and hears what it says. A fault in a room ends the
/// session that was being worked on, and is counted; never the call, never the loop.
/// </summary>
internal sealed unsafe class LoopRooms
{
    /// <summary>The datagram came in through this loop's own socket.</summary>
    public const int OwnSocket = -1;

    private readonly LoopSet _all;
    private readonly int _index;
    private readonly SendBatch _output;
    private readonly LoopSettings _settings;
    private readonly TransportAddress[] _locals;
    private readonly Dictionary<CallId, LoopRoom> _rooms = [];
    private readonly Dictionary<TransportAddress, ulong> _arrivesAt = [];   // a bit for each loop that passes on what comes from there
    private readonly RoomSchedule _schedule = new();
    private MonotonicTime _now;

    public LoopRooms(LoopSet all, int index, SendBatch output, LoopSettings settings)
    {
        _all = all;
        _index = index;
        _output = output;
        _settings = settings;
        _locals = [.. output.Locals];
        Refusals = new RefusalBudget(settings.StunErrorsPerSecond);
    }

    public LoopCounters Counters { get; } = new();

    public PeerTable Table { get; } = new();

    /// <summary>Which refused checks this loop answers, whomever they name.</summary>
    public RefusalBudget Refusals { get; }

    public MonotonicTime NextDeadline => _schedule.Next;

    /// <summary>Gives a datagram to the peer whose proven address it comes from.</summary>
    public void Receive(in HandedDatagram datagram, MonotonicTime now)
    {
        // 2. Whose is it?
        ref var owner = ref Table.Find(datagram.Source);
        if (Unsafe.IsNullRef(ref owner) || owner.Room is null)
        {
            Counters.UnknownSources++;
            return;
        }

        Deliver(owner.Room, owner.Peer!, datagram, now);
    }

    /// <summary>Gives a check to the peer whose fragment it names; false if it names nobody here.</summary>
    public bool ReceiveCheck(in HandedDatagram datagram, int from, MonotonicTime now)
    {
        if (!StunReader.TryRead(new ReadOnlySpan<byte>(datagram.Slab, datagram.Bytes), out var check)
            || !Table.TryFind(check.LocalFragment, out var found))
        {
            return false;
        }

        Deliver(found.Room, found.Peer, datagram, now);
        if (found.Peer.HasProven(datagram.Source, now)) { Prove(found.Room, found.Peer, datagram, from); }

        return true;
    }

    /// <summary>Lets every room work whose time has come.</summary>
    public bool Tick(MonotonicTime now)
    {
        _now = now;
        var any = false;
        while (_schedule.TryTake(now, out var room))
        {
            any = true;
            if (room.Room.NextDeadline <= now) { TickOne(room, now); }

            Keep(room);
        }

        return any;
    }

    /// <summary>Carries out a command; opens the call's room if it may.</summary>
    public RoomAnswer Execute(CallId call, RoomCommand command, bool opens, MonotonicTime now)
    {
        _now = now;
        if (!_rooms.TryGetValue(call, out var room) && !opens) { return new RoomAnswer(null); }
        if (command is RoomCommand.Reserve reserve && IsFull(room, reserve)) { return new RoomAnswer(null, IsFull: true); }

        room ??= Open(call);
        var before = room.Room.SessionCount;
        var output = new LoopOutput(_output, this, room);
        try
        {
            return new RoomAnswer(room.Room.Carry(command, now, ref output));
        }
        finally
        {
            Counters.Sessions += room.Room.SessionCount - before;
            Keep(room);
        }
    }

    public ImmutableArray<CallId> Calls() => [.. _rooms.Values.Where(room => room.Room.SessionCount > 0).Select(room => room.Call)];

    public void CloseAll(DisconnectReason reason, MonotonicTime now)
    {
        foreach (var call in _rooms.Keys.ToArray())
        {
            try
            {
                Execute(call, new RoomCommand.CloseAll(reason), opens: false, now);
            }
            catch (Exception fault)
            {
                // The other calls are owed a goodbye all the same.
                Counters.Faults++;
                _settings.Fault(fault);
            }
        }
    }

    /// <summary>What a room says: addresses and fragments are for this loop, the rest is news.</summary>
    public void Hear(LoopRoom room, RoomEvent news)
    {
        switch (news)
        {
            case RoomEvent.FragmentOpened opened: Table.Open(opened.Fragment, room, opened.Peer); break;
            case RoomEvent.FragmentClosed closed: Table.Close(closed.Fragment); break;
            case RoomEvent.AddressRetired retired: Retire(retired); break;
            default: _settings.News.Say(room.Call, news, _now); break;
        }
    }

    private void Deliver(LoopRoom room, Peer peer, in HandedDatagram datagram, MonotonicTime now)
    {
        _now = now;
        var before = room.Room.SessionCount;
        var output = new LoopOutput(_output, this, room);
        try
        {
            room.Room.Receive(
                peer, datagram.Source, _locals[datagram.Local], new Span<byte>(datagram.Slab, datagram.Bytes), now, ref output);
        }
        catch (Exception fault)
        {
            Fail(room, fault, now);
        }

        Counters.Sessions += room.Room.SessionCount - before;
        _schedule.Note(room);
    }

    private void TickOne(LoopRoom room, MonotonicTime now)
    {
        var before = room.Room.SessionCount;
        var output = new LoopOutput(_output, this, room);
        try
        {
            room.Room.Tick(now, ref output);
        }
        catch (Exception fault)
        {
            Fail(room, fault, now);
        }

        Counters.Sessions += room.Room.SessionCount - before;
    }

    private void Fail(LoopRoom room, Exception fault, MonotonicTime now)
    {
        Counters.Faults++;
        _settings.Fault(fault);
        if (room.Room.AtWork is not { } peer) { return; }

        var output = new LoopOutput(_output, this, room);
        try
        {
            room.Room.Fail(peer, now, ref output);
        }
        catch (Exception second)
        {
            // Its end failed too: it has left its seat, but perhaps without a word.
            _settings.Fault(second);
        }
    }

    private LoopRoom Open(CallId call)
    {
        var settings = new RoomSettings { VoiceSlots = _settings.VoiceSlots, SessionsMax = _settings.CallSessionsMax };
        var peers = _settings.Peers(_index) with { Refusals = Refusals };
        var room = new LoopRoom(call, new Room(settings, _settings.Seams, peers, Counters.Media));
        _rooms.Add(call, room);
        Counters.Rooms++;
        _all.Opened(call, _index);
        return room;
    }

    // A room in which nobody ever was, or nobody is remembered, has no deadline that would bring it up again.
    private void Keep(LoopRoom room)
    {
        if (!room.Room.IsOver)
        {
            _schedule.Note(room);
        }
        else if (_rooms.GetValueOrDefault(room.Call) == room)   // else the schedule remembers one that went before
        {
            _rooms.Remove(room.Call);
            Counters.Rooms--;
            _all.Dropped(room.Call);
        }
    }

    private bool IsFull(LoopRoom? room, RoomCommand.Reserve reserve)
    {
        if (_all.Sessions < _settings.SessionsMax) { return false; }
        if (room is null) { return true; }

        var output = new LoopOutput(_output, this, room);
        return room.Room.Carry(new RoomCommand.ReadRoster(), _now, ref output) is RoomReply.Roster roster
            && roster.Sessions.All(entry => entry.Session != reserve.Session);
    }

    // With each check anew, wherever it is not so any more: another may have had the address in between, or a word was lost.
    private void Prove(LoopRoom room, Peer peer, in HandedDatagram check, int from)
    {
        ref var owner = ref Table.Find(check.Source);
        if (Unsafe.IsNullRef(ref owner) || owner.Peer != peer) { Table.Prove(check.Source, room, peer); }
        if (from == OwnSocket) { return; }

        // The kernel gives this address to another loop's socket: it passes on what comes from there, from now on.
        CollectionsMarshal.GetValueRefOrAddDefault(_arrivesAt, check.Source, out _) |= 1UL << from;
        if (!check.IsRouted) { _all.Post(from, new RouteWork(check.Source, _index, isProven: true)); }
    }

    private void Retire(RoomEvent.AddressRetired retired)
    {
        Table.Retire(retired.Address, retired.Peer);
        if (Table.HasPeerAt(retired.Address) || !_arrivesAt.Remove(retired.Address, out var loops)) { return; }

        for (; loops != 0; loops &= loops - 1)
        {
            _all.Post(BitOperations.TrailingZeroCount(loops), new RouteWork(retired.Address, _index, isProven: false));
        }
    }
}
