using System.Buffers.Binary;
using Calls.Media.Ice;
using Calls.Media.Rtp;
using Calls.Media.Sdp;
using Calls.Media.Tracks;

namespace Calls.Media.Peers;

/// <summary>
/// The offers of one peer connection: the first fixes its lines, later ones are ICE restarts. The same offer again gets the
/// same answer, so a client may repeat itself.
/// </summary>
internal sealed class PeerOffers(PeerIdentity identity, PeerSeams seams, PeerSetup setup)
{
    private readonly uint[] _ssrcs = DistinctSsrcs(seams.Entropy);
    private int _number;
    private string? _sdp;
    private OfferOutcome? _last;

    /// <summary>Our SSRC where no slot speaks for us: distinct from the slots'.</summary>
    public Ssrc ReportSsrc => new(_ssrcs[^1]);

    /// <summary>What is known of an offer without reading it; null if it is new.</summary>
    public OfferOutcome? Before(int number, string sdp)
    {
        if (_last is null || number > _number) { return null; }

        return number < _number ? new OfferOutcome(OfferVerdict.Superseded)
            : sdp == _sdp ? _last
            : new OfferOutcome(OfferVerdict.Conflict);
    }

    /// <summary>Answers the first offer with these credentials, or a restart with fresh ones.</summary>
    public OfferOutcome Answer(int number, OfferReading reading, IceCredentials credentials)
    {
        var refusal = reading.Refusal;
        SdpAnswer? answer = null;
        if (reading.Offer is { } offer)
        {
            refusal = _last?.Answer is { } standing
                ? standing.Restart(offer, credentials, setup.Candidates, out answer)
                : SdpAnswer.Create(offer, OptionsOfThis(), IdentityWith(credentials), out answer);
        }

        if (refusal != OfferRefusal.None) { return new OfferOutcome(OfferVerdict.Refused, null, refusal.ToReason()); }

        (_number, _sdp, _last) = (number, reading.Text, new OfferOutcome(OfferVerdict.Answered, answer));
        return _last;
    }

    /// <summary>Where the numbers of an outgoing line begin: anywhere, but not near a wrap.</summary>
    public SequenceRewriter NewNumberLine()
    {
        Span<byte> random = stackalloc byte[6];
        seams.Entropy.Fill(random);
        var first = (ushort)(1 + (BinaryPrimitives.ReadUInt16BigEndian(random) & 0x3FFF));
        return new SequenceRewriter(new SequenceNumber(first), new RtpTimestamp(BinaryPrimitives.ReadUInt32BigEndian(random[2..])));
    }

    private AnswerOptions OptionsOfThis() => setup.Answers with { Kind = identity.Kind, VoiceSlots = identity.VoiceSlots };

    private AnswerIdentity IdentityWith(IceCredentials credentials)
    {
        Span<byte> random = stackalloc byte[8];
        seams.Entropy.Fill(random);
        return new AnswerIdentity
        {
            SessionNumber = (long)(BinaryPrimitives.ReadUInt64BigEndian(random) >> 2),
            Credentials = credentials,
            Fingerprint = seams.Dtls.LocalFingerprint,
            Candidates = setup.Candidates,
            Ssrcs = _ssrcs[..^1],
        };
    }

    // Row SRTP7: distinct, for they share one key.
    private static uint[] DistinctSsrcs(IEntropy entropy)
    {
        var ssrcs = new HashSet<uint>();
        Span<byte> random = stackalloc byte[4];
        while (ssrcs.Count <= AnswerIdentity.SsrcsMax)
        {
            entropy.Fill(random);
            var ssrc = BinaryPrimitives.ReadUInt32BigEndian(random);
            if (ssrc != 0) { ssrcs.Add(ssrc); }
        }

        return [.. ssrcs];
    }
}
