using System.Collections.Immutable;
using System.Text;
using Calls.Media.Sdp;
using Calls.Media.Tracks;

namespace Calls.Media.Peers;

/// <summary>Takes a copy of what is known of a session's lines.</summary>
internal static class PeerStatistics
{
    private const string Opus = "opus";

    public static ImmutableArray<LineStatistics> Lines(PeerMedia? media, Publication voice, Func<int, string?> voiceOnLine)
    {
        if (media is null) { return []; }

        var lines = ImmutableArray.CreateBuilder<LineStatistics>();
        if (media.Lines.SendsVoice) { lines.Add(OfVoice(media.Lines, media.Streams.Voice, voice)); }

        for (var slot = 0; slot < media.Voices.Length; slot++)
        {
            lines.Add(OfSlot(slot, media.Voices[slot], media.Reports.FeedbackOn(slot), voiceOnLine(slot)));
        }

        return lines.ToImmutable();
    }

    private static LineStatistics OfVoice(PeerLines lines, IncomingStream? stream, Publication voice) => new(
        Text(Array.Find(lines.Incoming, line => line.Role == LineRole.VoiceOut)!.Mid),
        LineRole.VoiceOut,
        0,
        stream?.Ssrc.Value ?? 0,
        Opus,
        voice.Packets,
        voice.Bytes,
        stream is { Reception.Expected: > 0 } heard ? Math.Max(0, (double)heard.Reception.Lost / heard.Reception.Expected) : 0,
        stream?.Reception.Jitter ?? TimeSpan.Zero,
        voice.LastPacketAt,
        null,
        0,
        voice.Drops.Read());

    private static LineStatistics OfSlot(int slot, Subscription line, LineFeedback feedback, string? source) => new(
        Text(line.Format.Mid),
        LineRole.VoiceIn,
        slot,
        line.Format.Ssrc.Value,
        Opus,
        line.Packets,
        line.PayloadBytes,
        feedback.Loss,
        feedback.Jitter,
        null,
        source,
        line.Switches,
        line.Drops.Read());

    private static string Text(ReadOnlyMemory<byte> mid) => Encoding.UTF8.GetString(mid.Span);
}
