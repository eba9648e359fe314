using Calls.Cluster.Tests.Fakes;
using Calls.Contracts.Calls;
using Calls.Contracts.Hosts;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Workspace;

namespace Calls.Cluster.Tests;

/// <summary>A media node that was given up comes back with all that it had: what calls decided meanwhile holds there, too.</summary>
public sealed class ReturnTests
{
    [Fact]
    public async Task Who_was_removed_while_the_node_was_away_is_not_there_when_it_returns_S40_D4()
    {
        await using var world = await CallWorld.Start();
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var first = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice, bob), alice);
        var second = await world.JoinCall(first.Call, bob);
        await world.MediaUp(first);
        await world.MediaUp(second);
        world.Node.Refusal = NodeError.Unreachable;
        var removal = new HostControl.Remove(second.Session, Block: true, AllSessions: false);
        Assert.Equal(Refusal.Unavailable, (await world.Host(first.Call).Use(new HostAuthor(alice, false), removal)).Refusal);
        await world.GiveUp(world.Node, first.Call, first.Session);

        world.Node.Refusal = null;
        await world.Pass(
            "the call is back on its node", () => world.Node.Find(first.Call, first.Session) is { Generation: > 1 }, first.Call, first.Session);

        await world.Pass(TimeSpan.FromSeconds(2), first.Call, first.Session);
        Assert.Null(world.Node.Find(first.Call, second.Session));
    }

    [Fact]
    public async Task A_call_that_ended_while_its_node_was_away_has_nothing_there_when_it_returns()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        await world.MediaUp(member);
        world.Node.Refusal = NodeError.Unreachable;
        await world.Participant(member.Call, alice).Leave(member.Connection, member.Session);
        await world.GiveUp(world.Node, member.Call);
        Assert.Equal(1, world.Node.SessionsOf(member.Call));

        world.Node.Refusal = null;
        await world.Beat(world.Node);

        Assert.Equal(0, world.Node.SessionsOf(member.Call));
    }

    [Fact]
    public async Task Whom_a_call_does_not_know_on_its_next_node_is_closed_there_D4()
    {
        await using var world = await CallWorld.Start(nodes: 2);
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        var stranger = new NodeSession(world.NodeAt(1).Incarnation, member.Call, TestIds.New<SessionId>());
        await world.NodeAt(1).Reserve(stranger, world.Node.Reservations[0].Reservation, CancellationToken.None);

        await world.NodeGrain(world.Node).Drain(draining: true);

        await world.Pass(
            "only she is there",
            () => world.NodeAt(1).Find(member.Call, member.Session) is not null && world.NodeAt(1).SessionsOf(member.Call) == 1,
            member.Call,
            member.Session);
    }

    [Fact]
    public async Task A_node_that_was_given_up_takes_no_call_before_what_it_had_is_closed()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var channel = world.Workspace.AddChannel(ChannelKind.Public, alice);
        var member = await world.Join(channel, alice);
        world.Node.Refusal = NodeError.Unreachable;
        await world.Participant(member.Call, alice).Leave(member.Connection, member.Session);
        await world.GiveUp(world.Node, member.Call);

        (world.Node.Refusal, world.Node.IsDeaf) = (null, true);
        await world.Beat(world.Node);
        Assert.Equal(Refusal.NoMediaNode, (await world.Open(channel, alice)).Refusal);

        world.Node.IsDeaf = false;
        await world.Pass("it is emptied", () => world.Node.SessionsOf(member.Call) == 0, member.Call);
        await world.Beat(world.Node);
        Assert.True((await world.Open(channel, alice)).IsAccepted);
    }
}
