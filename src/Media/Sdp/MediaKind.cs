namespace Calls.Media.Sdp;

/// <summary>What a line carries.</summary>
public enum MediaKind : byte
{
    /// <summary>Sound.</summary>
    Audio,

    /// <summary>Picture.</summary>
    Video,

    /// <summary>Something we do not speak: data channels, text.</summary>
    Other,
}

/// <summary>The media types that pass through a node.</summary>
public enum MediaCodec : byte
{
    /// <summary>Opus.</summary>
    Opus,

    /// <summary>Redundant audio, RFC 2198, around Opus.</summary>
    Red,

    /// <summary>VP8.</summary>
    Vp8,

    /// <summary>H.264, constrained baseline, packetization mode 1.</summary>
    H264,

    /// <summary>VP9, profile 0.</summary>
    Vp9,

    /// <summary>AV1, profile 0.</summary>
    Av1,
}
