using Calls.Cluster.Tests.Fakes;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Workspace;
using Calls.Grains;
using Calls.Grains.MediaNodes;
using Calls.Support;

namespace Calls.Cluster.Tests;

/// <summary>What a call survives of its media nodes: their death and silence, answers that are lost, and news that comes late.</summary>
public sealed class NodeLossTests
{
    [Fact]
    public async Task A_restarted_node_gets_the_call_again_and_nobody_is_thrown_out()
    {
        await using var world = await CallWorld.Start();
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var first = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice, bob), alice);
        var second = await world.JoinCall(first.Call, bob);
        await world.MediaUp(first);
        await world.MediaUp(second);

        world.Node.Restart();
        await world.Register(world.Node);

        await Eventually.Sees(
            "both sessions are told to move to generation 2",
            () => world.Gateway.Of<CallEvent.MediaMoved>(),
            moved => moved.Count == 2 && moved.All(one => one.Generation == 2));
        Assert.Equal(2, world.Node.Find(first.Call, first.Session)!.Generation);
        Assert.Equal("answer 1 to offer", (await world.Offer(first, generation: 2)).Value!.Sdp);
        await world.MediaUp(first, generation: 2);
        Assert.Equal(
            [SessionConnection.Connected, SessionConnection.Disconnected],
            (await world.Call(first.Call).Look())!.Sessions.Select(session => session.Connection));
    }

    [Fact]
    public async Task A_node_that_falls_silent_loses_its_calls_to_another_after_fifteen_seconds()
    {
        await using var world = await CallWorld.Start(nodes: 2);
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        await world.MediaUp(member);

        world.Node.Refusal = NodeError.Unreachable;
        await world.Pass(
            "the session has room on the other node",
            () => world.NodeAt(1).Find(member.Call, member.Session) is not null,
            member.Call,
            member.Session);

        await Eventually.True("its client is told", () => world.Gateway.Of<CallEvent.MediaMoved>().Count == 1);
        Assert.Single((await world.Call(member.Call).Look())!.Sessions);
        Assert.True((await world.Offer(member, generation: 2)).IsAccepted);
    }

    [Fact]
    public async Task A_node_that_dies_for_good_and_leaves_none_costs_nobody_their_place_until_there_is_one_D12_D15()
    {
        await using var world = await CallWorld.Start(nodes: 2);
        var (dead, next) = (world.Node, world.NodeAt(1));
        next.Refusal = NodeError.Unreachable;
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Direct, alice, bob), alice);
        await world.MediaUp(member);
        dead.Refusal = NodeError.Unreachable;

        // While it may only be late, a mute is owed; when it is given up, nobody is left who could be heard.
        var participant = world.Participant(member.Call, alice);
        Assert.Equal(Refusal.Unavailable, (await participant.Act(member.Connection, member.Session, new SessionAction.Mute())).Refusal);
        await world.Pass(NodeLiveness.DeadAfter + (2 * new CallsGrainOptions().Sessions.Grace), member.Call, member.Session);
        Assert.True((await participant.Act(member.Connection, member.Session, new SessionAction.Mute())).IsAccepted);

        Assert.Equal(SessionConnection.Disconnected, Assert.Single((await world.Call(member.Call).Look())!.Sessions).Connection);
        Assert.Equal(Refusal.MediaMoved, (await world.Offer(member)).Refusal);
        Assert.Equal(Refusal.NoMediaNode, (await world.TryJoin(member.Call, bob)).Answer.Refusal);
        Assert.Empty(world.Gateway.Of<CallEvent.SessionEnded>());

        next.Refusal = null;
        await world.Register(next);
        await world.Pass("its client to be told", () => world.Gateway.Of<CallEvent.MediaMoved>().Count == 1, member.Call, member.Session);
        Assert.True((await world.Offer(member, generation: 2)).IsAccepted);
        Assert.True(next.Find(member.Call, member.Session)!.Permissions.Muted);
        await world.JoinCall(member.Call, bob);
    }

    [Fact]
    public async Task A_session_that_its_node_lost_begins_anew_at_its_next_offer()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        world.Node.Lose(member.Call, member.Session);

        Assert.Equal(Refusal.MediaMoved, (await world.Offer(member)).Refusal);
        await world.Pass(
            "the client is told to offer anew", () => world.Gateway.Of<CallEvent.MediaMoved>().Count == 1, member.Call, member.Session);

        Assert.True((await world.Offer(member, generation: 2)).IsAccepted);
    }

    [Fact]
    public async Task A_reload_offers_with_the_next_generation_and_keeps_its_session()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        await world.Offer(member);
        await world.MediaUp(member);

        await world.Report(world.Node, member.Call, new NodeEvent.Disconnected(
            world.Time.GetUtcNow(), member.Call, member.Session, 1, DisconnectReason.ClosedByPeer));
        Assert.True((await world.Offer(member, "after the reload", generation: 2)).IsAccepted);
        await world.MediaUp(member, generation: 2);

        Assert.Equal(SessionConnection.Connected, (await world.Call(member.Call).Look())!.Sessions.Single().Connection);
        Assert.Equal(2, world.Node.Find(member.Call, member.Session)!.Generation);
    }

    [Fact]
    public async Task A_wall_clock_that_is_set_costs_nobody_their_node_or_their_connection()
    {
        await using var world = await CallWorld.Start(nodes: 2);
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var first = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice, bob), alice);
        var second = await world.JoinCall(first.Call, bob);
        await world.MediaUp(first);
        await world.MediaUp(second);

        world.Time.SetWallClock(TimeSpan.FromHours(1));
        await world.Pass(TimeSpan.FromSeconds(3), first.Call, first.Session, second.Session);

        Assert.Equal(2, world.Node.SessionsOf(first.Call));
        Assert.Equal(2, world.Node.Reservations.Count);
        Assert.Empty(world.Gateway.Of<CallEvent.ParticipantDisconnected>());
        await Eventually.True("the gateway is still told", () => world.Gateway.Of<CallEvent.ParticipantReconnected>().Count == 2);

        // Set back, it stops nothing either.
        world.Time.SetWallClock(-TimeSpan.FromHours(2));
        await world.Participant(first.Call, bob).Leave(second.Connection, second.Session);
        await Eventually.Sees(
            "a node that falls silent is given up",
            async () =>
            {
                world.Time.Advance(TimeSpan.FromSeconds(1));
                await world.Beat(world.NodeAt(1));
                await world.Renew(first.Call, first.Session);
                return world.NodeAt(1).SessionsOf(first.Call);
            },
            sessions => sessions == 1);
    }

    [Fact]
    public async Task Lost_events_are_made_up_for_by_the_roster()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        world.Node.Connect(member.Call, member.Session);

        await world.NodeGrain(world.Node).Resync(world.Node.Incarnation);

        await Eventually.Sees(
            "the session is connected",
            async () => (await world.Call(member.Call).Look())!.Sessions[0].Connection,
            connection => connection == SessionConnection.Connected);
    }

    [Fact]
    public async Task News_of_an_older_run_of_the_node_changes_nothing()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        var connected = new NodeEvent.Connected(world.Time.GetUtcNow(), member.Call, member.Session, 1, "udp", "p", 1, 1);

        await world.Call(member.Call).NodeReported(world.Node.Id, "an older run", [connected]);

        Assert.Equal(SessionConnection.Connecting, (await world.Call(member.Call).Look())!.Sessions[0].Connection);
    }

    [Fact]
    public async Task A_late_answer_of_a_run_that_is_over_moves_nobody_again()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        var held = new TaskCompletionSource();
        world.Node.AnswersAfter = held.Task;
        var offer = world.Offer(member);
        await Eventually.True("the offer is at the node", () => world.Node.Offers == 1);
        world.Node.AnswersAfter = null;
        world.Node.Restart();
        await world.Register(world.Node);
        await Eventually.True("the call has moved", () => world.Gateway.Of<CallEvent.MediaMoved>().Count == 1);

        held.SetResult();
        Assert.Equal(Refusal.MediaMoved, (await offer).Refusal);

        await world.Pass(TimeSpan.FromSeconds(3), member.Call, member.Session);
        Assert.Equal(2, world.Node.Find(member.Call, member.Session)!.Generation);
        Assert.True((await world.Offer(member, generation: 2)).IsAccepted);
    }

    [Fact]
    public async Task A_move_whose_reservation_nobody_heard_of_goes_on_with_the_next_generation()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        await world.MediaUp(member);
        world.Node.Restart();
        world.Node.LosesAnswers = true;
        await world.Register(world.Node);
        await Eventually.True("the node has reserved", () => world.Node.Find(member.Call, member.Session) is { Generation: 2 });
        world.Node.Expire(member.Call, member.Session);

        world.Node.LosesAnswers = false;
        await world.Pass(
            "the client is told of generation 3",
            () => world.Gateway.Of<CallEvent.MediaMoved>().Any(moved => moved.Generation == 3),
            member.Call,
            member.Session);
        Assert.True((await world.Offer(member, generation: 3)).IsAccepted);
    }

    [Fact]
    public async Task An_offer_that_comes_after_its_reservation_is_told_of_the_next_generation()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        world.Node.Expire(member.Call, member.Session);

        Assert.Equal(Refusal.MediaMoved, (await world.Offer(member)).Refusal);

        await world.Pass(
            "the client is told to offer anew", () => world.Gateway.Of<CallEvent.MediaMoved>().Count == 1, member.Call, member.Session);
        Assert.True((await world.Offer(member, generation: 2)).IsAccepted);
    }

    [Fact]
    public async Task A_join_that_is_repeated_after_its_reservation_gets_in()
    {
        await using var world = await CallWorld.Start();
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var first = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice, bob), alice);
        var join = new CallJoin(
            TestIds.New<SessionId>(), bob, world.Subscription, new Device("Laptop", null, null), Muted: false, Video: false,
            VoiceSlots: 3, SessionKind.Participant, TraceParent: null, From: null);
        world.Node.LosesAnswers = true;
        Assert.Equal(Refusal.Unavailable, (await world.Call(first.Call).Join(join)).Refusal);
        world.Node.LosesAnswers = false;
        world.Node.Expire(first.Call, join.Session);

        var joined = await world.Call(first.Call).Join(join);

        Assert.True(joined.IsAccepted, $"refused: {joined.Refusal}");
        Assert.Equal((2, 2), (joined.Value!.Media.Generation, world.Node.Find(first.Call, join.Session)!.Generation));
    }

    [Fact]
    public async Task Media_that_is_closed_on_its_node_against_the_calls_wish_begins_anew()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        await world.MediaUp(member);
        world.Node.Expire(member.Call, member.Session);

        await world.Report(world.Node, member.Call, new NodeEvent.Disconnected(
            world.Time.GetUtcNow(), member.Call, member.Session, 1, DisconnectReason.Closed));

        await Eventually.True("the client is told", () => world.Gateway.Of<CallEvent.MediaMoved>().Count == 1);
        Assert.Equal(2, world.Node.Find(member.Call, member.Session)!.Generation);
    }

    [Fact]
    public async Task A_joiner_is_not_told_who_spoke_on_a_node_that_is_gone()
    {
        await using var world = await CallWorld.Start(nodes: 2);
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var first = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice, bob), alice);
        await world.MediaUp(first);
        await world.Report(world.Node, first.Call, new NodeEvent.Speaking(world.Time.GetUtcNow(), first.Call, [first.Session], first.Session));
        await Eventually.True("all are told who speaks", () => world.Gateway.Of<CallEvent.Speaking>().Count == 1);

        // The call finds out by its own command, before the node says so.
        world.Node.Restart();
        world.Node.Load = 1;
        await world.NodeGrain(world.Node).Heartbeat(world.Node.Heartbeat with { Incarnation = world.Node.Reservations[0].Session.Incarnation });
        await world.Participant(first.Call, alice).Act(first.Connection, first.Session, new SessionAction.Unmute());
        await world.Pass("the call has moved", () => world.NodeAt(1).SessionsOf(first.Call) == 1, first.Call, first.Session);
        var second = await world.JoinCall(first.Call, bob);

        await world.Participant(first.Call, bob).Act(second.Connection, second.Session, new SessionAction.RaiseHand());
        await Eventually.True("what came after the join is told", () => world.Gateway.Of<CallEvent.HandRaised>().Count == 1);
        Assert.Single(world.Gateway.Of<CallEvent.Speaking>());
    }
}
