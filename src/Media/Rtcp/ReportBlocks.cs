namespace Calls.Media.Rtcp;

/// <summary>The report blocks of one report, read where they lie.</summary>
public readonly ref struct ReportBlocks
{
    private readonly ReadOnlySpan<byte> _blocks;

    private ReportBlocks(ReadOnlySpan<byte> blocks) => _blocks = blocks;

    /// <summary>How many, 0 to 31.</summary>
    public int Count => _blocks.Length / ReportBlock.Bytes;

    /// <summary>One of them.</summary>
    public ReportBlock this[int number] => ReportBlock.Read(_blocks.Slice(number * ReportBlock.Bytes, ReportBlock.Bytes));

    /// <summary>Takes as many blocks as the header counts. False if the body is too short; what follows them is ignored.</summary>
    internal static bool TryRead(RtcpPacket packet, int blocksAt, out ReportBlocks blocks)
    {
        var bytes = packet.Format * ReportBlock.Bytes;
        var fits = packet.Body.Length >= blocksAt + bytes;
        blocks = fits ? new ReportBlocks(packet.Body.Slice(blocksAt, bytes)) : default;
        return fits;
    }

    internal static void Write(Span<byte> output, ReadOnlySpan<ReportBlock> blocks)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blocks.Length, ReportBlock.PerReportMax, nameof(blocks));
        for (var number = 0; number < blocks.Length; number++)
        {
            blocks[number].Write(output[(number * ReportBlock.Bytes)..]);
        }
    }
}
