using Calls.Contracts.Ids;
using Calls.Media.Datagrams;
using Calls.Media.Rooms;
using Calls.MediaNode.Loops;
using Calls.MediaNode.Tests.Clients;

namespace Calls.MediaNode.Tests.Loops;

public sealed class LoopMailboxTests : IDisposable
{
    private readonly LoopPair _pair = new();

    public void Dispose() => _pair.Dispose();

    [Fact]
    public void A_turn_takes_few_of_the_commands_that_take_long_however_often_it_looks()
    {
        var mailbox = new LoopMailbox();
        var done = 0;
        for (var i = 0; i < 100; i++) { mailbox.TryPost(new Work(16, () => done++)); }

        mailbox.BeginTurn();
        while (mailbox.Drain(_pair.Arrival.Rooms, MonotonicTime.Zero)) { Assert.InRange(done, 1, 4); }

        Assert.Equal(4, done);
        Assert.False(mailbox.HasWork);
        Assert.False(mailbox.IsEmpty);
        mailbox.BeginTurn();
        mailbox.Drain(_pair.Arrival.Rooms, MonotonicTime.Zero);
        Assert.Equal(8, done);
    }

    [Fact]
    public void A_storm_of_offers_is_spread_over_turns_and_a_storm_of_mutes_need_not_be()
    {
        var call = NodeHost.NewId<CallId>();
        Task<RoomAnswer>[] Storm(RoomCommand command) => [.. Enumerable.Range(0, 32).Select(_ => _pair.All.Ask(call, command, opens: false)!)];

        var mutes = Storm(new RoomCommand.Permit("alice", new Permissions(2, true, false, true)));
        _pair.Arrival.Turn();
        Assert.All(mutes, mute => Assert.True(mute.IsCompleted));
        var offers = Storm(new RoomCommand.Answer("alice", 1, 1, "v=0"));
        _pair.Arrival.Turn();
        Assert.InRange(offers.Count(offer => offer.IsCompleted), 1, 8);
    }

    private sealed class Work(int weight, Action run) : ILoopWork
    {
        public int Weight => weight;

        public void Run(LoopRooms rooms, MonotonicTime now) => run();

        public void Abandon()
        {
            // Nobody waits for it.
        }
    }
}
