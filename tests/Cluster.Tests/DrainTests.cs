using System.Collections.Immutable;
using Calls.Cluster.Tests.Fakes;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
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

    // The heartbeat was on its way when an administrator took the node back into service.
    [Fact]
    public async Task A_heartbeat_that_has_been_overtaken_by_a_command_changes_nothing()
    {
        await using var world = await CallWorld.Start(nodes: 2);
        var alice = world.Workspace.AddUser();
        await world.NodeGrain(world.Node).Drain(draining: true);
        var late = world.Node.Heartbeat;
        await world.NodeGrain(world.Node).Drain(draining: false);
        await world.NodeGrain(world.NodeAt(1)).Drain(draining: true);
        var session = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);

        var answer = await world.NodeGrain(world.Node).Heartbeat(late);

        Assert.Null(answer!.State);
        Assert.Equal(NodeState.Active, (await world.NodeGrain(world.Node).Describe())!.State);
        await world.Beat(world.Node);
        Assert.Empty(world.Gateway.Of<CallEvent.MediaMoved>());
        Assert.Equal(1, world.Node.SessionsOf(session.Call));
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
        Assert.False(world.Node.Find(second.Call, second.Session)!.Permissions.Muted);

        world.Node.Refusal = null;
        await world.Pass(
            "the mute holds everywhere",
            () => new[] { world.Node, world.NodeAt(1) }.All(node => node.Find(second.Call, second.Session)!.Permissions.Muted),
            first.Call,
            first.Session,
            second.Session);

        async Task<Refusal?> Mute() => (await world.Participant(second.Call, bob).Act(second.Connection, second.Session, new SessionAction.Mute())).Refusal;
    }

    [Fact]
    public async Task Who_leaves_while_a_call_moves_cuts_off_nobody_else()
    {
        await using var moving = await Moving.Start();
        var (world, alice, bob, carol) = (moving.World, moving.Alice, moving.Bob, moving.Carol);

        await world.Participant(bob.Call, bob.User).Leave(bob.Connection, bob.Session);
        await world.Pass(TimeSpan.FromSeconds(3), alice.Call, alice.Session, carol.Session);

        Assert.Null(world.Node.Find(bob.Call, bob.Session));
        Assert.Null(world.NodeAt(1).Find(bob.Call, bob.Session));
        Assert.Equal(NodeSessionState.Connected, world.Node.Find(alice.Call, alice.Session)?.State);
        Assert.Equal(NodeSessionState.Connected, world.Node.Find(carol.Call, carol.Session)?.State);
    }

    [Fact]
    public async Task A_mute_while_a_call_moves_holds_where_media_still_flows_and_cuts_off_nobody_D15()
    {
        await using var moving = await Moving.Start();
        var (world, alice, bob) = (moving.World, moving.Alice, moving.Bob);

        Assert.True((await world.Participant(bob.Call, bob.User).Act(bob.Connection, bob.Session, new SessionAction.Mute())).IsAccepted);

        Assert.All([world.Node, world.NodeAt(1)], node => Assert.True(node.Find(bob.Call, bob.Session)?.Permissions.Muted));
        Assert.Equal(NodeSessionState.Connected, world.Node.Find(alice.Call, alice.Session)?.State);
    }

    [Fact]
    public async Task A_mute_holds_on_the_node_that_is_being_left_also_when_the_next_one_dies_D15()
    {
        await using var moving = await Moving.Start();
        var (world, alice, bob) = (moving.World, moving.Alice, moving.Bob);
        world.NodeAt(1).Restart();
        world.NodeAt(1).State = NodeState.Draining;
        await world.Register(world.NodeAt(1));
        await Eventually.Sees(
            "the call has no node",
            async () => (await world.Offer(alice, generation: 2)).Refusal,
            refusal => refusal == Refusal.MediaMoved);

        world.Node.Refusal = NodeError.Unreachable;
        Assert.Equal(Refusal.Unavailable, await Mute());
        world.Node.Refusal = null;
        await world.Pass("the mute holds", () => world.Node.Find(bob.Call, bob.Session)!.Permissions.Muted, bob.Call, alice.Session, bob.Session);
        Assert.Null(await Mute());

        async Task<Refusal?> Mute() => (await world.Participant(bob.Call, bob.User).Act(bob.Connection, bob.Session, new SessionAction.Mute())).Refusal;
    }

    [Fact]
    public async Task A_call_that_goes_back_to_the_node_it_left_is_not_closed_there()
    {
        await using var moving = await Moving.Start();
        var (world, call) = (moving.World, moving.Alice.Call);
        await world.NodeGrain(world.Node).Drain(draining: false);
        await world.Beat(world.Node);

        world.NodeAt(1).Restart();
        await world.Register(world.NodeAt(1));
        await world.Pass("all have room on the first node", () => moving.All.All(one => world.Node.Find(call, one.Session)?.Generation == 3), call, moving.Sessions);
        foreach (var member in moving.All) { await world.MediaUp(member, generation: 3); }

        await world.Pass(TimeSpan.FromSeconds(3), call, moving.Sessions);
        Assert.Equal(3, world.Node.SessionsOf(call));
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

    /// <summary>Three people in a call whose node drains: they have been told of the other one, and none has gone there yet.</summary>
    private sealed class Moving : IAsyncDisposable
    {
        public required CallWorld World { get; init; }

        public required CallWorld.Member[] All { get; init; }

        public CallWorld.Member Alice => All[0];

        public CallWorld.Member Bob => All[1];

        public CallWorld.Member Carol => All[2];

        public ImmutableArray<SessionId> Sessions => [.. All.Select(member => member.Session)];

        public static async Task<Moving> Start()
        {
            var world = await CallWorld.Start(nodes: 2);
            UserId[] users = [world.Workspace.AddUser(), world.Workspace.AddUser(), world.Workspace.AddUser()];
            var first = await world.Join(world.Workspace.AddChannel(ChannelKind.Group, users), users[0]);
            CallWorld.Member[] all = [first, await world.JoinCall(first.Call, users[1]), await world.JoinCall(first.Call, users[2])];
            foreach (var member in all) { await world.MediaUp(member); }

            await world.NodeGrain(world.Node).Drain(draining: true);
            await Eventually.True("all are told of the other node", () => world.Gateway.Of<CallEvent.MediaMoved>().Count == 3);
            return new Moving { World = world, All = all };
        }

        public ValueTask DisposeAsync() => World.DisposeAsync();
    }
}
