using Calls.Contracts.Calls;
using Calls.Grains.Calls;
using static Calls.Grains.Tests.Calls.TestCall;

namespace Calls.Grains.Tests.Calls;

/// <summary>A call goes on on another device of the same user.</summary>
public sealed class MoveTests
{
    [Fact]
    public void The_new_device_has_place_mute_hand_and_chair_of_the_old_one()
    {
        var call = ActionTransitions.SetMuted(Live(Alice, Bob), Session(1), muted: false, by: null).State;
        call = ActionTransitions.RaiseHand(call, Session(1), Noon.AddSeconds(5)).State;

        var moved = Move(call, from: 1, to: 3);

        var device = moved.State.Sessions[0];
        Assert.Equal((Session(3), false, Noon.AddSeconds(5), Noon), (device.Id, device.Muted, device.RaisedAt!.Value, device.JoinedAt));
        Assert.Equal(Alice, moved.State.Host);
        Assert.Contains(Session(1), moved.State.Closing);
    }

    [Fact]
    public void The_roster_has_no_gap_the_new_session_is_told_before_the_old_one_leaves()
    {
        var moved = Move(Live(Alice, Bob), from: 1, to: 3);

        Assert.Collection(
            moved.Announced(),
            news => Assert.Equal(Session(3), Assert.IsType<CallEvent.ParticipantJoined>(news).Session.SessionId),
            news => Assert.Equal(new CallEvent.ParticipantLeft(Session(1), Alice, LeaveReason.Moved, null), news));
        Assert.Contains(
            new CallEffect.TellSession(Session(1), Gateway, new CallEvent.SessionEnded(Session(1), LeaveReason.Moved, null)), moved.Effects);
    }

    [Fact]
    public void A_move_needs_no_free_place_since_it_takes_none()
    {
        var call = Live(Alice, Bob);

        Assert.True(Admit(call, Alice, 3, limits: Limits with { SessionsMax = 2 }, from: 1).IsAccepted);
        Assert.Equal(Refusal.CallFull, Admit(call, Alice, 3, limits: Limits with { SessionsMax = 2 }).Refusal);
    }

    [Fact]
    public void Nobody_takes_over_a_session_that_is_gone_or_anothers()
    {
        var call = Live(Alice, Bob);

        Assert.Equal(Refusal.SessionGone, Admit(call, Alice, 3, from: 9).Refusal);
        Assert.Equal(Refusal.NotYourSession, Admit(call, Alice, 3, from: 2).Refusal);
        Assert.Equal(Refusal.SessionGone, CallTransitions.Move(call, Session(9), Admit(call, Alice, 3, from: 1).Value!).Answer.Refusal);
    }

    [Fact]
    public void A_screen_does_not_move_with_its_presenter()
    {
        var call = ActionTransitions.StartScreen(Live(Alice, Bob), Session(1)).State;

        var moved = Move(call, from: 1, to: 3);

        Assert.Equal(new CallEvent.ScreenStopped(Session(1), null, ScreenStopReason.Left), moved.Announced()[0]);
        Assert.Null(moved.State.Presenter);
    }

    private static CallOutcome Move(CallState call, int from, int to) => CallTransitions.Move(
        call, Session(from), Admit(call, call.Find(Session(from))!.User, to, Noon.AddMinutes(3), from: from).Value!);
}
