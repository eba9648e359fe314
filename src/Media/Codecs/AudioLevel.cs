namespace Calls.Media.Codecs;

/// <summary>How loud a packet is, as its sender says in a header extension (RFC 6464 §3): −dBov. A claim, not a measurement of ours.</summary>
public static class AudioLevel
{
    /// <summary>The level of digital silence, and the quietest that can be said.</summary>
    public const byte Silence = 127;
}
