namespace Calls.Media.Rtp;

/// <summary>
/// The 16-bit packet number of one stream (RFC 3550 §5.1). It wraps every 65,536 packets, so it has no order, only a
/// distance; what must be ordered is an <see cref="ExtendedSequence"/>.
/// </summary>
/// <param name="Value">As on the wire, in host byte order.</param>
public readonly record struct SequenceNumber(ushort Value)
{
    /// <summary>The number that follows, around the wrap.</summary>
    public SequenceNumber Next => new(unchecked((ushort)(Value + 1)));

    /// <summary>The number that many packets later, around the wrap.</summary>
    public SequenceNumber Add(int packets) => new(unchecked((ushort)(Value + packets)));

    /// <summary>Packets from <paramref name="earlier"/> to this one by the shorter way around, −32,768 to 32,767.</summary>
    public int Since(SequenceNumber earlier) => unchecked((short)(Value - earlier.Value));

    /// <inheritdoc/>
    public override string ToString() => $"{Value}";
}
