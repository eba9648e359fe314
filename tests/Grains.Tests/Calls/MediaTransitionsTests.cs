using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Grains.Calls;
using static Calls.Grains.Tests.Calls.TestCall;

namespace Calls.Grains.Tests.Calls;

public sealed class MediaTransitionsTests
{
    private static readonly MediaNodeId Other = Id<MediaNodeId>(2);

    [Fact]
    public void Offers_are_numbered_and_the_same_text_again_is_the_same_offer()
    {
        var call = Offer(Live(Alice), "a").State;
        Assert.Equal(1, call.Sessions[0].OfferNumber);

        Assert.Same(call, Offer(call, "a").State);
        Assert.Equal(2, Offer(call, "b").State.Sessions[0].OfferNumber);
    }

    [Fact]
    public void The_next_generation_begins_with_an_offer_and_keeps_the_place()
    {
        var call = Offer(Live(Alice, Bob), "a").State;

        var reloaded = Offer(call, "b", generation: 2);

        var session = reloaded.State.Sessions[0];
        Assert.Equal((2, 1, MediaLink.Lost), (session.Generation, session.OfferNumber, session.Media));
        Assert.Equal(Noon.AddSeconds(15), session.MediaDeadline);
        Assert.Equal(new CallEvent.ParticipantDisconnected(Session(1)), Assert.Single(reloaded.Announced()));
        Assert.Empty(CallDuty.Of(reloaded.State));
    }

    [Fact]
    public void An_offer_of_a_generation_that_is_over_or_not_yet_is_refused()
    {
        var call = Offer(Live(Alice), "b", generation: 2).State;

        Assert.Equal(Refusal.MediaMoved, Offer(call, "a", generation: 1).Answer.Refusal);
        Assert.Equal(Refusal.Invalid, Offer(call, "a", generation: 4).Answer.Refusal);
        Assert.Equal(Refusal.SessionGone, MediaTransitions.Offer(
            call, new MediaOffer(Session(9), "a", null, null), "a", Limits, Noon).Answer.Refusal);
    }

    [Fact]
    public void A_node_that_dies_moves_everybody_and_throws_out_nobody()
    {
        var call = Leave(Live(Alice, Bob, Carol), 3).State;

        var lost = MediaTransitions.NodeLost(call, Node, Run);

        Assert.Equal([new CallDuty.Place()], CallDuty.Of(lost.State).ToArray());
        Assert.Equal(2, lost.Announced().OfType<CallEvent.ParticipantDisconnected>().Count());
        Assert.Same(lost.State, SessionTransitions.Elapse(lost.State, Noon.AddDays(1)).State);

        var placed = MediaTransitions.Placed(lost.State, Id<Contracts.Ids.MediaNodeId>(2), "run-2");
        Assert.Equal([Session(1), Session(2)], CallDuty.Of(placed).OfType<CallDuty.Move>().Select(move => move.Session.Id));
        Assert.Contains(new CallDuty.Close(Session(3)), CallDuty.Of(placed));
        Assert.All(placed.Sessions, session => Assert.Equal(2, session.Generation));
    }

    [Fact]
    public void A_moved_session_is_told_once_and_has_a_grace_period_for_its_offer()
    {
        var call = MediaTransitions.Placed(MediaTransitions.NodeLost(Live(Alice), Node, Run).State, Node, "run-2");

        var moved = MediaTransitions.Moved(call, Session(1), generation: 2, Limits, Noon);

        var told = Assert.IsType<CallEffect.TellSession>(Assert.Single(moved.Effects));
        Assert.Equal(2, Assert.IsType<CallEvent.MediaMoved>(told.Event).Generation);
        Assert.Empty(CallDuty.Of(moved.State));
        Assert.Equal(Noon.AddSeconds(30), moved.State.Sessions[0].MediaDeadline);
        Assert.Empty(MediaTransitions.Moved(moved.State, Session(1), generation: 2, Limits, Noon).Effects);
    }

    [Fact]
    public void While_the_call_looks_for_a_node_an_offer_must_wait_for_the_move()
    {
        var call = MediaTransitions.NodeLost(Live(Alice), Node, Run).State;

        Assert.Equal(Refusal.MediaMoved, Offer(call, "a").Answer.Refusal);
        Assert.Equal(Refusal.MediaMoved, Offer(MediaTransitions.Placed(call, Node, "run-2"), "a").Answer.Refusal);
    }

