using System.Text;
using Calls.Media.Datagrams;
using Calls.Media.Ice;

namespace Calls.Media.Sdp;

/// <summary>Model → text of an answer (RFC 8866, 8829). Lines end with CR LF.</summary>
internal static class SdpWriter
{
    private const int DiscardPort = 9;

    internal static string Write(SdpOffer offer, IReadOnlyList<NegotiatedLine> lines, AnswerIdentity identity, int version)
    {
        var text = new StringBuilder();
        Line(text, "v=0");
        Line(text, $"o=- {identity.SessionNumber} {version} IN IP4 0.0.0.0");
        Line(text, "s=-");
        Line(text, "t=0 0");
        Line(text, "a=ice-lite");
        Line(text, $"a=group:BUNDLE {string.Join(' ', lines.Where(line => !line.IsRejected).Select(line => line.Mid))}");
        if (offer.AllowsMixedExtensions) { Line(text, "a=extmap-allow-mixed"); }
        Line(text, "a=msid-semantic: WMS *");

        var hasCandidates = false;
        foreach (var line in lines)
        {
            if (line.IsRejected)
            {
                WriteRejected(text, offer.Lines[line.Position]);
                continue;
            }

            WriteTransport(text, line, offer.Lines[line.Position], identity);
            if (line.AllowsMixedExtensions && !offer.AllowsMixedExtensions) { Line(text, "a=extmap-allow-mixed"); }
            WriteMedia(text, line);
            if (!hasCandidates) { WriteCandidates(text, identity.Candidates); }
            hasCandidates = true;
        }

        return text.ToString();
    }

    private static void WriteRejected(StringBuilder text, OfferLine offered)
    {
        Line(text, $"m={offered.KindText} 0 {offered.Protocol} {offered.FirstFormat}");
        Line(text, "c=IN IP4 0.0.0.0");
        if (offered.Mid is not null) { Line(text, $"a=mid:{offered.Mid}"); }
        Line(text, "a=inactive");
    }

    private static void WriteTransport(StringBuilder text, NegotiatedLine line, OfferLine offered, AnswerIdentity identity)
    {
        var address = identity.Candidates.Count > 0 ? identity.Candidates[0].Address : default;
        var port = identity.Candidates.Count > 0 ? address.Port : DiscardPort;
        var formats = line.Codecs.SelectMany(codec => codec.RepairPayloadType == 0
            ? [codec.PayloadType]
            : new[] { codec.PayloadType, codec.RepairPayloadType });
        Line(text, $"m={offered.KindText} {port} {offered.Protocol} {string.Join(' ', formats)}");
        Line(text, ConnectionLine(address));
        Line(text, $"a=mid:{line.Mid}");
        Line(text, $"a=ice-ufrag:{identity.Credentials.Fragment}");
        Line(text, $"a=ice-pwd:{identity.Credentials.Password}");
        Line(text, $"a=fingerprint:{identity.Fingerprint}");
        Line(text, "a=setup:passive");
        Line(text, "a=rtcp-mux");
        if (line.AllowsReducedSizeRtcp) { Line(text, "a=rtcp-rsize"); }
    }

    private static string ConnectionLine(TransportAddress address) =>
        address.IsNone ? "c=IN IP4 0.0.0.0" : $"c=IN {(address.IsIPv4 ? "IP4" : "IP6")} {address.IpText()}";

    private static void WriteMedia(StringBuilder text, NegotiatedLine line)
    {
        Line(text, $"a={Direction(line).ToText()}");
        foreach (var extension in line.Extensions)
        {
            var direction = extension.Direction is { } said ? $"/{said.ToText()}" : "";
            Line(text, $"a=extmap:{extension.Id}{direction} {extension.Extension.ToUri()}");
        }

        foreach (var codec in line.Codecs) { WriteCodec(text, codec); }
        foreach (var rid in line.Rids) { Line(text, $"a=rid:{rid} recv"); }
        if (line.Rids.Count > 0) { Line(text, $"a=simulcast:recv {string.Join(';', line.Rids)}"); }
        if (line.In != LineRole.None) { WriteStream(text, line); }
    }

    private static SdpDirection Direction(NegotiatedLine line) =>
        (line.Out == LineRole.None ? SdpDirection.Inactive : SdpDirection.RecvOnly)
        | (line.In == LineRole.None ? SdpDirection.Inactive : SdpDirection.SendOnly);

    private static void WriteCodec(StringBuilder text, NegotiatedCodec codec)
    {
        Line(text, $"a=rtpmap:{codec.PayloadType} {CodecText(codec.Codec)}");
        foreach (var (flag, name) in FeedbackTexts)
        {
            if (codec.Feedback.HasFlag(flag)) { Line(text, $"a=rtcp-fb:{codec.PayloadType} {name}"); }
        }

        if (codec.Parameters.Length > 0) { Line(text, $"a=fmtp:{codec.PayloadType} {codec.Parameters}"); }
        if (codec.RepairPayloadType == 0) { return; }

        Line(text, $"a=rtpmap:{codec.RepairPayloadType} rtx/90000");
        Line(text, $"a=fmtp:{codec.RepairPayloadType} apt={codec.PayloadType}");
    }

    private static readonly (RtcpFeedback Flag, string Name)[] FeedbackTexts =
    [
        (RtcpFeedback.Nack, "nack"),
        (RtcpFeedback.PictureLoss, "nack pli"),
        (RtcpFeedback.FullIntra, "ccm fir"),
        (RtcpFeedback.TransportWide, "transport-cc"),
        (RtcpFeedback.ReceiverEstimate, "goog-remb"),
    ];

    private static string CodecText(MediaCodec codec) => codec switch
    {
        MediaCodec.Opus => "opus/48000/2",
        MediaCodec.Red => "red/48000/2",
        MediaCodec.Vp8 => "VP8/90000",
        MediaCodec.H264 => "H264/90000",
        MediaCodec.Vp9 => "VP9/90000",
        _ => "AV1/90000",
    };

    private static void WriteStream(StringBuilder text, NegotiatedLine line)
    {
        // Voice slots share no stream with anything: unrelated clocks behind one slot must not be kept in lip-sync.
        Line(text, line.In switch
        {
            LineRole.ScreenVideoIn => "a=msid:screen screen-video",
            LineRole.ScreenAudioIn => "a=msid:screen screen-audio",
            _ => $"a=msid:{line.OutgoingCname} {line.OutgoingCname}",
        });
        if (line.OutgoingRepairSsrc != 0) { Line(text, $"a=ssrc-group:FID {line.OutgoingSsrc} {line.OutgoingRepairSsrc}"); }
        Line(text, $"a=ssrc:{line.OutgoingSsrc} cname:{line.OutgoingCname}");
        if (line.OutgoingRepairSsrc != 0) { Line(text, $"a=ssrc:{line.OutgoingRepairSsrc} cname:{line.OutgoingCname}"); }
    }

    private static void WriteCandidates(StringBuilder text, IReadOnlyList<IceCandidate> candidates)
    {
        foreach (var candidate in candidates) { Line(text, $"a=candidate:{candidate}"); }
        Line(text, "a=end-of-candidates");
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append("\r\n");
}
