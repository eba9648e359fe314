using Calls.Contracts.Ids;
using Calls.Media.Datagrams;
using Calls.Media.Peers;
using Calls.Media.Rooms;
using Calls.MediaNode.Loops;
using Calls.MediaNode.Tests.Clients;

namespace Calls.MediaNode.Tests.Loops;

/// <summary>Which loop a call lives on, and when its room is there.</summary>
public sealed class LoopRoomsTests : IDisposable
{
    private readonly LoopPair _pair = new(sessionsMax: 2);

    public void Dispose() => _pair.Dispose();

    // Whoever waits for an answer may give up long before the loop comes to the command.
    [Fact]
    public void A_call_stays_where_its_waiting_command_is_even_if_another_loop_has_become_the_quieter_one()
    {
        var calls = Enumerable.Range(0, 4).Select(_ => NodeHost.NewId<CallId>()).ToArray();
        _pair.All.Ask(calls[0], LoopPair.Reservation("alice"), opens: true);
        foreach (var other in calls[1..]) { _pair.All.Ask(other, new RoomCommand.ReadRoster(), opens: false); }

        _pair.Owner.Turn();   // two of the others are done with, and the second loop has none left
        _pair.All.Ask(calls[0], LoopPair.Reservation("bob"), opens: true);
        _pair.Owner.Turn();
        _pair.Arrival.Turn();

        Assert.Equal((2, 0), (_pair.Arrival.Counters.Sessions, _pair.Owner.Counters.Sessions));
    }

    [Fact]
    public void Reservations_that_are_refused_leave_no_room_behind()
    {
        for (var i = 0; i < 10; i++) { Execute(NodeHost.NewId<CallId>(), LoopPair.Reservation("alice", generation: 0)); }

        Execute(NodeHost.NewId<CallId>(), LoopPair.Reservation("alice"));
        Execute(NodeHost.NewId<CallId>(), LoopPair.Reservation("bob"));
        for (var i = 0; i < 10; i++) { Assert.True(Execute(NodeHost.NewId<CallId>(), LoopPair.Reservation("late")).IsFull); }

        Assert.Equal((2, 2), (_pair.Arrival.Counters.Rooms, _pair.Arrival.Counters.Sessions));
    }

    [Fact]
    public async Task A_room_that_is_over_goes_though_a_command_for_it_is_on_its_way_which_opens_it_anew()
    {
        var call = NodeHost.NewId<CallId>();
        Execute(call, LoopPair.Reservation("alice"));
        Execute(call, new RoomCommand.Close("alice"));
        var answer = _pair.All.Ask(call, LoopPair.Reservation("bob"), opens: true)!;

        _pair.Arrival.Rooms.Tick(MonotonicTime.Zero + TimeSpan.FromHours(1));   // nobody is remembered any more
        Assert.Equal(0, _pair.Arrival.Counters.Rooms);
        _pair.Arrival.Turn();

        Assert.IsType<RoomReply.Reserved>((await answer).Reply);
        Assert.Equal((1, 1), (_pair.Arrival.Counters.Rooms, _pair.Arrival.Counters.Sessions));
    }

    [Fact]
    public void A_call_whose_end_fails_keeps_neither_the_others_open_nor_whoever_stops_the_node_waiting()
    {
        var (alice, bob) = (_pair.Join(_pair.Arrival, "alice"), _pair.Join(_pair.Arrival, "bob"));
        _pair.Heard = news =>
        {
            if (news is RoomEvent.Disconnected { Session: "alice" }) { throw new InvalidOperationException("a bug"); }
        };
        var work = new CloseAllWork(DisconnectReason.Drained);
        LoopSet.Post(_pair.Arrival, work);

        _pair.Arrival.Turn();

        Assert.NotEqual(alice.Call, bob.Call);
        Assert.True(work.Done.IsCompleted);
        Assert.Equal((0, 1), (_pair.Arrival.Counters.Sessions, _pair.Arrival.Counters.Faults));
    }

    private RoomAnswer Execute(CallId call, RoomCommand command) =>
        _pair.Arrival.Rooms.Execute(call, command, opens: true, MonotonicTime.Zero);
}
