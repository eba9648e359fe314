using System.Buffers.Binary;

namespace Calls.Media.Rtcp;

/// <summary>
/// What a stream has sent, and one instant on both its clocks, by which receivers align streams (RFC 3550 §6.4.1; row RTCP3).
/// </summary>
/// <param name="Sender">The stream's SSRC.</param>
/// <param name="Time">The instant on the sender's clock.</param>
/// <param name="Timestamp">The same instant on the media clock.</param>
/// <param name="Packets">Packets sent since the beginning.</param>
/// <param name="Octets">Payload bytes sent since the beginning, headers and padding not counted.</param>
public readonly record struct SenderReport(uint Sender, NtpTime Time, uint Timestamp, uint Packets, uint Octets)
{
    private const int InfoBytes = 24;   // the sender and its five words

    /// <summary>The length of a report with this many blocks.</summary>
    public static int BytesWith(int blocks) => RtcpPacket.HeaderBytes + InfoBytes + (blocks * ReportBlock.Bytes);

    /// <summary>Reads a report. False if the sub-packet is something else or shorter than it says.</summary>
    public static bool TryRead(RtcpPacket packet, out SenderReport report, out ReportBlocks blocks)
    {
        report = default;
        blocks = default;
        if (packet.Kind != RtcpKind.SenderReport || !ReportBlocks.TryRead(packet, InfoBytes, out blocks))
        {
            return false;
        }

        report = new SenderReport(
            BinaryPrimitives.ReadUInt32BigEndian(packet.Body),
            new NtpTime(BinaryPrimitives.ReadUInt64BigEndian(packet.Body[4..])),
            BinaryPrimitives.ReadUInt32BigEndian(packet.Body[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(packet.Body[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(packet.Body[20..]));
        return true;
    }

    /// <summary>Writes the report and returns its length: <see cref="BytesWith"/>.</summary>
    public int Write(Span<byte> output, ReadOnlySpan<ReportBlock> blocks)
    {
        var bytes = BytesWith(blocks.Length);
        ReportBlocks.Write(output[(RtcpPacket.HeaderBytes + InfoBytes)..], blocks);
        RtcpPacket.WriteHeader(output, blocks.Length, RtcpPacket.SenderReportType, bytes);
        BinaryPrimitives.WriteUInt32BigEndian(output[4..], Sender);
        BinaryPrimitives.WriteUInt64BigEndian(output[8..], Time.Value);
        BinaryPrimitives.WriteUInt32BigEndian(output[16..], Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(output[20..], Packets);
        BinaryPrimitives.WriteUInt32BigEndian(output[24..], Octets);
        return bytes;
    }
}
