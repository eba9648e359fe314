using System.Buffers.Binary;

namespace Calls.Media.Rtcp;

/// <summary>How one stream is received, as its receiver says (RFC 3550 §6.4.1).</summary>
/// <param name="Source">The SSRC reported on.</param>
/// <param name="FractionLost">Packets lost since the last report, in 1/256 of those expected.</param>
/// <param name="CumulativeLost">Packets lost since the beginning; negative if duplicates outnumber losses. 24 bits on the wire.</param>
/// <param name="HighestSequence">The highest sequence number received, with its rollovers in the upper half.</param>
/// <param name="Jitter">Variation of the transit time, in ticks of the stream's clock.</param>
/// <param name="LastSenderReport">The middle 32 bits of the last sender report's clock; 0 if none came.</param>
/// <param name="DelaySinceLastSenderReport">How long ago that report came, in 1/65,536 s.</param>
public readonly record struct ReportBlock(
    uint Source,
    byte FractionLost,
    int CumulativeLost,
    uint HighestSequence,
    uint Jitter,
    uint LastSenderReport,
    uint DelaySinceLastSenderReport)
{
    internal const int Bytes = 24;

    /// <summary>Blocks in one report at most: the count has five bits.</summary>
    public const int PerReportMax = 31;

    private const int LostMax = (1 << 23) - 1;
    private const int LostMask = (1 << 24) - 1;

    /// <summary>
    /// The time a packet takes to the reporter and back (RFC 3550 §6.4.1, figure 2). None if it has not seen a report of ours, or says
    /// that it held one for longer than it can have.
    /// </summary>
    /// <param name="now">Our clock when this block came.</param>
    public TimeSpan? RoundTrip(NtpTime now)
    {
        var units = unchecked(now.Middle - LastSenderReport - DelaySinceLastSenderReport);
        return LastSenderReport == 0 || units > int.MaxValue ? null : NtpTime.FromUnits(units);
    }

    internal static ReportBlock Read(ReadOnlySpan<byte> block)
    {
        var lost = BinaryPrimitives.ReadUInt32BigEndian(block[4..]);
        return new ReportBlock(
            BinaryPrimitives.ReadUInt32BigEndian(block),
            (byte)(lost >> 24),
            (int)(lost << 8) >> 8,
            BinaryPrimitives.ReadUInt32BigEndian(block[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(block[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(block[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(block[20..]));
    }

    internal void Write(Span<byte> output)
    {
        var lost = Math.Clamp(CumulativeLost, -LostMax - 1, LostMax) & LostMask;
        BinaryPrimitives.WriteUInt32BigEndian(output, Source);
        BinaryPrimitives.WriteUInt32BigEndian(output[4..], ((uint)FractionLost << 24) | (uint)lost);
        BinaryPrimitives.WriteUInt32BigEndian(output[8..], HighestSequence);
        BinaryPrimitives.WriteUInt32BigEndian(output[12..], Jitter);
        BinaryPrimitives.WriteUInt32BigEndian(output[16..], LastSenderReport);
        BinaryPrimitives.WriteUInt32BigEndian(output[20..], DelaySinceLastSenderReport);
    }
}
