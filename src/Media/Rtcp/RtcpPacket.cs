using System.Buffers.Binary;

namespace Calls.Media.Rtcp;

/// <summary>One sub-packet of a compound RTCP packet, where it lies (RFC 3550 §6.4).</summary>
public readonly ref struct RtcpPacket
{
    internal const int HeaderBytes = 4;
    internal const int WordBytes = 4;

    internal const byte SenderReportType = 200;
    internal const byte ReceiverReportType = 201;
    internal const byte SourceDescriptionType = 202;
    internal const byte GoodbyeType = 203;
    private const byte TransportFeedbackType = 205;
    private const byte PayloadFeedbackType = 206;

    private const byte VersionBits = 2 << 6;
    private const int FormatMask = 0x1f;
    private const int EstimateMarkAt = 8;   // behind the two SSRCs that every feedback message begins with

    internal RtcpPacket(byte first, byte type, ReadOnlySpan<byte> body)
    {
        Format = first & FormatMask;
        Body = body;
        Kind = KindOf(type, Format, body);
    }

    /// <summary>What it is.</summary>
    public RtcpKind Kind { get; }

    /// <summary>The header's five bits: a count of reports or sources, or a feedback format.</summary>
    public int Format { get; }

    /// <summary>What follows the 4-byte header, padding cut off.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>Writes a sub-packet's header.</summary>
    /// <param name="output">The sub-packet, header included.</param>
    /// <param name="format">A count or a format, 0 to 31.</param>
    /// <param name="type">The packet type.</param>
    /// <param name="bytes">The sub-packet's length, header included: a multiple of 4.</param>
    internal static void WriteHeader(Span<byte> output, int format, byte type, int bytes)
    {
        output[0] = (byte)(VersionBits | format);
        output[1] = type;
        BinaryPrimitives.WriteUInt16BigEndian(output[2..], (ushort)((bytes / WordBytes) - 1));
    }

    private static RtcpKind KindOf(byte type, int format, ReadOnlySpan<byte> body) => (type, format) switch
    {
        (SenderReportType, _) => RtcpKind.SenderReport,
        (ReceiverReportType, _) => RtcpKind.ReceiverReport,
        (SourceDescriptionType, _) => RtcpKind.SourceDescription,
        (GoodbyeType, _) => RtcpKind.Goodbye,
        (TransportFeedbackType, 1) => RtcpKind.Nack,
        (TransportFeedbackType, 15) => RtcpKind.TransportFeedback,
        (PayloadFeedbackType, 1) => RtcpKind.PictureLoss,
        (PayloadFeedbackType, 4) => RtcpKind.FullIntraRequest,
        (PayloadFeedbackType, 15) when IsEstimate(body) => RtcpKind.ReceiverEstimate,
        _ => RtcpKind.Unknown,
    };

    private static bool IsEstimate(ReadOnlySpan<byte> body) =>
        body.Length > EstimateMarkAt && body[EstimateMarkAt..].StartsWith("REMB"u8);
}
