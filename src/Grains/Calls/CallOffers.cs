using System.Security.Cryptography;
using System.Text;
using Calls.Contracts.MediaNodes;

namespace Calls.Grains.Calls;

/// <summary>A client's offer on its way to the node. It interleaves with everything else, so it settles nothing.</summary>
internal sealed class CallOffers(CallMemory call, CallMedia media, CallSettlement settlement, Func<CallLimits> limits, TimeProvider time)
{
    public async Task<Answer<PlacedAnswer>> PassOn(MediaOffer offer)
    {
        var before = call.State.Find(offer.Session)?.Generation;
        var outcome = MediaTransitions.Offer(call.State, offer, HashOf(offer.Sdp), limits(), time.GetUtcNow());
        if (!outcome.Answer.IsAccepted) { return Answer<PlacedAnswer>.Refuse(outcome.Answer); }

        await call.Remember(outcome);
        if (call.State.Node is null || call.State.Find(offer.Session) is not { } session)
        {
            return Answer<PlacedAnswer>.Refuse(Refusal.SessionGone);
        }

        if (session.Generation != before && await media.Reserve(call.State, session, traceParent: null) is { IsAccepted: false } refused)
        {
            return Answer<PlacedAnswer>.Refuse(await settlement.OfferFailed(session, refused.Error!.Value), refused.Detail);
        }

        // Taken before the wait: meanwhile the call may move.
        var place = new MediaPlace(call.State.Node.Value, call.State.Incarnation!);
        var answer = await media.Answer(call.State, session, offer.Number ?? session.OfferNumber, offer.Sdp);
        return answer is { IsAccepted: true, Value: { } value }
            ? new PlacedAnswer(new MediaAnswer(value.Sdp, value.Lines), place)
            : Answer<PlacedAnswer>.Refuse(await settlement.OfferFailed(session, answer.Error!.Value), answer.Detail);
    }

    private static string HashOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
