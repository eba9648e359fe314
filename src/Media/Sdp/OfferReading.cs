namespace Calls.Media.Sdp;

/// <summary>
/// An offer, as it was written and as it reads. Reading one takes as long as forwarding a hundred voices, and needs nothing of the
/// session it is for: so it is done before the offer comes to the thread that does.
/// </summary>
/// <param name="Text">The offer.</param>
/// <param name="Refusal">Why it cannot be answered by anybody.</param>
/// <param name="Offer">What it says; null if it is refused.</param>
public sealed record OfferReading(string Text, OfferRefusal Refusal, SdpOffer? Offer)
{
    /// <summary>Reads an offer.</summary>
    public static OfferReading Of(string text)
    {
        var refusal = SdpOffer.Read(text, out var offer);
        return new OfferReading(text, refusal, offer);
    }
}
