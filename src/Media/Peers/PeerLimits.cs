namespace Calls.Media.Peers;

/// <summary>Every limit of a session's media, with its reason.</summary>
public sealed record PeerLimits
{
    /// <summary>The longest datagram that is sent or taken: an Ethernet frame's payload. Longer ones arrive truncated.</summary>
    public const int DatagramBytesMax = 1_500;

    /// <summary>
    /// The longest voice payload that is sent on: with the longest header and tag it still fits a datagram. Opus makes 1,275 bytes
    /// at the very most per frame.
    /// </summary>
    public const int VoicePayloadBytesMax = DatagramBytesMax - Rtp.RtpHeaderWriter.BytesMax - 16;

    /// <summary>The MID goes with the first packets of each outgoing stream; a receiver knows the SSRC from the answer anyway.</summary>
    public const int PacketsWithMid = 100;

    /// <summary>Voice packets kept from before a voice gets its slot: 60 ms, the beginning of a word (row VOX4).</summary>
    public const int LookBackPackets = 3;

    /// <summary>The largest voice packet worth keeping; Opus at 40 kbit/s makes 100 bytes, at its highest rate 1,275 per 20 ms.</summary>
    public const int LookBackBytesMax = 512;

    /// <summary>Packets of digital silence that pass, so that a decoder fades out; the rest end here (row VOX6).</summary>
    public const int SilentPacketsPassed = 3;

    /// <summary>Reports of all sessions go out on the beats of this clock: each wakes its room only once a beat.</summary>
    public static readonly TimeSpan ReportBeat = TimeSpan.FromMilliseconds(100);

    /// <summary>The limits of a node that says nothing else.</summary>
    public static PeerLimits Default { get; } = new();

    /// <summary>
    /// From the first answer to media that can flow. The control plane gives up after 15 s; this is for when it is away.
    /// Defaults to 30 s, the longest a handshake may take.
    /// </summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Between two sets of reports to one peer. RFC 3550 §6.2 asks for 5 s on average at 5 % of the bandwidth; browsers expect
    /// about one a second, and it costs 1 kbit/s. Defaults to 1 s.
    /// </summary>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long ended sessions are remembered, so that a late command cannot revive one. Defaults to 10 minutes.</summary>
    public TimeSpan EndedKept { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>State changes kept for the session's statistics. Defaults to 20.</summary>
    public int StateChangesKept { get; init; } = 20;
}
