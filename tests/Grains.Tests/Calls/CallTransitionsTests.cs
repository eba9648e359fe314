using Calls.Contracts.Calls;
using Calls.Contracts.Hosts;
using Calls.Contracts.MediaNodes;
using Calls.Grains.Calls;
using Calls.Grains.Hosts;
using static Calls.Grains.Tests.Calls.TestCall;

namespace Calls.Grains.Tests.Calls;

public sealed class CallTransitionsTests
{
    [Fact]
    public void Starting_twice_starts_nothing_new()
    {
        var call = Starting();

        var again = CallTransitions.Start(
            call, Call, new CallStart(Channel, Bob, null, StartsMuted: false, null!, []), Limits, Noon.AddSeconds(1));

        Assert.True(again.Answer.IsAccepted);
        Assert.Same(call, again.State);
    }

    [Fact]
    public void Before_its_post_is_there_nobody_may_join()
    {
        var call = CallTransitions.Start(
            new CallState(), Call, new CallStart(Channel, Alice, null, true, null!, []), Limits, Noon).State;

        Assert.Equal(Refusal.NoCall, Admit(call, Alice, 1).Refusal);
    }

    [Fact]
    public void The_first_to_join_is_host_and_the_channel_hears_of_the_call_S26()
    {
        var call = Starting();

        var joined = CallTransitions.Join(call, Admit(call, Alice, 1).Value!, Noon);

        Assert.Equal(CallPhase.Live, joined.State.Phase);
        Assert.Equal(Alice, joined.State.Host);
        Assert.Collection(
            joined.Announced(),
            news => Assert.IsType<CallEvent.ParticipantJoined>(news),
            news => Assert.Equal(new CallEvent.HostChanged(Alice, false, null, HostChangeReason.Started), news));
        var started = Assert.IsType<CallEvent.CallStarted>(Assert.Single(joined.ToChannel()));
        Assert.Equal(2, started.Call.Seq);
        Assert.Contains(new CallEffect.UserEntered(Alice), joined.Effects);
    }

    [Theory]
    [InlineData(true, false, SessionKind.Participant, true)]
    [InlineData(false, false, SessionKind.Participant, false)]
    [InlineData(false, true, SessionKind.Participant, true)]
    [InlineData(true, false, SessionKind.Publisher, false)]
    [InlineData(false, false, SessionKind.Listener, true)]
    public void Sessions_start_muted_by_the_kind_of_channel_and_by_their_own_wish_S27_S28(
        bool channelMuted, bool wishesMuted, SessionKind kind, bool muted)
    {
        Assert.Equal(muted, Admit(Starting(channelMuted), Alice, 1, muted: wishesMuted, kind: kind).Value!.Muted);
    }

    [Fact]
    public void Several_devices_of_a_user_are_sessions_of_their_own_and_one_participant_S19_S21()
    {
        var call = Live(Alice, Alice, Bob);

        Assert.Equal(3, call.Sessions.Length);
        Assert.Equal(2, call.Participants);
        Assert.Equal([Alice, Bob], call.Attendees.ToArray());
        Assert.Equal(3, call.SessionsMax);
    }

    [Fact]
    public void The_limit_counts_sessions_D9()
    {
        var limits = Limits with { SessionsMax = 2 };
        var call = Live(Alice, Alice);

        Assert.Equal(Refusal.CallFull, Admit(call, Bob, 3, limits: limits).Refusal);
        Assert.True(Admit(call, Bob, 3, limits: limits with { SessionsMax = 3 }).IsAccepted);
        Assert.True(Admit(call, Bob, 3, limits: limits with { SessionsMax = 0 }).IsAccepted);
    }

    [Fact]
    public void One_user_fills_no_call_with_their_devices_but_may_move_between_them()
    {
        var limits = Limits with { SessionsPerUserMax = 2 };
        var call = Live(Alice, Alice);

        var refused = Admit(call, Alice, 3, limits: limits);
        Assert.Equal(Refusal.CallFull, refused.Refusal);
        Assert.NotNull(refused.Detail);
        Assert.True(Admit(call, Alice, 3, limits: limits, from: 1).IsAccepted);
        Assert.True(Admit(call, Bob, 3, limits: limits).IsAccepted);
        Assert.True(Admit(call, Alice, 3, limits: limits with { SessionsPerUserMax = 0 }).IsAccepted);
    }

    [Fact]
    public void A_full_call_still_answers_the_join_that_filled_it()
    {
        var call = Live(Alice);

        Assert.Equal(call.Sessions[0], Admit(call, Alice, 1, Noon.AddMinutes(1), limits: Limits with { SessionsMax = 1 }).Value);
    }

    [Fact]
    public void Leaving_tells_the_others_and_owes_the_node_a_close()
    {
        var left = Leave(Live(Alice, Bob), 2);

        Assert.Equal(new CallEvent.ParticipantLeft(Session(2), Bob, LeaveReason.Left, null), Assert.Single(left.Announced()));
        Assert.Contains(new CallDuty.Close(Session(2)), CallDuty.Of(left.State));
        Assert.Contains(new CallEffect.UserLeft(Bob), left.Effects);
        Assert.DoesNotContain(left.Effects, effect => effect is CallEffect.TellSession);
    }

    [Fact]
    public void A_session_that_did_not_ask_to_leave_is_told_why()
    {
        var left = Leave(Live(Alice, Bob), 2, LeaveReason.SignedOut);

        Assert.Contains(
            new CallEffect.TellSession(Session(2), Gateway, new CallEvent.SessionEnded(Session(2), LeaveReason.SignedOut, null)),
            left.Effects);
    }

