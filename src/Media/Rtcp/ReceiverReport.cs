using System.Buffers.Binary;

namespace Calls.Media.Rtcp;

/// <summary>How the sender of this report receives others (RFC 3550 §6.4.2).</summary>
/// <param name="Sender">Who reports: an SSRC of its own, which may never send a packet.</param>
public readonly record struct ReceiverReport(uint Sender)
{
    private const int SenderBytes = 4;

    /// <summary>The length of a report with this many blocks.</summary>
    public static int BytesWith(int blocks) => RtcpPacket.HeaderBytes + SenderBytes + (blocks * ReportBlock.Bytes);

    /// <summary>Reads a report. False if the sub-packet is something else or shorter than it says.</summary>
    public static bool TryRead(RtcpPacket packet, out ReceiverReport report, out ReportBlocks blocks)
    {
        report = default;
        blocks = default;
        if (packet.Kind != RtcpKind.ReceiverReport || !ReportBlocks.TryRead(packet, SenderBytes, out blocks))
        {
            return false;
        }

        report = new ReceiverReport(BinaryPrimitives.ReadUInt32BigEndian(packet.Body));
        return true;
    }

    /// <summary>Writes the report and returns its length: <see cref="BytesWith"/>.</summary>
    public int Write(Span<byte> output, ReadOnlySpan<ReportBlock> blocks)
    {
        var bytes = BytesWith(blocks.Length);
        ReportBlocks.Write(output[(RtcpPacket.HeaderBytes + SenderBytes)..], blocks);
        RtcpPacket.WriteHeader(output, blocks.Length, RtcpPacket.ReceiverReportType, bytes);
        BinaryPrimitives.WriteUInt32BigEndian(output[4..], Sender);
        return bytes;
    }
}
