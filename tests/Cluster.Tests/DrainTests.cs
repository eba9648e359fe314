using Calls.Cluster.Tests.Fakes;
using Calls.Contracts.Calls;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Workspace;
using Calls.Support;

namespace Calls.Cluster.Tests;

/// <summary>An administrator takes a media node out of service, or it takes itself out when its process is told to stop.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task A_draining_node_takes_no_new_call_and_after_its_resumption_it_does()
    {
        await using var world = await CallWorld.Start(nodes: 2);
        var alice = world.Workspace.AddUser();

        var drained = await world.NodeGrain(world.Node).Drain(draining: true);

        Assert.Equal(NodeState.Draining, drained.Value!.State);
        Assert.Equal(NodeState.Draining, world.Node.State);
        await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        Assert.Empty(world.Node.Reservations);
        Assert.Single(world.NodeAt(1).Reservations);

        Assert.Equal(NodeState.Active, (await world.NodeGrain(world.Node).Drain(draining: false)).Value!.State);
        await world.Beat(world.Node);
        await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        Assert.Single(world.Node.Reservations);
    }

    [Fact]
    public async Task A_node_that_could_not_be_told_gets_no_call_and_is_told_with_its_next_heartbeat()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        world.Node.Refusal = NodeError.Unreachable;
        Assert.Equal(NodeError.Unreachable, (await world.NodeGrain(world.Node).Drain(draining: true)).Error);
        world.Node.Refusal = null;

        Assert.Equal(Refusal.NoMediaNode, (await world.Open(world.Workspace.AddChannel(ChannelKind.Public, alice), alice)).Refusal);
        await world.Beat(world.Node);
        Assert.Equal(NodeState.Draining, world.Node.State);
    }

    [Fact]
    public async Task The_wish_outlives_the_control_plane_but_not_the_run_of_the_node()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        await world.NodeGrain(world.Node).Drain(draining: true);

        await world.KillAndRestart();
        Assert.Equal(Refusal.NoMediaNode, (await world.Open(world.Workspace.AddChannel(ChannelKind.Public, alice), alice)).Refusal);

        world.Node.Restart();
        await world.Register(world.Node);
        await world.Beat(world.Node);
        await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
    }

    [Fact]
    public async Task The_calls_of_a_draining_node_move_and_leave_it_when_everybody_has_moved()
    {
        await using var world = await CallWorld.Start(nodes: 2);
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var first = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice, bob), alice);
        var second = await world.JoinCall(first.Call, bob);
        await world.MediaUp(first);
        await world.MediaUp(second);

        await world.NodeGrain(world.Node).Drain(draining: true);

        await Eventually.Sees(
            "both clients are told of generation 2",
            () => world.Gateway.Of<CallEvent.MediaMoved>(),
            moved => moved.Count == 2 && moved.All(one => one.Generation == 2));
        Assert.Equal((2, 2), (world.Node.SessionsOf(first.Call), world.NodeAt(1).SessionsOf(first.Call)));
        Assert.True((await world.Offer(first, generation: 2)).IsAccepted);
        await world.MediaUp(first, generation: 2, world.NodeAt(1));
        await world.Pass(TimeSpan.FromSeconds(3), first.Call, first.Session, second.Session);
        Assert.Equal(2, world.Node.SessionsOf(first.Call));

        await world.MediaUp(second, generation: 2, world.NodeAt(1));
        await world.Pass("nothing is left on the drained node", () => world.Node.SessionsOf(first.Call) == 0, first.Call, first.Session, second.Session);
        Assert.All((await world.Call(first.Call).Look())!.Sessions, session => Assert.Equal(SessionConnection.Connected, session.Connection));
        Assert.Empty(world.Gateway.Of<CallEvent.ParticipantLeft>());
    }

    [Fact]
    public async Task D15_A_mute_holds_on_the_node_that_is_being_left_or_is_not_said_to_hold()
    {
        await using var world = await CallWorld.Start(nodes: 2);
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var first = await world.Join(world.Workspace.AddChannel(ChannelKind.Direct, alice, bob), alice);
        var second = await world.JoinCall(first.Call, bob);
        await world.MediaUp(first);
        await world.MediaUp(second);
        await world.NodeGrain(world.Node).Drain(draining: true);
        await Eventually.True("the call has moved", () => world.Gateway.Of<CallEvent.MediaMoved>().Count == 2);

        world.Node.Refusal = NodeError.Unreachable;
        Assert.Equal(Refusal.Unavailable, await Mute());
        Assert.False(world.NodeAt(1).Find(second.Call, second.Session)!.Permissions.Muted);

        world.Node.Refusal = null;
        await world.Pass(
            "the mute holds everywhere",
            () => world.Node.SessionsOf(first.Call) == 0 && world.NodeAt(1).Find(second.Call, second.Session)!.Permissions.Muted,
            first.Call,
            first.Session,
            second.Session);

        async Task<Refusal?> Mute() => (await world.Participant(second.Call, bob).Act(second.Connection, second.Session, new SessionAction.Mute())).Refusal;
    }

    [Fact]
    public async Task With_no_other_node_a_call_stays_and_goes_when_there_is_one()
    {
        await using var world = await CallWorld.Start(nodes: 2);
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        await world.MediaUp(member);
        await world.NodeGrain(world.NodeAt(1)).Drain(draining: true);

        await world.NodeGrain(world.Node).Drain(draining: true);
        await world.Pass(TimeSpan.FromSeconds(35), member.Call, member.Session);
        Assert.Equal(SessionConnection.Connected, (await world.Call(member.Call).Look())!.Sessions.Single().Connection);
        Assert.Empty(world.Gateway.Of<CallEvent.MediaMoved>());

        await world.NodeGrain(world.NodeAt(1)).Drain(draining: false);
        await world.Pass(
            "the call moves", () => world.NodeAt(1).Find(member.Call, member.Session) is { Generation: 2 }, member.Call, member.Session);
    }

    [Fact]
    public async Task A_node_that_drains_by_itself_loses_its_calls_too()
    {
        await using var world = await CallWorld.Start(nodes: 2);
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        await world.MediaUp(member);

        world.Node.State = NodeState.Draining;
        await world.Beat(world.Node);

        await Eventually.True("its client is told", () => world.Gateway.Of<CallEvent.MediaMoved>().Count == 1);
        Assert.NotNull(world.NodeAt(1).Find(member.Call, member.Session));
    }

    [Fact]
    public async Task A_call_that_ends_while_it_moves_leaves_neither_node_with_anything()
    {
        await using var world = await CallWorld.Start(nodes: 2);
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        await world.MediaUp(member);
        await world.NodeGrain(world.Node).Drain(draining: true);
        await Eventually.True("the call has moved", () => world.Gateway.Of<CallEvent.MediaMoved>().Count == 1);

        await world.Participant(member.Call, alice).Leave(member.Connection, member.Session);

        await world.Pass(
            "nothing is left", () => world.Node.SessionsOf(member.Call) + world.NodeAt(1).SessionsOf(member.Call) == 0, member.Call);
        await world.Pass("the call is forgotten", () => world.Records.Ended.ContainsKey(member.Call), member.Call);
    }

    [Fact]
    public async Task A_node_nobody_knows_is_not_drained()
    {
        await using var world = await CallWorld.Start();
        Assert.Equal(NodeError.NotReserved, (await world.NodeGrain(new ScriptedNode()).Drain(draining: true)).Error);
    }
}
