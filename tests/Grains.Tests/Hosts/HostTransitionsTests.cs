using Calls.Contracts.Calls;
using Calls.Contracts.Hosts;
using Calls.Contracts.Ids;
using Calls.Grains.Calls;
using Calls.Grains.Hosts;
using Calls.Grains.Tests.Calls;
using static Calls.Grains.Tests.Calls.TestCall;

namespace Calls.Grains.Tests.Hosts;

/// <summary>Who holds the chair, who inherits it, and what it may do.</summary>
public sealed class HostTransitionsTests
{
    [Fact]
    public void The_chair_stays_while_any_session_of_the_host_is_there()
    {
        var left = Leave(Live(Alice, Alice, Bob), 1);

        Assert.Equal(Alice, left.State.Host);
        Assert.DoesNotContain(left.Announced(), news => news is CallEvent.HostChanged);
    }

    [Fact]
    public void The_earliest_of_those_present_succeeds_the_host()
    {
        var left = Leave(Live(Alice, Bob, Carol), 1);

        Assert.Equal(Bob, left.State.Host);
        Assert.Equal(new CallEvent.HostChanged(Bob, false, null, HostChangeReason.Succeeded), left.Announced()[^1]);
    }

    [Fact]
    public void A_host_in_grace_keeps_the_chair()
    {
        var call = SessionTransitions.HubClosed(Live(Alice, Bob), Session(1), Limits, Noon).State;

        Assert.Equal(Alice, Leave(Join(call, Carol, 3), 2).State.Host);
    }

    [Fact]
    public void A_host_who_left_and_returns_without_a_lock_is_not_host_again()
    {
        var call = Join(Leave(Live(Alice, Bob), 1).State, Alice, 3);

        Assert.Equal(Bob, call.Host);
    }

    [Fact]
    public void Transfer_moves_and_locks_the_chair_S37()
    {
        var given = HostTransitions.Control(Live(Alice, Bob), new HostAuthor(Alice, false), new HostControl.Make(Bob), Noon);

        Assert.Equal(Bob, given.State.Host);
        Assert.True(CallView.Of(given.State).HostLocked);
        Assert.Equal(new CallEvent.HostChanged(Bob, true, Alice, HostChangeReason.Transferred), Assert.Single(given.Announced()));
    }

    [Fact]
    public void The_locked_host_gets_the_chair_back_when_they_return_S38()
    {
        var call = HostTransitions.Control(Live(Alice, Bob, Carol), new HostAuthor(Alice, false), new HostControl.Make(Carol), Noon).State;

        var gone = Leave(call, 3);
        var back = CallTransitions.Join(gone.State, Admit(gone.State, Carol, 4).Value!, Noon);

        Assert.Equal(Alice, gone.State.Host);
        Assert.False(CallView.Of(gone.State).HostLocked);
        Assert.Equal(Carol, back.State.Host);
        Assert.Equal(new CallEvent.HostChanged(Carol, true, null, HostChangeReason.Returned), back.Announced()[^1]);
    }

    [Fact]
    public void A_new_transfer_replaces_the_lock()
    {
        var call = HostTransitions.Control(Live(Alice, Bob, Carol), new HostAuthor(Alice, false), new HostControl.Make(Carol), Noon).State;

        call = HostTransitions.Control(call, new HostAuthor(Carol, false), new HostControl.Make(Bob), Noon).State;
        call = Leave(call, 2).State;

        Assert.Equal(Bob, call.LockedUser);
        Assert.Equal(Alice, call.Host);
    }

    [Fact]
    public void The_same_transfer_again_says_yes_and_tells_nobody()
    {
        var call = HostTransitions.Control(Live(Alice, Bob), new HostAuthor(Alice, true), new HostControl.Make(Bob), Noon).State;

        var again = HostTransitions.Control(call, new HostAuthor(Alice, true), new HostControl.Make(Bob), Noon);

        Assert.True(again.Answer.IsAccepted);
        Assert.Empty(again.Effects);
    }

