using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Grains.Calls;
using static Calls.Grains.Tests.Calls.TestCall;

namespace Calls.Grains.Tests.Calls;

public sealed class SessionTransitionsTests
{
    [Fact]
    public void Media_that_never_connects_ends_the_session_after_fifteen_seconds_S81()
    {
        var call = Join(Live(Alice), Bob, 2);

        Assert.Same(call, SessionTransitions.Elapse(call, Noon.AddSeconds(14.9)).State);
        var elapsed = SessionTransitions.Elapse(call, Noon.AddSeconds(15));

        Assert.Contains(new CallEvent.ParticipantLeft(Session(2), Bob, LeaveReason.MediaTimeout, null), elapsed.Announced());
        Assert.NotNull(elapsed.State.Find(Session(1)));
    }

    [Fact]
    public void A_lost_hub_shows_at_once_and_ends_the_session_after_the_grace_D11()
    {
        var lost = SessionTransitions.HubClosed(Live(Alice, Bob), Session(2), Limits, Noon);

        Assert.Equal(new CallEvent.ParticipantDisconnected(Session(2)), Assert.Single(lost.Announced()));
        Assert.Same(lost.State, SessionTransitions.Elapse(lost.State, Noon.AddSeconds(29.9)).State);
        Assert.Contains(
            new CallEvent.ParticipantLeft(Session(2), Bob, LeaveReason.ConnectionLost, null),
            SessionTransitions.Elapse(lost.State, Noon.AddSeconds(30)).Announced());
    }

    [Fact]
    public void A_resume_within_the_grace_ends_well_and_keeps_mute_and_place()
    {
        var call = SessionTransitions.HubClosed(Live(Alice, Bob), Session(1), Limits, Noon).State;

        var back = SessionTransitions.Resume(call, Session(1), Gateway);

        Assert.Equal(new CallEvent.ParticipantReconnected(Session(1), SessionConnection.Connected), Assert.Single(back.Announced()));
        Assert.Equal(Live(Alice, Bob).Sessions[0], back.State.Sessions[0]);
        Assert.Same(back.State, SessionTransitions.Elapse(back.State, Noon.AddHours(1)).State);
    }

    [Fact]
    public void Who_comes_back_before_its_media_ever_was_is_seen_as_connecting_again()
    {
        var call = SessionTransitions.HubClosed(Join(Live(Alice), Bob, 2), Session(2), Limits, Noon).State;

        var back = SessionTransitions.Resume(call, Session(2), Gateway);

        Assert.Equal(new CallEvent.ParticipantReconnected(Session(2), SessionConnection.Connecting), Assert.Single(back.Announced()));
    }

    [Fact]
    public void A_resume_at_another_gateway_ends_the_session_at_the_first()
    {
        var back = SessionTransitions.Resume(Live(Alice), Session(1), new GatewayId("gateway-2"));

        Assert.Equal(
            new CallEffect.TellSession(Session(1), Gateway, new CallEvent.SessionEnded(Session(1), LeaveReason.Moved, null)),
            Assert.Single(back.Effects));
    }

    [Fact]
    public void A_second_loss_of_the_hub_does_not_prolong_the_grace()
    {
        var call = SessionTransitions.HubSilent(Live(Alice, Bob), Session(1), Limits, Noon).State;

        call = SessionTransitions.HubClosed(call, Session(1), Limits, Noon.AddSeconds(20)).State;

        Assert.Null(SessionTransitions.Elapse(call, Noon.AddSeconds(30)).State.Find(Session(1)));
    }

    [Fact]
    public void A_silent_gateways_word_brings_its_sessions_back_but_no_closed_one()
    {
        var call = SessionTransitions.HubSilent(Live(Alice, Bob), Session(1), Limits, Noon).State;
        call = SessionTransitions.HubClosed(call, Session(2), Limits, Noon).State;

        call = SessionTransitions.HubHeard(call, Session(1), Gateway).State;
        call = SessionTransitions.HubHeard(call, Session(2), Gateway).State;

        Assert.Equal(HubLink.Held, call.Find(Session(1))!.Hub);
        Assert.Equal(HubLink.Closed, call.Find(Session(2))!.Hub);
    }

    [Fact]
    public void Lost_media_has_thirty_seconds_and_its_own_reason_D12()
    {
        var lost = SessionTransitions.MediaLost(Live(Alice, Bob), Session(2), generation: 1, Limits, Noon);

        Assert.Equal(new CallEvent.ParticipantDisconnected(Session(2)), Assert.Single(lost.Announced()));
        Assert.Contains(
            new CallEvent.ParticipantLeft(Session(2), Bob, LeaveReason.MediaLost, null),
            SessionTransitions.Elapse(lost.State, Noon.AddSeconds(30)).Announced());
        var back = SessionTransitions.MediaUp(lost.State, Session(2), generation: 1);
        Assert.Equal(new CallEvent.ParticipantReconnected(Session(2), SessionConnection.Connected), Assert.Single(back.Announced()));
        Assert.Same(back.State, SessionTransitions.Elapse(back.State, Noon.AddHours(1)).State);
    }

    [Fact]
    public void Both_hub_and_media_must_be_back_before_a_session_is()
    {
        var call = SessionTransitions.HubClosed(Live(Alice, Bob), Session(1), Limits, Noon).State;
        call = SessionTransitions.MediaLost(call, Session(1), generation: 1, Limits, Noon).State;

        var half = SessionTransitions.Resume(call, Session(1), Gateway);
        var whole = SessionTransitions.MediaUp(half.State, Session(1), generation: 1);

        Assert.Empty(half.Announced());
        Assert.Equal(new CallEvent.ParticipantReconnected(Session(1), SessionConnection.Connected), Assert.Single(whole.Announced()));
    }

    [Fact]
    public void News_of_an_older_generation_changes_nothing()
    {
        var call = MediaTransitions.Offer(Live(Alice), new MediaOffer(Session(1), "sdp", Generation: 2, null), "hash", Limits, Noon).State;

        Assert.Same(call, SessionTransitions.MediaUp(call, Session(1), generation: 1).State);
        Assert.Same(call, SessionTransitions.MediaLost(call, Session(1), generation: 1, Limits, Noon).State);
    }

    [Fact]
    public void After_a_restart_every_grace_counts_anew()
    {
        var call = SessionTransitions.HubClosed(Live(Alice, Bob), Session(2), Limits, Noon).State;

        call = SessionTransitions.Reawaken(call, Limits, Noon.AddHours(1));

        Assert.Equal(2, SessionTransitions.Elapse(call, Noon.AddHours(1).AddSeconds(29)).State.Sessions.Length);
        Assert.Single(SessionTransitions.Elapse(call, Noon.AddHours(1).AddSeconds(30)).State.Sessions);
    }

    [Fact]
    public void Everybody_gone_in_the_same_second_ends_the_call_once()
    {
        var call = SessionTransitions.HubClosed(Live(Alice, Bob), Session(1), Limits, Noon).State;
        call = SessionTransitions.HubClosed(call, Session(2), Limits, Noon).State;

        var elapsed = SessionTransitions.Elapse(call, Noon.AddSeconds(30));

        Assert.Equal(CallEndReason.LastLeft, elapsed.State.End!.Reason);
        Assert.Single(elapsed.Announced().OfType<CallEvent.CallEnded>());
    }
}
