using System.Buffers.Binary;

namespace Calls.Media.Rtp;

/// <summary>
/// A view of the header of an RTP packet (RFC 3550 §5.1) in the packet's own bytes. Everything it gives has been bounds-checked
/// by <see cref="TryRead"/>. The header of a protected packet is in the clear and can be read before the packet is opened; the
/// padding cannot, its count is the last byte of the payload: see <see cref="TryReadPayload"/>.
/// </summary>
public readonly ref struct RtpHeader
{
    /// <summary>A header without contributing sources and extensions.</summary>
    public const int FixedBytes = 12;

    private const int Version2 = 2;
    private const int PaddingFlag = 0x20;
    private const int ExtensionFlag = 0x10;
    private const int CsrcCountMask = 0x0f;
    private const int MarkerFlag = 0x80;
    private const int WordBytes = 4;

    private readonly ReadOnlySpan<byte> _header;

    private RtpHeader(ReadOnlySpan<byte> header, int extensionAt)
    {
        _header = header;
        Extensions = extensionAt == 0
            ? default
            : new RtpHeaderExtensions(ReadWord16(header, extensionAt), header[(extensionAt + WordBytes)..]);
    }

    /// <summary>The header's length, contributing sources and extensions included: where the payload begins.</summary>
    public int Bytes => _header.Length;

    /// <summary>True if the payload ends with padding, whose last byte says how much.</summary>
    public bool HasPadding => (_header[0] & PaddingFlag) != 0;

    /// <summary>For voice: the first packet after silence (RFC 3551 §4.1). For video: the last packet of a frame.</summary>
    public bool Marker => (_header[1] & MarkerFlag) != 0;

    /// <summary>Which codec, in the sender's numbering.</summary>
    public PayloadType PayloadType => new((byte)(_header[1] & PayloadType.Highest));

    /// <summary>The packet's number within its stream.</summary>
    public SequenceNumber Sequence => new(ReadWord16(_header, 2));

    /// <summary>When the payload's first sample was taken, on the codec's clock.</summary>
    public RtpTimestamp Timestamp => new(BinaryPrimitives.ReadUInt32BigEndian(_header[4..]));

    /// <summary>Which stream.</summary>
    public Ssrc Ssrc => new(BinaryPrimitives.ReadUInt32BigEndian(_header[8..]));

    /// <summary>The header extensions; none if the packet has no extension block or one of an unknown form.</summary>
    public RtpHeaderExtensions Extensions { get; }

    /// <summary>
    /// Reads the header at the start of a packet, protected or plain. False if the version is not 2 or the packet ends before
    /// its header does (row RTP1).
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out RtpHeader header)
    {
        header = default;
        if (packet.Length < FixedBytes || packet[0] >> 6 != Version2)
        {
            return false;
        }

        var bytes = FixedBytes + ((packet[0] & CsrcCountMask) * WordBytes);
        var extensionAt = 0;
        if ((packet[0] & ExtensionFlag) != 0)
        {
            extensionAt = bytes;
            bytes += WordBytes;
            if (packet.Length < bytes)
            {
                return false;
            }

            bytes += ReadWord16(packet, extensionAt + 2) * WordBytes;
        }

        if (packet.Length < bytes)
        {
            return false;
        }

        header = new RtpHeader(packet[..bytes], extensionAt);
        return true;
    }

    /// <summary>
    /// The payload of the plain packet that this header begins, its padding cut off. It may be empty, with or without padding:
    /// probes are. False if the padding count is zero or exceeds what follows the header (row RTP1).
    /// </summary>
    public bool TryReadPayload(ReadOnlySpan<byte> plainPacket, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (plainPacket.Length < Bytes)
        {
            return false;
        }

        payload = plainPacket[Bytes..];
        if (!HasPadding)
        {
            return true;
        }

        if (payload.IsEmpty || payload[^1] == 0 || payload[^1] > payload.Length)
        {
            payload = default;
            return false;
        }

        payload = payload[..^payload[^1]];
        return true;
    }

    private static ushort ReadWord16(ReadOnlySpan<byte> packet, int at) => BinaryPrimitives.ReadUInt16BigEndian(packet[at..]);
}
