using Calls.Media.Dtls;

namespace Calls.Media.Sdp;

/// <summary>
/// What a client can do, checked as a whole. The client's own candidates and ICE credentials are not kept: its checks tell where
/// it is, we send none, and <c>.local</c> names must never fail.
/// </summary>
public sealed class SdpOffer
{
    private SdpOffer(
        IReadOnlyList<OfferLine> lines, IReadOnlyList<CertificateFingerprint> fingerprints, bool allowsMixedExtensions)
    {
        Lines = lines;
        Fingerprints = fingerprints;
        AllowsMixedExtensions = allowsMixedExtensions;
    }

    /// <summary>Every fingerprint that the client's certificate may have (row DTLS4).</summary>
    public IReadOnlyList<CertificateFingerprint> Fingerprints { get; }

    internal IReadOnlyList<OfferLine> Lines { get; }

    /// <summary>Does <c>a=extmap-allow-mixed</c> stand at session level, so that it is mirrored there?</summary>
    internal bool AllowsMixedExtensions { get; }

    /// <summary>Reads and checks an offer. <paramref name="offer"/> is there if the result is <see cref="OfferRefusal.None"/>.</summary>
    public static OfferRefusal Read(string text, out SdpOffer? offer)
    {
        offer = null;
        var refusal = SdpParser.Parse(text, out var session);
        if (refusal != OfferRefusal.None) { return refusal; }

        var lines = new List<OfferLine>();
        for (var position = 0; position < session.Media.Count; position++)
        {
            refusal = OfferLineReader.Read(session, position, out var line);
            if (line is null) { return refusal; }
            lines.Add(line);
        }

        refusal = OfferChecks.First(session, lines);
        if (refusal != OfferRefusal.None) { return refusal; }

        offer = new SdpOffer(lines, OfferChecks.FingerprintsOf(session), session.Has("extmap-allow-mixed"));
        return OfferRefusal.None;
    }
}