    [Fact]
    public void The_chair_goes_to_nobody_outside_and_by_nobody_without_it_S34_S39()
    {
        var call = Live(Alice, Bob);

        Assert.Equal(Refusal.NotInCall, HostTransitions.Control(call, new HostAuthor(Alice, false), new HostControl.Make(Carol), Noon).Answer.Refusal);
        Assert.Equal(Refusal.Forbidden, HostTransitions.Control(call, new HostAuthor(Bob, false), new HostControl.Make(Bob), Noon).Answer.Refusal);
        Assert.Equal(Refusal.NoCall, HostTransitions.Control(Starting(), new HostAuthor(Alice, true), new HostControl.Make(Bob), Noon).Answer.Refusal);
    }

    [Fact]
    public void Every_control_needs_the_chair_or_an_admin_S34()
    {
        var call = Live(Alice, Bob, Carol);

        Assert.All(Controls(target: 3, to: Carol), control =>
        {
            Assert.Equal(Refusal.Forbidden, HostTransitions.Control(call, new HostAuthor(Bob, false), control, Noon).Answer.Refusal);
            Assert.True(HostTransitions.Control(call, new HostAuthor(Alice, false), control, Noon).Answer.IsAccepted);
            Assert.True(HostTransitions.Control(call, new HostAuthor(Bob, true), control, Noon).Answer.IsAccepted);
            Assert.Equal(Refusal.NoCall, HostTransitions.Control(Starting(), new HostAuthor(Alice, true), control, Noon).Answer.Refusal);
        });
    }

    [Fact]
    public void A_former_hosts_next_control_is_forbidden_S39()
    {
        var call = Control(Live(Alice, Bob), Alice, new HostControl.Make(Bob)).State;

        Assert.All(Controls(target: 2, to: Alice), control =>
            Assert.Equal(Refusal.Forbidden, Control(call, Alice, control).Answer.Refusal));
    }

    [Fact]
    public void A_control_of_a_session_that_has_left_is_refused_as_gone()
    {
        var call = Leave(Live(Alice, Bob), 2).State;

        Assert.All(
            Controls(target: 2, to: Alice).Where(control => control is not (HostControl.Make or HostControl.MuteOthers or HostControl.End)),
            control => Assert.Equal(Refusal.SessionGone, Control(call, Alice, control).Answer.Refusal));
    }

    [Fact]
    public void Mute_all_spares_every_session_of_the_asker_and_tells_of_each_S44_D3()
    {
        var call = Unmuted(Live(Alice, Alice, Bob, Carol), 1, 2, 3);

        var muted = Control(call, Alice, new HostControl.MuteOthers());

        Assert.Equal(new CallEvent.Muted(Session(3), Alice), Assert.Single(muted.Announced()));
        Assert.Equal([false, false, true, true], muted.State.Sessions.Select(session => session.Muted));
        Assert.True(HostTransitions.Concerns(call, new HostAuthor(Alice, false), new HostControl.MuteOthers(), Session(3)));
        Assert.False(HostTransitions.Concerns(call, new HostAuthor(Alice, false), new HostControl.MuteOthers(), Session(2)));
    }

    [Fact]
    public void The_removed_one_is_told_by_whom_and_may_come_back_S40()
    {
        var removed = Control(Live(Alice, Bob, Bob), Alice, new HostControl.Remove(Session(2), Block: false, AllSessions: false));

        Assert.Equal(new CallEvent.ParticipantLeft(Session(2), Bob, LeaveReason.Removed, Alice), Assert.Single(removed.Announced()));
        Assert.Contains(new CallEffect.TellUser(Bob, new CallEvent.Removed(Session(2), Alice, false)), removed.Effects);
        Assert.Contains(
            new CallEffect.TellSession(Session(2), Gateway, new CallEvent.SessionEnded(Session(2), LeaveReason.Removed, Alice)),
            removed.Effects);
        Assert.Equal(new CallDuty.Close(Session(2)), Assert.Single(CallDuty.Of(removed.State)));
        Assert.True(removed.State.Has(Bob));
        Assert.True(Admit(removed.State, Bob, 4).IsAccepted);
    }

    [Fact]
    public void Removed_with_all_sessions_and_blocked_nobody_of_that_user_is_left_or_comes_back_S41()
    {
        var removed = Control(Live(Alice, Bob, Carol, Bob), Alice, new HostControl.Remove(Session(2), Block: true, AllSessions: true)).State;

        Assert.Equal([Alice, Carol], removed.Sessions.Select(session => session.User));
        Assert.Equal(Refusal.Blocked, Admit(removed, Bob, 5).Refusal);
        Assert.True(Admit(removed, Carol, 5).IsAccepted);
    }

