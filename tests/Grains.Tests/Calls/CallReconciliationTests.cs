using Calls.Contracts.Calls;
using Calls.Contracts.MediaNodes;
using Calls.Grains.Calls;
using static Calls.Grains.Tests.Calls.TestCall;

namespace Calls.Grains.Tests.Calls;

public sealed class CallReconciliationTests
{
    [Fact]
    public void A_roster_that_agrees_changes_nothing()
    {
        var call = Live(Alice, Bob);

        var outcome = CallReconciliation.Apply(call, Roster(There(call, 0), There(call, 1)), Limits, Noon);

        Assert.Equal(call.Sessions.ToArray(), outcome.State.Sessions.ToArray());
        Assert.Empty(outcome.Effects);
        Assert.Empty(CallDuty.Of(outcome.State));
    }

    [Fact]
    public void A_session_that_the_node_lacks_is_disconnected_and_moves_but_stays()
    {
        var call = Live(Alice, Bob);

        var outcome = CallReconciliation.Apply(call, Roster(There(call, 0)), Limits, Noon);

        Assert.Equal(new CallEvent.ParticipantDisconnected(Session(2)), Assert.Single(outcome.Announced()));
        Assert.Equal(Session(2), Assert.IsType<CallDuty.Move>(Assert.Single(CallDuty.Of(outcome.State))).Session.Id);
    }

    [Fact]
    public void A_session_that_the_call_does_not_know_is_closed_on_the_node()
    {
        var call = Live(Alice);
        var stranger = There(call, 0) with { Session = Session(9) };

        var outcome = CallReconciliation.Apply(call, Roster(There(call, 0), stranger), Limits, Noon);

        Assert.Equal(new CallDuty.Close(Session(9)), Assert.Single(CallDuty.Of(outcome.State)));
    }

    [Fact]
    public void Media_that_came_up_or_went_while_nobody_listened_is_noticed()
    {
        var call = Join(Live(Alice), Bob, 2);

        var outcome = CallReconciliation.Apply(
            call,
            Roster(There(call, 0) with { State = NodeSessionState.Stalled }, There(call, 1) with { State = NodeSessionState.Connected }),
            Limits,
            Noon);

        Assert.Equal(
            [SessionConnection.Disconnected, SessionConnection.Connected],
            outcome.State.Sessions.Select(session => session.Connection));
    }

    [Fact]
    public void A_mute_that_the_node_does_not_hold_is_owed_again_whatever_number_it_has()
    {
        var call = Live(Alice);
        var unmutedThere = There(call, 0) with { Permissions = new MediaPermissions(7, true, false, Muted: false) };

        var outcome = CallReconciliation.Apply(call, Roster(unmutedThere), Limits, Noon);

        var due = Assert.IsType<CallDuty.Permit>(Assert.Single(CallDuty.Of(outcome.State)));
        Assert.Equal(new MediaPermissions(8, true, false, Muted: true), due.Session.Permissions);
    }

    private static NodeRoster Roster(params NodeRosterEntry[] entries) => new(EventSequence: 0, [.. entries]);

    private static NodeRosterEntry There(CallState call, int index)
    {
        var session = call.Sessions[index];
        return new NodeRosterEntry(session.Id, session.Generation, NodeSessionState.Connected, session.Permissions);
    }
}
