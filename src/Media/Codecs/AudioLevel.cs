namespace Calls.Media.Codecs;

/// <summary>How loud a packet is, as its sender says in a header extension (RFC 6464 §3). A claim, not a measurement of ours.</summary>
/// <param name="IsVoice">The sender's own voice-activity bit; proves nothing (row VOX1).</param>
/// <param name="DecibelsBelowFull">0 for the loudest possible, 127 for digital silence: −dBov.</param>
public readonly record struct AudioLevel(bool IsVoice, byte DecibelsBelowFull)
{
    /// <summary>The extension's URI in SDP.</summary>
    public const string ExtensionUri = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";

    /// <summary>The level of digital silence, and the quietest that can be said.</summary>
    public const byte Silence = 127;

    /// <summary>The extension's data as it goes on the wire.</summary>
    public byte Encoded => (byte)((IsVoice ? 0x80 : 0) | DecibelsBelowFull);

    /// <summary>Reads the extension's data. False if it is empty; bytes after the first are ignored, as some senders pad.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out AudioLevel level)
    {
        level = data.IsEmpty ? default : new AudioLevel((data[0] & 0x80) != 0, (byte)(data[0] & Silence));
        return !data.IsEmpty;
    }
}
