using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Regions;
using Calls.Grains.MediaNodes;
using Calls.Grains.Regions;
using Calls.Support;
using static Calls.Grains.Tests.Calls.TestCall;

namespace Calls.Grains.Tests.MediaNodes;

public sealed class NodeRulesTests
{
    private static readonly Dictionary<MediaNodeId, int> s_none = [];

    [Theory]
    [InlineData(5.9, "Alive")]
    [InlineData(6, "Late")]
    [InlineData(14.9, "Late")]
    [InlineData(15, "Dead")]
    public void Three_missed_heartbeats_are_late_and_fifteen_seconds_dead(double silentSeconds, string health)
    {
        Assert.Equal(health, NodeLiveness.Judge(Noon, Noon.AddSeconds(silentSeconds)).ToString());
    }

    [Fact]
    public void The_least_loaded_node_that_takes_calls_is_chosen()
    {
        NodeReport[] nodes = [Report(1, 0.2), Report(2, 0.1), Report(3, 0.0, takesCalls: false), Report(4, 0.1)];

        Assert.Equal(Id<MediaNodeId>(2), NodePlacement.Choose([.. nodes], s_none, []));
        Assert.Equal(Id<MediaNodeId>(4), NodePlacement.Choose([.. nodes], s_none, [Id<MediaNodeId>(2)]));
        Assert.Null(NodePlacement.Choose([nodes[2]], s_none, []));
    }

    [Theory]
    [InlineData(49, 1)]   // 200 sessions are a load of 0.4, so 50 are one of 0.1
    [InlineData(51, 2)]
    public void Sessions_placed_since_a_nodes_report_weigh_what_sessions_weigh_on_average(int placed, int chosen)
    {
        NodeReport[] nodes = [Report(1, 0.15, sessions: 100), Report(2, 0.25, sessions: 100)];

        Assert.Equal(
            Id<MediaNodeId>(chosen), NodePlacement.Choose([.. nodes], new Dictionary<MediaNodeId, int> { [Id<MediaNodeId>(1)] = placed }, []));
    }

    [Theory]
    [InlineData(1, null, "Alive")]
    [InlineData(1, 1.0, "Late")]
    [InlineData(1, 14.9, "Late")]
    [InlineData(1, 15.0, "Dead")]
    [InlineData(15, 1.0, "Dead")]
    public void A_node_that_is_heard_and_answers_nothing_takes_no_calls_and_dies_like_a_silent_one(
        double silentSeconds, double? deafSeconds, string health)
    {
        DateTimeOffset? deafSince = deafSeconds is { } seconds ? Noon.AddSeconds(-seconds) : null;

        Assert.Equal(health, NodeLiveness.Judge(Noon.AddSeconds(-silentSeconds), deafSince, Noon).ToString());
    }

    [Fact]
    public void Three_commands_in_a_row_without_an_answer_are_no_accident()
    {
        var hearing = new NodeHearing();
        hearing.Take(isAnswered: false, Noon);
        hearing.Take(isAnswered: true, Noon.AddSeconds(1));
        hearing.Take(isAnswered: false, Noon.AddSeconds(2));
        hearing.Take(isAnswered: false, Noon.AddSeconds(3));
        Assert.True(hearing.IsInDoubt);
        Assert.Null(hearing.DeafSince);

        hearing.Take(isAnswered: false, Noon.AddSeconds(4));
        Assert.Equal(Noon.AddSeconds(2), hearing.DeafSince);

        hearing.Take(isAnswered: true, Noon.AddSeconds(5));
        Assert.False(hearing.IsInDoubt);
    }

    [Fact]
    public void A_call_that_does_not_renew_is_not_told_of_its_node_any_more()
    {
        var time = new ManualTime();
        var carried = new CarriedCalls(time);
        carried.Renew(Id<CallId>(1), null!);
        carried.Renew(Id<CallId>(2), null!);

        time.Advance(CarriedCalls.ForgottenAfter / 2);
        carried.Renew(Id<CallId>(2), null!);
        time.SetWallClock(TimeSpan.FromDays(1));
        Assert.Equal(2, carried.Present.Length);

        time.Advance(CarriedCalls.ForgottenAfter / 2);
        Assert.Single(carried.Present);
        carried.Remove(Id<CallId>(2));
        Assert.Empty(carried.Present);
    }

    [Fact]
    public void A_steady_clock_does_not_notice_that_the_wall_clock_is_set()
    {
        var time = new ManualTime();
        var clock = new SteadyClock(time);

        time.SetWallClock(TimeSpan.FromHours(-1));
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(ManualTime.DefaultStart.AddSeconds(2), clock.Now);
    }

    [Fact]
    public void Events_are_taken_once_and_in_order()
    {
        var ledger = new EventLedger();
        ledger.Begin();

        Assert.Equal(new NewNodeEvents(0, Skip: 0, HasGap: false), ledger.Judge(1, 3, out _));
        ledger.Take(3);
        Assert.Equal(new NewNodeEvents(3, Skip: 2, HasGap: false), ledger.Judge(2, 4, out _));
        Assert.Equal(new NewNodeEvents(3, Skip: 3, HasGap: false), ledger.Judge(1, 3, out _));
        Assert.Equal(new NewNodeEvents(3, Skip: 0, HasGap: true), ledger.Judge(5, 1, out var isLost));
        Assert.False(isLost);
    }

    [Fact]
    public void A_gap_that_stays_after_the_node_was_told_is_a_loss()
    {
        var ledger = new EventLedger();
        ledger.Begin();
        ledger.Judge(5, 2, out _);

        var judged = ledger.Judge(5, 2, out var isLost);

        Assert.True(isLost);
        Assert.Equal(new NewNodeEvents(4, Skip: 0, HasGap: false), judged);
    }

    [Fact]
    public void After_a_restart_the_first_batch_says_where_the_node_is()
    {
        var ledger = new EventLedger();

        Assert.Equal(new NewNodeEvents(99, Skip: 0, HasGap: false), ledger.Judge(100, 2, out _));
    }

    [Fact]
    public void Of_two_accounts_of_a_node_the_one_after_more_changes_holds_whichever_comes_last()
    {
        var node = new MediaNodeState().Registered(Described("run-1", NodeState.Active, version: 2)) with { Wanted = NodeState.Draining };

        Assert.Equal(node, node.Heard(NodeState.Drained, version: 1));
        Assert.Equal(NodeState.Draining, node.Heard(NodeState.Draining, version: 3).State);
        Assert.Equal((NodeState.Active, 2L), Account(node.Registered(Described("run-1", NodeState.Draining, version: 1))));
        Assert.Equal((NodeState.Draining, 3L), Account(node.Registered(Described("run-1", NodeState.Draining, version: 3))));
        Assert.Equal(NodeState.Draining, node.Registered(Described("run-1", NodeState.Active, version: 2)).Wanted);
        Assert.Equal((NodeState.Draining, 0L), Account(node.Registered(Described("run-2", NodeState.Draining, version: 0))));
        Assert.Null(node.Registered(Described("run-2", NodeState.Active, version: 0)).Wanted);
    }

    private static (NodeState State, long Version) Account(MediaNodeState node) => (node.State, node.StateVersion);

    private static NodeDescription Described(string run, NodeState state, long version) => new(
        Id<MediaNodeId>(1), run, "test", RegionName.Default, null, state, [], 1, 1, new NodeLoad(0, 0, 0, 0, 0, 0), version);

    private static NodeReport Report(int node, double load, bool takesCalls = true, int sessions = 0) =>
        new(Id<MediaNodeId>(node), takesCalls, new NodeLoad(load, 0, sessions, 0, 0, 0));
}
