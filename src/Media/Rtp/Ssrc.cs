namespace Calls.Media.Rtp;

/// <summary>The 32-bit number that names one stream of packets within a session (RFC 3550 §3).</summary>
/// <param name="Value">As on the wire, in host byte order.</param>
public readonly record struct Ssrc(uint Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Value:x8}";
}
