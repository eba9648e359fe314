using System.Globalization;

namespace Calls.Media.Sdp;

/// <summary>Offered payload types → those answered.</summary>
internal static class CodecChoice
{
    private const int AudioClock = 48_000;
    private const int VideoClock = 90_000;

    internal static bool HasOpus(OfferLine line) => Opus(line) is not null;

    internal static List<NegotiatedCodec> Audio(OfferLine line, bool isScreen, AnswerOptions options)
    {
        var opus = Opus(line)!;
        var parameters = isScreen
            ? $"stereo=1;sprop-stereo=1;usedtx=0;useinbandfec=1;maxaveragebitrate={Text(options.ScreenAudioBitsPerSecond)}"
            : $"minptime=10;useinbandfec=1;usedtx=1;stereo=0;maxaveragebitrate={Text(options.VoiceBitsPerSecond)}";
        var codecs = new List<NegotiatedCodec> { new(MediaCodec.Opus, opus.PayloadType, 0, Audible(opus)) { Parameters = parameters } };

        var blocks = $"{Text(opus.PayloadType)}/{Text(opus.PayloadType)}";
        var red = options.AudioRed && !isScreen
            ? line.Codecs.FirstOrDefault(codec => codec.Is("red", AudioClock) && codec.Channels == 2 && codec.Parameters == blocks)
            : null;
        if (red is not null)
        {
            codecs.Insert(0, new(MediaCodec.Red, red.PayloadType, 0, Audible(red)) { Parameters = red.Parameters });
        }

        return codecs;
    }

    /// <summary>The video types of a line; empty if it must be rejected: nothing known, or a receiver without VP8.</summary>
    internal static List<NegotiatedCodec> Video(OfferLine line, bool isReceiver, AnswerOptions options)
    {
        var codecs = new List<NegotiatedCodec>();
        foreach (var wanted in options.VideoCodecs)
        {
            if (line.Codecs.FirstOrDefault(codec => Is(codec, wanted)) is { } offered) { codecs.Add(Negotiate(line, offered, wanted)); }
        }

        return isReceiver && !codecs.Exists(codec => codec.Codec == MediaCodec.Vp8) ? [] : codecs;
    }

    private static OfferedCodec? Opus(OfferLine line) =>
        line.Codecs.FirstOrDefault(codec => codec.Is("opus", AudioClock) && codec.Channels == 2);

    private static bool Is(OfferedCodec offered, MediaCodec wanted) => wanted switch
    {
        MediaCodec.Vp8 => offered.Is("VP8", VideoClock),
        MediaCodec.H264 => offered.Is("H264", VideoClock) && IsConstrainedBaseline(offered),
        MediaCodec.Vp9 => offered.Is("VP9", VideoClock) && offered.Parameter("profile-id") is null or "0",
        MediaCodec.Av1 => offered.Is("AV1", VideoClock) && offered.Parameter("profile") is null or "0",
        _ => false,
    };

    /// <summary>RFC 6184 §8.1: profile 66 with constraint_set1, and packetization mode 1.</summary>
    private static bool IsConstrainedBaseline(OfferedCodec codec) =>
        codec.Parameter("packetization-mode") == "1"
        && codec.Parameter("profile-level-id") is { Length: 6 } id
        && int.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var profile)
        && profile >> 16 == 0x42 && (profile & 0x4000) != 0;

    private static NegotiatedCodec Negotiate(OfferLine line, OfferedCodec offered, MediaCodec codec)
    {
        var payloadType = Text(offered.PayloadType);
        var repair = line.Codecs.FirstOrDefault(other => other.Is("rtx", VideoClock) && other.Parameter("apt") == payloadType);
        return new NegotiatedCodec(codec, offered.PayloadType, repair?.PayloadType ?? 0, Visible(offered, repair is not null))
        {
            Parameters = codec switch
            {
                // The level is the client's own: what it offers to decode it is sent, and we forward anything.
                MediaCodec.H264 => (offered.Parameter("level-asymmetry-allowed") == "1" ? "level-asymmetry-allowed=1;" : "")
                    + $"packetization-mode=1;profile-level-id={offered.Parameter("profile-level-id")}",
                MediaCodec.Vp9 or MediaCodec.Av1 => offered.Parameters,
                _ => "",
            },
        };
    }

    private static RtcpFeedback Audible(OfferedCodec codec) =>
        codec.Feedback.Contains("transport-cc") ? RtcpFeedback.TransportWide : RtcpFeedback.None;

    private static RtcpFeedback Visible(OfferedCodec codec, bool hasRepair)
    {
        var feedback = RtcpFeedback.None;
        foreach (var text in codec.Feedback)
        {
            feedback |= text switch
            {
                // Without RTX a lost packet could only be sent again under the number it had (row SRTP6).
                "nack" when hasRepair => RtcpFeedback.Nack,
                "nack pli" => RtcpFeedback.PictureLoss,
                "ccm fir" => RtcpFeedback.FullIntra,
                "transport-cc" => RtcpFeedback.TransportWide,
                "goog-remb" when !codec.Feedback.Contains("transport-cc") => RtcpFeedback.ReceiverEstimate,
                _ => RtcpFeedback.None,
            };
        }

        return feedback;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
