using Calls.Cluster.Tests.Fakes;
using Calls.Contracts.Calls;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Workspace;

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
    public async Task A_node_nobody_knows_is_not_drained()
    {
        await using var world = await CallWorld.Start();
        Assert.Equal(NodeError.NotReserved, (await world.NodeGrain(new ScriptedNode()).Drain(draining: true)).Error);
    }
}