    [Fact]
    public void News_of_another_run_or_node_moves_nobody()
    {
        var call = Live(Alice);

        Assert.Same(call, MediaTransitions.NodeLost(call, Node, "run-0").State);
        Assert.Same(call, MediaTransitions.NodeLost(call, Id<Contracts.Ids.MediaNodeId>(2), Run).State);
    }

    [Fact]
    public void What_was_muted_when_the_node_died_is_muted_on_the_next()
    {
        var call = ActionTransitions.SetMuted(Live(Alice), Session(1), muted: false, null).State;
        call = ActionTransitions.SetMuted(call, Session(1), muted: true, null).State;
        call = MediaTransitions.Placed(MediaTransitions.NodeLost(call, Node, Run).State, Node, "run-2");

        var move = Assert.IsType<CallDuty.Move>(Assert.Single(CallDuty.Of(call)));

        Assert.True(move.Session.Permissions.Muted);
        Assert.Equal(3, move.Session.Permissions.Version);
    }

    private static CallOutcome Offer(CallState call, string sdp, int? generation = null) =>
        MediaTransitions.Offer(call, new MediaOffer(Session(1), sdp, generation, Number: null), hash: sdp, Limits, Noon);

    [Fact]
    public void What_is_owed_while_a_call_moves_cuts_off_nobody_else_D15()
    {
        var removed = Leave(Live(Alice, Bob), 2, LeaveReason.Removed).State;

        var moving = MediaTransitions.Elsewhere(removed, Other, "run-2").State;

        Assert.Contains(new CallDuty.Close(Session(2)), CallDuty.Of(moving));
        Assert.DoesNotContain(CallDuty.Of(moving), duty => duty is CallDuty.LeaveFormer);
        Assert.Equal([CallPlace.At(Node, Run), CallPlace.At(Other, "run-2")], moving.Places.ToArray());
    }

    [Fact]
    public void Every_place_a_call_has_left_is_closed_once_all_have_moved_and_none_that_it_has_gone_back_to()
    {
        var third = Id<MediaNodeId>(3);
        var call = MediaTransitions.Elsewhere(Live(Alice), Other, "run-2").State;
        call = MediaTransitions.Elsewhere(call, third, "run-3").State;
        call = MediaTransitions.Elsewhere(call, Node, Run).State;
        Assert.Equal([CallPlace.At(Other, "run-2"), CallPlace.At(third, "run-3")], call.Former.ToArray());

        call = MediaTransitions.Moved(call, Session(1), generation: 4, Limits, Noon).State;
        Assert.Empty(CallDuty.Of(call));
        call = SessionTransitions.MediaUp(call, Session(1), generation: 4).State;

        Assert.Equal(call.Former.Select(former => new CallDuty.LeaveFormer(former)), CallDuty.Of(call));
    }

    [Fact]
    public void A_mute_is_owed_where_a_call_was_also_while_it_has_no_node()
    {
        var call = MediaTransitions.Elsewhere(Live(Alice), Other, "run-2").State;
        call = MediaTransitions.NodeLost(call, Other, "run-2").State;
        call = ActionTransitions.SetMuted(call, Session(1), muted: false, by: null).State;

        Assert.True(CallDuty.IsOwed(call, session => session == Session(1)));
        Assert.False(CallDuty.IsOwed(call, session => session == Session(2)));
        Assert.False(CallDuty.IsOwed(MediaTransitions.Left(call, CallPlace.At(Node, Run)), _ => true));
        Assert.False(CallDuty.IsOwed(MediaTransitions.Held(call, Session(1), version: 2), _ => true));
    }

    [Fact]
    public void A_mute_of_a_session_that_has_no_room_yet_is_owed_and_its_move_alone_is_not()
    {
        var call = MediaTransitions.Move(Live(Alice), Session(1)).State;
        Assert.False(CallDuty.IsOwed(call, _ => true));

        Assert.True(CallDuty.IsOwed(ActionTransitions.SetMuted(call, Session(1), muted: false, by: null).State, _ => true));
    }

    [Fact]
    public void A_generation_that_is_over_on_its_node_is_followed_by_the_next_once()
    {
        var call = MediaTransitions.GenerationOver(Live(Alice), Session(1), generation: 1).State;

        Assert.Equal((2, true), (call.Sessions[0].Generation, call.Sessions[0].MoveDue));
        Assert.Same(call, MediaTransitions.GenerationOver(call, Session(1), generation: 1).State);
        Assert.Same(call, MediaTransitions.GenerationOver(call, Session(9), generation: 1).State);
    }
}
