namespace Calls.Media.Rtp;

/// <summary>
/// A packet number that does not wrap: rollovers × 65,536 + sequence number, the packet index of RFC 3711 §3.3.1. It orders
/// all packets of a stream, over a whole call.
/// </summary>
/// <param name="Value">Zero or more for a number that exists; below zero lies what was sent before the first known packet.</param>
public readonly record struct ExtendedSequence(long Value) : IComparable<ExtendedSequence>
{
    private const int SequenceBits = 16;

    /// <summary>The highest number that SRTP can protect: the index has 48 bits (RFC 3711 §9.2).</summary>
    public static ExtendedSequence Highest { get; } = new((1L << 48) - 1);

    /// <summary>The 16 bits that go on the wire.</summary>
    public SequenceNumber Sequence => new(unchecked((ushort)Value));

    /// <summary>How often the sequence number has wrapped: the rollover counter of RFC 3711.</summary>
    public uint Rollovers => unchecked((uint)(Value >> SequenceBits));

    /// <summary>The number that follows.</summary>
    public ExtendedSequence Next => new(Value + 1);

    /// <summary>The number of a stream's first packet: nothing has wrapped yet.</summary>
    public static ExtendedSequence First(SequenceNumber sequence) => new(sequence.Value);

    /// <summary>
    /// The number closest to this one that has these 16 bits: the guess of RFC 3711 appendix A and RFC 3550 appendix A.1. It is
    /// right while packets are late or lost by fewer than 32,768. Below zero it names a packet from before the stream's first.
    /// </summary>
    public ExtendedSequence Nearest(SequenceNumber sequence) => new(Value + sequence.Since(Sequence));

    /// <summary>Packets from <paramref name="earlier"/> to this one; negative if it lies before.</summary>
    public long Since(ExtendedSequence earlier) => Value - earlier.Value;

    /// <inheritdoc/>
    public int CompareTo(ExtendedSequence other) => Value.CompareTo(other.Value);

    /// <summary>Is the left number before the right one?</summary>
    public static bool operator <(ExtendedSequence left, ExtendedSequence right) => left.Value < right.Value;

    /// <summary>Is the left number after the right one?</summary>
    public static bool operator >(ExtendedSequence left, ExtendedSequence right) => left.Value > right.Value;

    /// <summary>Is the left number before the right one, or the same?</summary>
    public static bool operator <=(ExtendedSequence left, ExtendedSequence right) => left.Value <= right.Value;

    /// <summary>Is the left number after the right one, or the same?</summary>
    public static bool operator >=(ExtendedSequence left, ExtendedSequence right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public override string ToString() => $"{Rollovers}:{Sequence}";
}