    [Fact]
    public void A_removed_host_loses_the_chair_like_one_who_leaves()
    {
        var removed = HostTransitions.Control(
            Live(Alice, Bob), new HostAuthor(Carol, true), new HostControl.Remove(Session(1), false, true), Noon);

        Assert.Equal(Bob, removed.State.Host);
        Assert.Equal(new CallEvent.HostChanged(Bob, false, null, HostChangeReason.Succeeded), removed.Announced()[^1]);
    }

    [Fact]
    public void Nobody_blocks_themselves_and_the_last_one_removed_ends_the_call()
    {
        var call = Live(Alice);

        Assert.Equal(Refusal.Invalid, Control(call, Alice, new HostControl.Remove(Session(1), Block: true, false)).Answer.Refusal);
        var removed = Control(call, Alice, new HostControl.Remove(Session(1), false, false));
        Assert.Equal(CallEndReason.LastLeft, removed.State.End!.Reason);
    }

    [Fact]
    public void A_lowered_hand_and_a_stopped_share_say_by_whom_S45_S46()
    {
        var call = ActionTransitions.RaiseHand(Live(Alice, Bob), Session(2), Noon).State;
        call = ActionTransitions.StartScreen(call, Session(2)).State;

        var lowered = Control(call, Alice, new HostControl.LowerHand(Session(2)));
        var stopped = Control(lowered.State, Alice, new HostControl.StopScreen(Session(2)));

        Assert.Equal(new CallEvent.HandLowered(Session(2), Alice), Assert.Single(lowered.Announced()));
        Assert.Equal(new CallEvent.ScreenStopped(Session(2), Alice, ScreenStopReason.StoppedByHost), Assert.Single(stopped.Announced()));
        Assert.Null(stopped.State.Presenter);
        Assert.Empty(Control(stopped.State, Alice, new HostControl.StopScreen(Session(2))).Effects);
        Assert.Empty(Control(stopped.State, Alice, new HostControl.LowerHand(Session(2))).Effects);
    }

    [Fact]
    public void Who_is_asked_to_unmute_decides_and_the_asker_hears_it_S42()
    {
        var asked = Control(Live(Alice, Bob), Alice, new HostControl.AskUnmute(Session(2)));

        Assert.True(asked.State.Find(Session(2))!.Muted);
        Assert.Equal(new CallEffect.TellUser(Bob, new CallEvent.UnmuteRequested(Session(2), Alice)), Assert.Single(asked.Effects));
        var declined = ActionTransitions.DeclineUnmute(asked.State, Session(2));
        Assert.Equal(new CallEffect.TellUser(Alice, new CallEvent.UnmuteDeclined(Session(2))), Assert.Single(declined.Effects));
        Assert.Empty(ActionTransitions.DeclineUnmute(declined.State, Session(2)).Effects);

        var agreed = ActionTransitions.SetMuted(asked.State, Session(2), muted: false, by: null).State;
        Assert.Empty(ActionTransitions.DeclineUnmute(agreed, Session(2)).Effects);
        Assert.Empty(Control(agreed, Alice, new HostControl.AskUnmute(Session(2))).Effects);
    }

    private static CallOutcome Control(CallState call, UserId by, HostControl control) =>
        HostTransitions.Control(call, new HostAuthor(by, IsAdmin: false), control, Noon);

    private static CallState Unmuted(CallState call, params int[] sessions) => sessions.Aggregate(
        call, (state, session) => ActionTransitions.SetMuted(state, Session(session), muted: false, by: null).State);

    private static HostControl[] Controls(int target, UserId to) =>
    [
        new HostControl.Make(to),
        new HostControl.Mute(Session(target)),
        new HostControl.MuteOthers(),
        new HostControl.AskUnmute(Session(target)),
        new HostControl.StopScreen(Session(target)),
        new HostControl.LowerHand(Session(target)),
        new HostControl.Remove(Session(target), Block: false, AllSessions: true),
        new HostControl.End(),
    ];
}
