using Calls.Media.Dtls;
using Calls.Media.Ice;

namespace Calls.Media.Sdp;

/// <summary>
/// The answer to a client's one offer, and all that follows from it. Pure: the same offer, options and identity give the
/// same bytes, so a retry is harmless.
/// </summary>
public sealed record SdpAnswer
{
    private SdpAnswer() { }

    /// <summary>The answer, ready to send.</summary>
    public required string Text { get; init; }

    /// <summary>Every line of the offer, in its order.</summary>
    public required IReadOnlyList<NegotiatedLine> Lines { get; init; }

    /// <summary>The offer that was answered: the client's fingerprints.</summary>
    public required SdpOffer Offer { get; init; }

    /// <summary>The version in <c>o=</c>: 1, then +1 per restart.</summary>
    public required int Version { get; init; }

    /// <summary>The certificate we said we have, and the rest.</summary>
    public required AnswerIdentity Identity { get; init; }

    /// <summary>Every fingerprint the client's certificate may have.</summary>
    public IReadOnlyList<CertificateFingerprint> PeerFingerprints => Offer.Fingerprints;

    /// <summary>Answers an offer. <paramref name="answer"/> is there if the result is <see cref="OfferRefusal.None"/>.</summary>
    public static OfferRefusal Create(SdpOffer offer, AnswerOptions options, AnswerIdentity identity, out SdpAnswer? answer)
    {
        answer = null;
        var roles = LineRoles.Assign(offer.Lines, options.Kind, Math.Min(options.VoiceSlots, AnswerOptions.VoiceSlotsMax));
        var ssrcs = new Queue<uint>(identity.Ssrcs);
        var lines = new List<NegotiatedLine>(offer.Lines.Count);
        foreach (var line in offer.Lines) { lines.Add(Negotiate(line, roles[line.Position], options, ssrcs)); }

        if (lines.TrueForAll(line => line.Out == LineRole.None && line.In == LineRole.None)) { return OfferRefusal.NoRole; }

        answer = Write(offer, lines, identity, version: 1);
        return OfferRefusal.None;
    }

    /// <summary>
    /// Answers a restart offer (row MOVE1): the first mapping stands, only our ICE credentials and the version change. Refused
    /// if it is an offer for something else; the session then lives on.
    /// </summary>
    public OfferRefusal Restart(
        SdpOffer offer, IceCredentials fresh, IReadOnlyList<IceCandidate> candidates, out SdpAnswer? answer)
    {
        answer = null;
        if (!SdpRestart.IsOfSameSession(this, offer)) { return OfferRefusal.RestartChanged; }

        // What the restart offer says of codecs and extensions is not read: browsers leave out what was not agreed on.
        answer = Write(offer, Lines, Identity with { Credentials = fresh, Candidates = candidates }, Version + 1);
        return OfferRefusal.None;
    }

    private static SdpAnswer Write(SdpOffer offer, IReadOnlyList<NegotiatedLine> lines, AnswerIdentity identity, int version) => new()
    {
        Text = SdpWriter.Write(offer, lines, identity, version),
        Lines = lines,
        Offer = offer,
        Version = version,
        Identity = identity,
    };

    private static NegotiatedLine Negotiate(OfferLine line, LineAssignment role, AnswerOptions options, Queue<uint> ssrcs)
    {
        var isScreenAudio = role.Out == LineRole.ScreenAudioOut || role.In == LineRole.ScreenAudioIn;
        List<NegotiatedCodec> codecs = role.IsRejected ? [] : line.Kind == MediaKind.Audio
            ? CodecChoice.Audio(line, isScreenAudio, options)
            : CodecChoice.Video(line, role.In == LineRole.ScreenVideoIn, options);
        var isRejected = codecs.Count == 0;
        if (isRejected) { role = new LineAssignment(IsRejected: true, LineRole.None, LineRole.None, 0); }

        var direction = (role.Out == LineRole.None ? SdpDirection.Inactive : SdpDirection.SendOnly)
            | (role.In == LineRole.None ? SdpDirection.Inactive : SdpDirection.RecvOnly);
        var isSent = role.In != LineRole.None;
        return new NegotiatedLine
        {
            Position = line.Position,
            Mid = line.Mid ?? "",
            Kind = line.Kind,
            IsRejected = isRejected,
            Out = role.Out,
            In = role.In,
            Index = role.Index,
            Codecs = codecs,
            Extensions = isRejected ? [] : ExtensionChoice.Of(line, direction, codecs),
            Rids = role.Out == LineRole.ScreenVideoOut && line.Rids.Count > 1 ? line.Rids : [],
            DeclaredSsrcs = role.Out == LineRole.None ? [] : line.Ssrcs,
            DeclaredRepairs = role.Out == LineRole.None ? [] : line.Repairs,
            AllowsReducedSizeRtcp = line.HasReducedSizeRtcp,
            AllowsMixedExtensions = line.AllowsMixedExtensions,
            OutgoingSsrc = isSent ? ssrcs.Dequeue() : 0,
            OutgoingRepairSsrc = isSent && codecs.Exists(codec => codec.RepairPayloadType != 0) ? ssrcs.Dequeue() : 0,
            OutgoingCname = role.In switch
            {
                LineRole.None => "",
                LineRole.VoiceIn => $"voice-{role.Index}",
                _ => "screen",
            },
        };
    }
}
