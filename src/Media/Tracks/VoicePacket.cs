using Calls.Media.Rtp;

namespace Calls.Media.Tracks;

/// <summary>A voice packet, opened once and shared by all who are sent it: what is left of the sender's numbering is gone.</summary>
public ref struct VoicePacket
{
    /// <summary>Which stream of the room it belongs to: one SSRC of one session, never used again for another.</summary>
    public required long Stream { readonly get; init; }

    /// <summary>
    /// Which unbroken stretch of that stream: counts up when packets were left out on purpose, so that the outgoing line closes
    /// up instead of showing a loss.
    /// </summary>
    public uint Stretch { readonly get; set; }

    /// <summary>Its number in the stream.</summary>
    public required ExtendedSequence Sequence { readonly get; init; }

    /// <summary>When its first sample was taken, on the stream's own clock.</summary>
    public required RtpTimestamp Timestamp { readonly get; init; }

    /// <summary>Is it the first after silence?</summary>
    public required bool Marker { readonly get; init; }

    /// <summary>RFC 6464's byte as it came, voice bit and level, or −1 if it carries none.</summary>
    public required int LevelByte { readonly get; init; }

    /// <summary>Its level in −dBov, 0 to 127, or −1 if it claims none.</summary>
    public readonly int Level => LevelByte < 0 ? LevelByte : LevelByte & 0x7F;

    /// <summary>The codec's bytes.</summary>
    public required ReadOnlySpan<byte> Payload { readonly get; init; }

    /// <summary>The payload of redundant audio they came in, for those who take it; without a byte if they came by themselves.</summary>
    public ReadOnlySpan<byte> Redundant { readonly get; init; }
}
