namespace Calls.Media.Sdp;

/// <summary>What a node chooses in its answers; the same for all offers of one session.</summary>
public sealed record AnswerOptions
{
    /// <summary>Voice slots a call can have: with more, nobody could follow.</summary>
    public const int VoiceSlotsMax = 8;

    /// <summary>What the session's lines may carry at all.</summary>
    public PeerKind Kind { get; init; } = PeerKind.Participant;

    /// <summary>Voice slots of the call, 1 to <see cref="VoiceSlotsMax"/>; receiving lines beyond are answered inactive.</summary>
    public int VoiceSlots { get; init; } = 3;

    /// <summary>Most bits per second of a voice. Opus is transparent for speech there.</summary>
    public int VoiceBitsPerSecond { get; init; } = 40_000;

    /// <summary>Most bits per second of a screen's sound, which may be music in stereo.</summary>
    public int ScreenAudioBitsPerSecond { get; init; } = 128_000;

    /// <summary>Whether redundant audio is answered: half as much again on the wire, for sites that lose packets.</summary>
    public bool AudioRed { get; init; }

    /// <summary>The video types answered, in order of preference.</summary>
    public IReadOnlyList<MediaCodec> VideoCodecs { get; init; } = [MediaCodec.Vp8, MediaCodec.H264, MediaCodec.Vp9, MediaCodec.Av1];
}