    [Fact]
    public void Leaving_twice_is_accepted_and_changes_nothing()
    {
        var call = Leave(Live(Alice, Bob), 2).State;

        var again = Leave(call, 2);

        Assert.True(again.Answer.IsAccepted);
        Assert.Same(call, again.State);
        Assert.Empty(again.Effects);
    }

    [Fact]
    public void One_device_of_two_leaving_leaves_its_user_in_the_call()
    {
        var left = Leave(Live(Alice, Bob, Bob), 2);

        Assert.DoesNotContain(left.Effects, effect => effect is CallEffect.UserLeft);
        Assert.Equal(2, left.State.Participants);
    }

    [Fact]
    public void The_last_one_leaving_ends_the_call_at_once_D6_D16()
    {
        var left = CallTransitions.Leave(Live(Alice), Session(1), LeaveReason.Left, null, Noon.AddMinutes(3));

        Assert.Equal(CallPhase.Ended, left.State.Phase);
        var ended = new CallEvent.CallEnded(CallEndReason.LastLeft, null, Noon.AddMinutes(3), 180_000);
        Assert.Equal(ended, left.Announced()[^1]);
        Assert.Equal(ended, Assert.Single(left.ToChannel()));
        Assert.Equal([new CallDuty.CloseCall(), new CallDuty.FinishPost(), new CallDuty.KeepRecord()], CallDuty.Of(left.State).ToArray());
    }

    [Fact]
    public void The_host_ends_the_call_for_everyone_S47()
    {
        var ended = HostTransitions.Control(Live(Alice, Bob), new HostAuthor(Alice, false), new HostControl.End(), Noon);

        Assert.Equal(CallEndReason.EndedByHost, ended.State.End!.Reason);
        Assert.Equal(
            [Session(1), Session(2)],
            ended.Effects.OfType<CallEffect.TellSession>().Select(effect => effect.Session));
        Assert.Equal(2, ended.Effects.OfType<CallEffect.UserLeft>().Count());
    }

    [Fact]
    public void Who_lost_the_chair_on_the_way_ends_nothing()
    {
        var call = Live(Alice, Bob);

        var end = new HostControl.End();
        Assert.Equal(Refusal.Forbidden, HostTransitions.Control(call, new HostAuthor(Bob, false), end, Noon).Answer.Refusal);
        Assert.Equal(CallEndReason.EndedByAdmin, HostTransitions.Control(call, new HostAuthor(Bob, true), end, Noon).State.End!.Reason);
    }

    [Fact]
    public void An_ended_call_takes_nobody_and_ends_only_once()
    {
        var call = Leave(Live(Alice), 1).State;

        Assert.Equal(Refusal.NoCall, Admit(call, Bob, 2).Refusal);
        Assert.Equal(Refusal.NoCall, CallTransitions.End(call, CallEndReason.ChannelArchived, null, Noon).Answer.Refusal);
        Assert.Equal(Refusal.NoCall, CallTransitions.Start(call, Call, new CallStart(Channel, Bob, null, true, null!, []), Limits, Noon).Answer.Refusal);
    }

    [Fact]
    public void A_call_that_nobody_joins_fails_without_a_word_or_record()
    {
        var call = Starting();

        Assert.Same(call, CallTransitions.Elapse(call, Limits, Noon.AddSeconds(14.9)).State);
        var failed = CallTransitions.Elapse(call, Limits, Noon.AddSeconds(15));

        Assert.Equal(CallEndReason.Failed, failed.State.End!.Reason);
        Assert.Empty(failed.Effects);
        Assert.Equal([new CallDuty.CloseCall(), new CallDuty.FinishPost()], CallDuty.Of(failed.State).ToArray());
    }

    [Fact]
    public void One_person_alone_for_too_long_ends_the_call_D16()
    {
        var limits = Limits with { AloneMax = TimeSpan.FromMinutes(5) };
        var call = Live(Alice, Bob);
        Assert.Same(call, CallTransitions.Elapse(call, limits, Noon.AddHours(1)).State);

        call = CallTransitions.Leave(call, Session(2), LeaveReason.Left, null, Noon.AddHours(1)).State;

        Assert.Same(call, CallTransitions.Elapse(call, limits, Noon.AddHours(1).AddMinutes(4)).State);
        Assert.Equal(CallEndReason.Alone, CallTransitions.Elapse(call, limits, Noon.AddHours(1).AddMinutes(5)).State.End!.Reason);
        Assert.Same(call, CallTransitions.Elapse(call, Limits, Noon.AddDays(1)).State);
    }

    [Fact]
    public void A_second_device_does_not_keep_its_user_company()
    {
        var limits = Limits with { AloneMax = TimeSpan.FromMinutes(5) };

        Assert.Equal(CallEndReason.Alone, CallTransitions.Elapse(Live(Alice, Alice), limits, Noon.AddMinutes(5)).State.End!.Reason);
    }

    [Fact]
    public void A_call_lasts_as_long_as_the_operator_allows()
    {
        var limits = Limits with { DurationMax = TimeSpan.FromHours(1) };

        Assert.Equal(CallEndReason.MaxDuration, CallTransitions.Elapse(Live(Alice, Bob), limits, Noon.AddHours(1)).State.End!.Reason);
    }
}
