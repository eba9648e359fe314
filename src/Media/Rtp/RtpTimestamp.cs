namespace Calls.Media.Rtp;

/// <summary>A media clock reading of 32 bits that wraps (RFC 3550 §5.1); a unit is one tick of the codec's clock rate.</summary>
/// <param name="Value">As on the wire, in host byte order.</param>
public readonly record struct RtpTimestamp(uint Value)
{
    /// <summary>Opus's clock, whatever rate is really coded: 48,000 ticks a second (RFC 7587 §4.1).</summary>
    public const int OpusTicksPerSecond = 48_000;

    /// <summary>The reading that many ticks later, around the wrap.</summary>
    public RtpTimestamp Add(int ticks) => new(unchecked(Value + (uint)ticks));

    /// <summary>Ticks from <paramref name="earlier"/> to this reading by the shorter way around; negative if it lies before.</summary>
    public int Since(RtpTimestamp earlier) => unchecked((int)(Value - earlier.Value));

    /// <inheritdoc/>
    public override string ToString() => $"{Value}";
}
