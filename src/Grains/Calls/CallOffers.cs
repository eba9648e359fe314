using System.Security.Cryptography;
using System.Text;
using Calls.Contracts.MediaNodes;

namespace Calls.Grains.Calls;

/// <summary>A client's offer on its way to the node. It interleaves with everything else, so it settles nothing.</summary>
internal sealed class CallOffers(CallMemory call, CallMedia media, Func<CallLimits> limits, TimeProvider time)
{
    public async Task<Answer<PlacedAnswer>> PassOn(MediaOffer offer)
    {
        var before = call.State.Find(offer.Session)?.Generation;
        var outcome = MediaTransitions.Offer(call.State, offer, HashOf(offer.Sdp), limits(), time.GetUtcNow());
        if (!outcome.Answer.IsAccepted) { return Answer<PlacedAnswer>.Refuse(outcome.Answer); }

        await call.Remember(outcome);

        // Meanwhile the session may have left, or the call its node. What is asked for is asked of one place, wherever the call is then.
        if (call.State.Find(offer.Session) is not { } session) { return Answer<PlacedAnswer>.Refuse(Refusal.SessionGone); }

        if (call.State.Place is not { } at || session.Generation != outcome.State.Find(offer.Session)!.Generation)
        {
            return Answer<PlacedAnswer>.Refuse(Refusal.MediaMoved);
        }

        var number = offer.Number ?? session.OfferNumber;
        if (session.Generation != before && await media.Reserve(at, session, traceParent: null) is { IsAccepted: false } refused)
        {
            return Answer<PlacedAnswer>.Refuse(await Failed(at, session, number, refused.Error!.Value), refused.Detail);
        }

        var answer = await media.Answer(at, session, number, offer.Sdp);
        return answer is { IsAccepted: true, Value: { } value }
            ? new PlacedAnswer(new MediaAnswer(value.Sdp, value.Lines), new MediaPlace(at.Node, at.Incarnation))
            : Answer<PlacedAnswer>.Refuse(await Failed(at, session, number, answer.Error!.Value), answer.Detail);
    }

    // What a node's refusal means for the client. A session that is gone there is due a move, which the next upkeep makes.
    private async Task<Refusal> Failed(CallPlace at, SessionState session, int number, NodeError error)
    {
        switch (error)
        {
            case NodeError.SdpRejected: return Refusal.SdpRejected;
            case NodeError.Malformed or NodeError.OfferConflict: return Refusal.Invalid;
            case NodeError.TooLarge: return Refusal.TooLarge;
            case NodeError.TooFast: return Refusal.RateLimited;
            case var _ when CallMedia.HasNoRoom(error): return Refusal.NoMediaNode;
            case NodeError.Superseded when number < call.State.Find(session.Id)?.OfferNumber:
                // A late repeat of an offer: the session goes on with the newer one.
                return Refusal.MediaMoved;
            case NodeError.NotReserved or NodeError.Superseded:
                await call.Remember(MediaTransitions.GenerationOver(call.State, session.Id, session.Generation));
                return Refusal.MediaMoved;
            case NodeError.WrongIncarnation:
                await call.Remember(MediaTransitions.NodeLost(call.State, at.Node, at.Incarnation));
                return Refusal.MediaMoved;
            default: return Refusal.Unavailable;
        }
    }

    private static string HashOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
