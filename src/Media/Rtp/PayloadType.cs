namespace Calls.Media.Rtp;

/// <summary>
/// The 7-bit number that stands for a codec on one line (RFC 3550 §5.1). What it stands for is that session's own
/// matter: every receiver has its own map.
/// </summary>
/// <param name="Value">0 to 127.</param>
public readonly record struct PayloadType(byte Value)
{
    /// <summary>The largest value that fits the header's seven bits.</summary>
    public const byte Highest = 127;

    /// <inheritdoc/>
    public override string ToString() => $"{Value}";
}
