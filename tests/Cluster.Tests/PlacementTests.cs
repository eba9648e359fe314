using Calls.Cluster.Tests.Fakes;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Regions;
using Calls.Contracts.Workspace;
using Calls.Support;

namespace Calls.Cluster.Tests;

/// <summary>Which media node a call gets when one is full, or is heard and does not hear.</summary>
public sealed class PlacementTests
{
    [Fact]
    public async Task A_call_whose_next_node_is_full_goes_to_one_that_has_room()
    {
        await using var world = await CallWorld.Start(nodes: 3);
        var (first, second) = await Two(world);
        world.NodeAt(1).SessionsMax = 0;
        world.Node.Refusal = NodeError.Unreachable;

        await world.Pass(
            "both have room on the third node", () => world.NodeAt(2).SessionsOf(first.Call) == 2, first.Call, first.Session, second.Session);

        await Eventually.True("both are told", () => world.Gateway.Of<CallEvent.MediaMoved>().Count == 2);
        Assert.Equal(0, world.NodeAt(1).SessionsOf(first.Call));
        Assert.Empty(world.Gateway.Of<CallEvent.ParticipantLeft>());
    }

    [Fact]
    public async Task Nobody_who_has_room_loses_it_for_those_who_have_none()
    {
        await using var world = await CallWorld.Start(nodes: 3);
        var (first, second) = await Two(world);
        (world.NodeAt(1).SessionsMax, world.NodeAt(2).SessionsMax) = (1, 1);
        world.Node.Refusal = NodeError.Unreachable;
        await world.Pass("one has room", () => world.NodeAt(1).SessionsOf(first.Call) == 1, first.Call, first.Session, second.Session);
        await Eventually.True("that one is told", () => world.Gateway.Of<CallEvent.MediaMoved>().Count == 1);
        var lucky = new[] { first, second }.Single(member => world.NodeAt(1).Find(first.Call, member.Session) is not null);
        await world.MediaUp(lucky, generation: 2, world.NodeAt(1));

        await world.Pass(TimeSpan.FromSeconds(5), first.Call, first.Session, second.Session);
        Assert.Single(world.Gateway.Of<CallEvent.MediaMoved>());
        Assert.Equal((1, 0), (world.NodeAt(1).SessionsOf(first.Call), world.NodeAt(2).SessionsOf(first.Call)));

        world.NodeAt(2).SessionsMax = 2;
        await world.Pass(
            "there is room for both", () => world.NodeAt(2).SessionsOf(first.Call) == 2, first.Call, first.Session, second.Session);
    }

    [Fact]
    public async Task What_was_placed_since_a_node_was_heard_counts()
    {
        await using var world = await CallWorld.Start(nodes: 2);
        world.NodeAt(1).Load = 0;
        await world.Beat(world.NodeAt(1));
        var region = world.Grains.GetGrain<IRegionGrain>(RegionName.Default.GrainKey);

        var placed = new List<MediaNodeId?>();
        for (var i = 0; i < 6; i++) { placed.Add(await region.Place([], sessions: 2)); }

        Assert.Equal([3, 3], placed.GroupBy(node => node).Select(calls => calls.Count()));
    }

    [Fact]
    public async Task A_node_that_is_heard_and_does_not_hear_gets_no_calls_and_then_loses_those_it_has()
    {
        await using var world = await CallWorld.Start(nodes: 2);
        var (first, second) = await Two(world);
        world.Node.IsDeaf = true;
        await world.Participant(first.Call, first.User).Act(first.Connection, first.Session, new SessionAction.Mute());

        await world.Pass(TimeSpan.FromSeconds(5), first.Call, first.Session, second.Session);
        await world.Join(world.Workspace.AddChannel(ChannelKind.Public, first.User), first.User);
        Assert.Equal(2, world.Node.Reservations.Count);

        await world.Pass(
            "the call is on the other node",
            () => world.NodeAt(1).SessionsOf(first.Call) == 2,
            first.Call,
            first.Session,
            second.Session);
        Assert.Empty(world.Gateway.Of<CallEvent.ParticipantLeft>());
    }

    [Fact]
    public async Task A_node_that_was_given_up_for_answering_nothing_has_to_answer_before_it_gets_a_call()
    {
        await using var world = await CallWorld.Start();
        var (first, second) = await Two(world);
        world.Node.IsDeaf = true;
        await world.Participant(first.Call, first.User).Act(first.Connection, first.Session, new SessionAction.Mute());
        await world.Pass(
            "both have lost their media",
            () => world.Gateway.Of<CallEvent.ParticipantDisconnected>().Count == 2,
            first.Call,
            first.Session,
            second.Session);

        await world.Pass(TimeSpan.FromSeconds(20), first.Call, first.Session, second.Session);
        Assert.Equal(2, world.Node.Reservations.Count);

        world.Node.IsDeaf = false;
        await world.Pass(
            "both are back", () => world.Gateway.Of<CallEvent.MediaMoved>().Count == 2, first.Call, first.Session, second.Session);
        Assert.True(world.Node.Find(first.Call, first.Session)!.Permissions.Muted);
    }

    [Fact]
    public async Task What_is_owed_is_tried_again_once_a_second_and_not_by_every_command()
    {
        await using var world = await CallWorld.Start();
        var (first, second) = await Two(world);
        world.Node.Refusal = NodeError.TooFast;
        await Act(first, new SessionAction.Mute());
        var before = world.Node.Commands;

        for (var i = 0; i < 10; i++)
        {
            await Act(second, new SessionAction.RaiseHand());
            await Act(second, new SessionAction.LowerHand());
            await world.Renew(first.Call, first.Session, second.Session);
        }

        Assert.Equal(before, world.Node.Commands);
        await Act(first, new SessionAction.Mute());
        Assert.Equal(before + 1, world.Node.Commands);

        Task Act(CallWorld.Member member, SessionAction action) =>
            world.Participant(member.Call, member.User).Act(member.Connection, member.Session, action);
    }

    private static async Task<(CallWorld.Member First, CallWorld.Member Second)> Two(CallWorld world)
    {
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var first = await world.Join(world.Workspace.AddChannel(ChannelKind.Direct, alice, bob), alice);
        var second = await world.JoinCall(first.Call, bob);
        await world.MediaUp(first);
        await world.MediaUp(second);
        return (first, second);
    }
}
