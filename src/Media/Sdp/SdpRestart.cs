namespace Calls.Media.Sdp;

/// <summary>Whether an offer is an ICE restart of the session that stands.</summary>
internal static class SdpRestart
{
    internal static bool IsOfSameSession(SdpAnswer first, SdpOffer offer)
    {
        if (offer.Lines.Count != first.Lines.Count) { return false; }
        if (!offer.Fingerprints.SequenceEqual(first.Offer.Fingerprints)) { return false; }

        // BUNDLE and the setup role need no comparison: an offer whose used lines are not all bundled, or that would be the
        // DTLS server, was refused when it was read.
        return first.Lines.All(line => IsSame(line, first.Offer.Lines[line.Position], offer.Lines[line.Position]));
    }

    private static bool IsSame(NegotiatedLine line, OfferLine before, OfferLine now)
    {
        if (now.KindText != before.KindText) { return false; }

        // The client has stopped a line that we rejected; its mid and direction may be gone.
        return line.IsRejected ? !now.IsUsed || now.Mid == before.Mid
            : now.IsUsed && now.Mid == before.Mid && now.Direction == before.Direction;
    }
}
