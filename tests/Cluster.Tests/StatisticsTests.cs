using Calls.Cluster.Tests.Fakes;
using Calls.Contracts.Calls;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Workspace;
using Calls.Support;

namespace Calls.Cluster.Tests;

/// <summary>What a media node knows of a session, asked for by its user (S88).</summary>
public sealed class StatisticsTests
{
    [Fact]
    public async Task A_user_is_told_of_their_own_session_during_the_call_and_nobody_else_is_S88()
    {
        await using var world = await CallWorld.Start();
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var mine = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice, bob), alice);
        await world.JoinCall(mine.Call, bob);

        var known = await world.Participant(mine.Call, alice).Statistics(mine.Session);

        Assert.Equal((mine.Session, "udp", 1.5), (known.Value!.Session, known.Value.Transport, known.Value.RttMs));
        Assert.Equal(Refusal.NotFound, (await world.Participant(mine.Call, bob).Statistics(mine.Session)).Refusal);
        Assert.Equal(Refusal.NotFound, (await world.Participant(mine.Call, world.Workspace.AddUser()).Statistics(mine.Session)).Refusal);
    }

    [Fact]
    public async Task After_the_call_they_are_told_where_it_was_for_as_long_as_its_node_remembers_S88()
    {
        await using var world = await CallWorld.Start(nodes: 2);
        var alice = world.Workspace.AddUser();
        var mine = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        await world.Offer(mine);
        await world.NodeGrain(world.Node).Drain(draining: true);
        await Eventually.True("the session is told that it has moved", () => world.Gateway.Of<CallEvent.MediaMoved>().Count == 1);
        Assert.True((await world.Offer(mine, generation: 2)).IsAccepted);

        await world.Participant(mine.Call, alice).Leave(mine.Connection, mine.Session);

        Assert.Null(await world.Call(mine.Call).Look());
        Assert.Equal(DisconnectReason.Closed, (await world.Participant(mine.Call, alice).Statistics(mine.Session)).Value!.EndedBy);
        await world.PassInSilence(
            "the place of its media to be forgotten",
            async () => (await world.Participant(mine.Call, alice).Statistics(mine.Session)).Refusal == Refusal.NotFound,
            seconds: 60);
    }

    [Fact]
    public async Task A_node_that_does_not_answer_is_not_a_session_that_never_was_S88()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var mine = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        await world.Offer(mine);

        world.Node.Refusal = NodeError.Unreachable;
        Assert.Equal(Refusal.Unavailable, (await world.Participant(mine.Call, alice).Statistics(mine.Session)).Refusal);
    }
}
