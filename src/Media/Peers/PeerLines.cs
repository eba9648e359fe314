using System.Text;
using Calls.Media.Rtp;
using Calls.Media.Sdp;
using Calls.Media.Tracks;

namespace Calls.Media.Peers;

/// <summary>A line on which the client sends.</summary>
/// <param name="Role">What it carries.</param>
/// <param name="Mid">The client's name of it.</param>
/// <param name="MidId">The MID extension's id; 0 if not negotiated.</param>
/// <param name="LevelId">The audio level extension's id; 0 if not negotiated.</param>
/// <param name="PayloadTypes">The types that were answered.</param>
/// <param name="RedType">Redundant audio around one of them; null if not negotiated.</param>
/// <param name="Ssrcs">The SSRCs the offer names for it, which may be none.</param>
internal sealed record IncomingLine(
    LineRole Role, ReadOnlyMemory<byte> Mid, int MidId, int LevelId, PayloadType[] PayloadTypes, PayloadType? RedType, Ssrc[] Ssrcs)
{
    public bool Has(PayloadType type) => Array.IndexOf(PayloadTypes, type) >= 0;
}

/// <summary>A voice line to the client.</summary>
/// <param name="Index">Which slot it carries.</param>
/// <param name="Format">How its packets are written.</param>
/// <param name="CanonicalName">Its name in reports: no two voices are played in sync.</param>
internal sealed record VoiceLine(int Index, OutgoingFormat Format, byte[] CanonicalName);

/// <summary>The lines of a session, fixed by its one offer (promise 2).</summary>
/// <param name="Incoming">What the client sends.</param>
/// <param name="Voices">The voice slots it receives, in their order.</param>
/// <param name="ReducedSizeReports">Whether the client may send feedback without a report.</param>
internal sealed record PeerLines(IncomingLine[] Incoming, VoiceLine[] Voices, bool ReducedSizeReports)
{
    private const int OneByteIdMax = 14;        // RFC 8285 §4.2; its data may have 16 bytes, as a mid may

    public bool SendsVoice => Array.Exists(Incoming, line => line.Role == LineRole.VoiceOut);

    /// <summary>What an answer has settled.</summary>
    public static PeerLines Of(SdpAnswer answer) => new(
        [.. answer.Lines.Where(line => line.Out != LineRole.None).Select(IncomingOf)],
        [.. answer.Lines.Where(line => line.In == LineRole.VoiceIn).OrderBy(line => line.Index).Select(VoiceOf)],
        answer.Lines.Any(line => line.AllowsReducedSizeRtcp && !line.IsRejected));

    /// <summary>What the client is told about the lines: one entry per role.</summary>
    public static IEnumerable<AnsweredLine> Describe(SdpAnswer answer)
    {
        foreach (var line in answer.Lines)
        {
            if (line.Out != LineRole.None) { yield return new AnsweredLine(line.Mid, line.Out, 0); }
            if (line.In != LineRole.None) { yield return new AnsweredLine(line.Mid, line.In, line.Index); }
            if (line.Out == LineRole.None && line.In == LineRole.None) { yield return new AnsweredLine(line.Mid, LineRole.None, 0); }
        }
    }

    private static IncomingLine IncomingOf(NegotiatedLine line) => new(
        line.Out,
        Encoding.UTF8.GetBytes(line.Mid),
        line.ExtensionId(HeaderExtension.Mid),
        line.ExtensionId(HeaderExtension.AudioLevel),
        [.. line.Codecs.Where(codec => codec.Codec != MediaCodec.Red).Select(codec => new PayloadType(codec.PayloadType))],
        RedTypeOf(line),
        [.. line.DeclaredSsrcs.Select(ssrc => new Ssrc(ssrc))]);

    private static VoiceLine VoiceOf(NegotiatedLine line)
    {
        var mid = Encoding.UTF8.GetBytes(line.Mid);
        var (levelId, midId) = (IdToSend(line, HeaderExtension.AudioLevel), IdToSend(line, HeaderExtension.Mid));
        var format = new OutgoingFormat(
            new Ssrc(line.OutgoingSsrc),
            new PayloadType(line.Find(MediaCodec.Opus)!.PayloadType),
            RedTypeOf(line),
            levelId,
            midId,
            mid,
            levelId > OneByteIdMax || midId > OneByteIdMax);
        return new VoiceLine(line.Index, format, Encoding.UTF8.GetBytes(line.OutgoingCname));
    }

    private static PayloadType? RedTypeOf(NegotiatedLine line) =>
        line.Find(MediaCodec.Red) is { } red ? new PayloadType(red.PayloadType) : null;

    private static int IdToSend(NegotiatedLine line, HeaderExtension extension) =>
        line.Extensions.FirstOrDefault(found => found.Extension == extension && found.ClientReceives)?.Id ?? 0;
}
