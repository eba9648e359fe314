using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.MediaNode.Control;
using Calls.MediaNode.Tests.Clients;
using Calls.Support;

namespace Calls.MediaNode.Tests.Control;

/// <summary>How a node ends its calls: stopped, or forgotten by its control plane.</summary>
public sealed class NodeEndTests
{
    private static readonly TimeSpan s_orphanAfter = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(250);

    private readonly CallId _call = NodeHost.NewId<CallId>();

    [Fact]
    public async Task A_process_of_its_own_that_is_told_to_stop_lets_its_calls_go_on_until_they_have_been_moved()
    {
        await using var node = await NodeHost.Start(settings: OwnProcess(drainSeconds: 600));
        var (first, second) = (node.Session(_call), node.Session(_call));
        using var alice = await node.Join(first);
        using var bob = await node.Join(second);

        var stopping = node.Stop();
        await Eventually.True("the control plane to be told", () => node.ControlPlane.Told == NodeState.Draining);
        alice.Say("still here");
        bob.ListenFor("still here");
        var newCall = await node.Node.Reserve(node.Session(NodeHost.NewId<CallId>()), NodeHost.Room(), default);
        Assert.Equal(NodeError.Draining, newCall.Error);
        Assert.False(stopping.IsCompleted);

        await node.Node.Close(first, default);
        await node.Node.Close(second, default);
        await Eventually.Comes("the end", stopping);

        Assert.Equal(NodeState.Drained, node.ControlPlane.Taken.OfType<NodeEvent.NodeStateChanged>().Last().State);
        Assert.All(
            node.ControlPlane.Taken.OfType<NodeEvent.Disconnected>(), ended => Assert.Equal(DisconnectReason.Closed, ended.Reason));
    }

    [Fact]
    public async Task Whoever_has_not_been_moved_by_the_deadline_is_said_goodbye_to_and_reported_as_drained()
    {
        await using var node = await NodeHost.Start(settings: OwnProcess(drainSeconds: 0));
        using var alice = await node.Join(node.Session(_call));

        await Eventually.Comes("the end", node.Stop());

        alice.ListenForGoodbye();
        Assert.Equal(DisconnectReason.Drained, node.ControlPlane.Taken.OfType<NodeEvent.Disconnected>().Single().Reason);
        Assert.Equal(
            [NodeState.Draining, NodeState.Drained],
            node.ControlPlane.Taken.OfType<NodeEvent.NodeStateChanged>().Select(change => change.State));
    }

    [Fact]
    public async Task An_administrators_patience_of_a_day_is_not_the_patience_of_a_process_that_is_told_to_stop()
    {
        var time = new ManualTime();
        await using var node = await NodeHost.Start(settings: new() { ["Calls:Media:DrainSeconds"] = "5" }, time: time);
        var session = node.Session(_call);
        using var alice = await node.Join(session);
        await node.Node.Drain(new NodeStateChange(node.Incarnation, NodeState.Draining, DeadlineSeconds: 86_400), default);
        var local = node.Get<LocalMediaNode>();

        local.StopTaking();
        Assert.True(local.HasSessions);
        time.Advance(TimeSpan.FromSeconds(5));
        local.FinishDrain();

        await Eventually.True("the session to end", () => !local.HasSessions);
        Assert.Equal(DisconnectReason.Drained, (await node.Node.Statistics(session, default)).Value!.EndedBy);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_control_plane_that_is_gone()
    {
        await using var node = await NodeHost.Start(settings: OwnProcess(drainSeconds: 0));
        using var alice = await node.Join(node.Session(_call));
        node.ControlPlane.IsGone = true;

        await Eventually.Comes("the end", node.Stop());

        alice.ListenForGoodbye();
    }

    [Fact]
    public async Task Sessions_whose_control_plane_is_gone_for_OrphanAfter_are_closed_and_not_before()
    {
        var time = new ManualTime();
        await using var node = await NodeHost.Start(settings: Orphaned(), time: time);
        using var alice = await Connected(node, time);

        node.ControlPlane.IsGone = true;
        var goneAt = time.GetUtcNow();
        await LetTimeGoOn(time, "the session to end", alice, () => node.Runtime.Loops.Sessions == 0);
        node.ControlPlane.IsGone = false;
        await LetTimeGoOn(
            time, "its end to be told", alice, () => node.ControlPlane.Taken.OfType<NodeEvent.Disconnected>().Any());

        var ended = node.ControlPlane.Taken.OfType<NodeEvent.Disconnected>().Single();
        Assert.Equal(DisconnectReason.Closed, ended.Reason);
        Assert.True(ended.At - goneAt >= s_orphanAfter - s_heartbeat, $"after {ended.At - goneAt}");
        alice.ListenForGoodbye();
    }

    [Fact]
    public async Task A_control_plane_that_is_back_in_time_finds_its_sessions()
    {
        var time = new ManualTime();
        await using var node = await NodeHost.Start(settings: Orphaned(), time: time);
        using var alice = await Connected(node, time);

        for (var absence = 0; absence < 2; absence++)
        {
            node.ControlPlane.IsGone = true;
            var backAt = time.GetUtcNow() + (s_orphanAfter * 0.7);
            await LetTimeGoOn(time, "time to pass", alice, () => time.GetUtcNow() >= backAt);
            node.ControlPlane.IsGone = false;
            var heard = node.ControlPlane.Heartbeats;
            await LetTimeGoOn(time, "a heartbeat", alice, () => node.ControlPlane.Heartbeats > heard);
        }

        Assert.Equal(1, node.Runtime.Loops.Sessions);
    }

    private static Dictionary<string, string?> OwnProcess(int drainSeconds) => new()
    {
        ["Calls:Media:ControlPlane"] = "http://control-plane.example",
        ["Calls:Media:DrainSeconds"] = drainSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static Dictionary<string, string?> Orphaned() => new()
    {
        ["Calls:Media:OrphanAfter"] = s_orphanAfter.ToString("c", System.Globalization.CultureInfo.InvariantCulture),
    };

    private async Task<UdpClientPeer> Connected(NodeHost node, ManualTime time)
    {
        var client = await node.Join(node.Session(_call));
        await LetTimeGoOn(
            time, "the connection to be told", client, () => node.ControlPlane.Taken.OfType<NodeEvent.Connected>().Any());
        return client;
    }

    // The client checks all the while: nothing but the control plane is away.
    private static Task LetTimeGoOn(ManualTime time, string until, UdpClientPeer client, Func<bool> seen) => Eventually.True(
        until,
        () =>
        {
            client.Refresh();
            time.Advance(s_step);
            return seen();
        });
}
