namespace Calls.Media.Srtp;

/// <summary>The limits of one direction of one session.</summary>
public sealed record SrtpLimits
{
    /// <summary>The limits of a session that says nothing else.</summary>
    public static SrtpLimits Default { get; } = new();

    /// <summary>
    /// Streams with state of their own at a time. A full participant has 4 (voice, two screen layers, their sound) and RTX for
    /// the layers; browsers take a new SSRC when they change hardware. 32 streams cost 6 KiB. Defaults to 32 (row SRTP5).
    /// </summary>
    public int StreamsMax { get; init; } = 32;

    /// <summary>
    /// How long a received stream must have been silent before another may take its place. Its replay window is lost then, so
    /// it must not be short. Defaults to 10 s (row SRTP5).
    /// </summary>
    public TimeSpan StreamIdleMin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>RTP packets sealed under one key at most. Defaults to 2^48 (RFC 3711 §9.2; row SRTP7).</summary>
    public long PacketsMax { get; init; } = 1L << 48;

    /// <summary>RTCP packets sealed under one key at most: the index has 31 bits. Defaults to 2^31 − 1 (RFC 3711 §9.2; row SRTP7).</summary>
    public long ControlPacketsMax { get; init; } = (1L << 31) - 1;
}
