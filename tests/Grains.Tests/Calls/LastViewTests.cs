using Calls.Contracts.Calls;
using Calls.Grains.Calls;
using static Calls.Grains.Tests.Calls.TestCall;

namespace Calls.Grains.Tests.Calls;

public sealed class LastViewTests
{
    private readonly LastView _view = new();

    [Fact]
    public void Who_has_not_changed_is_seen_by_the_same_snapshot()
    {
        var call = Live(Alice, Bob);
        var before = Seen(call);

        var joined = Seen(Join(call, Carol, 3));

        Assert.Same(before.Sessions[0], joined.Sessions[0]);
        Assert.Same(before.Sessions[1], joined.Sessions[1]);
        Assert.Equal(Session(3), joined.Sessions[2].SessionId);
    }

    [Fact]
    public void What_changed_is_seen_anew_and_those_around_it_are_not()
    {
        var call = Join(Live(Alice, Bob), Carol, 3);
        var before = Seen(call);

        var raised = Seen(ActionTransitions.RaiseHand(call, Session(2), Noon).State);

        Assert.Same(before.Sessions[0], raised.Sessions[0]);
        Assert.Equal(Noon, raised.Sessions[1].RaisedAt);
        Assert.Same(before.Sessions[2], raised.Sessions[2]);
    }

    [Fact]
    public void Those_who_joined_after_one_who_left_keep_their_snapshots()
    {
        var call = Join(Live(Alice, Bob), Carol, 3);
        var before = Seen(call);

        var left = Seen(CallTransitions.Leave(call, Session(1), LeaveReason.Left, by: null, Noon).State);

        Assert.Equal(before.Sessions.Skip(1), left.Sessions);
        Assert.Same(before.Sessions[2], left.Sessions[1]);
    }

    // Whatever was looked at before, it is what a first look shows.
    private CallSnapshot Seen(CallState call)
    {
        var seen = _view.Of(call);
        var first = CallView.Of(call);
        Assert.Equal(first.Sessions.AsEnumerable(), seen.Sessions);
        Assert.Equal(first with { Sessions = seen.Sessions }, seen);
        return seen;
    }
}
