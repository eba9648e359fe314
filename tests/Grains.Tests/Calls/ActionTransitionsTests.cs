using Calls.Contracts.Calls;
using Calls.Contracts.MediaNodes;
using Calls.Grains.Calls;
using static Calls.Grains.Tests.Calls.TestCall;

namespace Calls.Grains.Tests.Calls;

public sealed class ActionTransitionsTests
{
    [Fact]
    public void Muting_is_told_at_once_and_owed_until_the_node_holds_it_S43_D15()
    {
        var call = ActionTransitions.SetMuted(Live(Alice, Bob), Session(2), muted: false, by: null).State;

        var muted = ActionTransitions.SetMuted(call, Session(2), muted: true, Alice);

        Assert.Equal(new CallEvent.Muted(Session(2), Alice), Assert.Single(muted.Announced()));
        var due = Assert.IsType<CallDuty.Permit>(Assert.Single(CallDuty.Of(muted.State)));
        Assert.Equal(new MediaPermissions(3, true, false, Muted: true), due.Session.Permissions);
        Assert.NotEmpty(CallDuty.Of(MediaTransitions.Held(muted.State, Session(2), version: 2)));
        Assert.Empty(CallDuty.Of(MediaTransitions.Held(muted.State, Session(2), version: 3)));
    }

    [Fact]
    public void Muting_the_muted_is_accepted_and_nothing_happens_S43()
    {
        var call = Live(Alice);

        var again = ActionTransitions.SetMuted(call, Session(1), muted: true, by: null);

        Assert.True(again.Answer.IsAccepted);
        Assert.Same(call, again.State);
    }

    [Fact]
    public void A_listener_has_no_voice_to_give_free()
    {
        var call = Starting();
        call = CallTransitions.Join(call, Admit(call, Alice, 1, kind: SessionKind.Listener).Value!, Noon).State;

        Assert.Equal(Refusal.Invalid, ActionTransitions.SetMuted(call, Session(1), muted: false, null).Answer.Refusal);
        Assert.False(call.Sessions[0].Permissions.MayPublishVoice);
    }

    [Fact]
    public void Nobody_is_muted_who_is_gone()
    {
        Assert.Equal(Refusal.SessionGone, ActionTransitions.SetMuted(Live(Alice), Session(9), true, null).Answer.Refusal);
    }

    [Fact]
    public void A_raised_hand_keeps_its_time_until_it_is_lowered_S48()
    {
        var raised = ActionTransitions.RaiseHand(Live(Alice, Bob), Session(2), Noon);

        Assert.Equal(new CallEvent.HandRaised(Session(2), Noon), Assert.Single(raised.Announced()));
        Assert.Equal(Noon, CallView.Of(raised.State).Sessions[1].RaisedAt);
        Assert.Same(raised.State, ActionTransitions.RaiseHand(raised.State, Session(2), Noon.AddMinutes(1)).State);
        var lowered = ActionTransitions.LowerHand(raised.State, Session(2), by: null);
        Assert.Equal(new CallEvent.HandLowered(Session(2), null), Assert.Single(lowered.Announced()));
        Assert.Empty(ActionTransitions.LowerHand(lowered.State, Session(2), by: null).Effects);
    }

    [Fact]
    public void A_hand_stays_up_through_a_lost_connection_D11()
    {
        var call = ActionTransitions.RaiseHand(Live(Alice, Bob), Session(2), Noon).State;

        call = SessionTransitions.HubClosed(call, Session(2), Limits, Noon).State;
        call = SessionTransitions.Resume(call, Session(2), Gateway).State;

        Assert.Equal(Noon, call.Find(Session(2))!.RaisedAt);
    }

    [Fact]
    public void A_reaction_is_told_to_all_and_kept_nowhere_S48()
    {
        var call = Live(Alice);
        var thumb = new Emoji("+1", "1F44D-1F3FD", "1F3FD");

        var reacted = ActionTransitions.React(call, Session(1), thumb);

        Assert.Same(call, reacted.State);
        Assert.Equal(new CallEffect.TellAll(new CallEvent.Reacted(Session(1), thumb)), Assert.Single(reacted.Effects));
    }

    [Theory]
    [InlineData("", "1F44D", null)]
    [InlineData("Thumbs Up", "1F44D", null)]
    [InlineData("+1", "", null)]
    [InlineData("+1", "<b>", null)]
    [InlineData("+1", "1F44D-", null)]
    [InlineData("+1", "1F44D", "1F44D")]
    [InlineData("+1", "1-2-3-4-5-6-7-8-9-10-11-12-13", null)]
    [InlineData(null, null, null)]
    public void What_is_no_emoji_is_refused(string? name, string? unified, string? skin)
    {
        var refused = ActionTransitions.React(Live(Alice), Session(1), new Emoji(name!, unified!, skin));

        Assert.Equal(Refusal.Invalid, refused.Answer.Refusal);
        Assert.Empty(refused.Effects);
    }

    [Fact]
    public void There_is_one_screen_slot_and_its_owner_keeps_it_S3_4()
    {
        var call = ActionTransitions.StartScreen(Live(Alice, Bob), Session(1)).State;

        var second = ActionTransitions.StartScreen(call, Session(2));

        Assert.Equal(Refusal.ScreenTaken, second.Answer.Refusal);
        Assert.Contains(Session(1).Value, second.Answer.Detail, StringComparison.Ordinal);
        Assert.Empty(ActionTransitions.StartScreen(call, Session(1)).Effects);
        Assert.Equal(Session(1), CallView.Of(call).ScreenSessionId);
        Assert.True(call.Find(Session(1))!.Permissions.MayPublishScreen);
        Assert.False(ActionTransitions.StopScreen(call, Session(1), by: null).State.Find(Session(1))!.Permissions.MayPublishScreen);
    }

    [Fact]
    public void Whoever_leaves_frees_the_screen()
    {
        var call = ActionTransitions.StartScreen(Live(Alice, Bob), Session(1)).State;

        var left = Leave(call, 1);

        Assert.Equal(new CallEvent.ScreenStopped(Session(1), null, ScreenStopReason.Left), left.Announced()[0]);
        Assert.True(ActionTransitions.StartScreen(left.State, Session(2)).Answer.IsAccepted);
    }
}
