using System.Buffers.Binary;

namespace Calls.Media.Rtcp;

/// <summary>
/// The sub-packets of a compound RTCP packet (RFC 3550 §6.1), all bounds-checked by <see cref="TryRead"/>: afterwards
/// <c>foreach</c> cannot fail (row RTCP1).
/// </summary>
public readonly ref struct RtcpReader
{
    /// <summary>Sub-packets at most. A browser sends up to about ten; the limit keeps hostile ones cheap (row RTCP1).</summary>
    public const int PacketsMax = 32;

    private const int Version2 = 2;
    private const int PaddingFlag = 0x20;

    private readonly ReadOnlySpan<byte> _compound;

    private RtcpReader(ReadOnlySpan<byte> compound) => _compound = compound;

    /// <summary>
    /// Checks every sub-packet's version, length and padding. False if one is wrong, if they are too many or none, or if the first
    /// is no report and reduced size was not agreed.
    /// </summary>
    /// <param name="compound">The datagram, opened.</param>
    /// <param name="reducedSize">Was <c>rtcp-rsize</c> (RFC 5506) negotiated?</param>
    /// <param name="reader">The sub-packets.</param>
    public static bool TryRead(ReadOnlySpan<byte> compound, bool reducedSize, out RtcpReader reader)
    {
        reader = default;
        var rest = compound;
        var packets = 0;
        while (!rest.IsEmpty)
        {
            if (rest.Length < RtcpPacket.HeaderBytes || rest[0] >> 6 != Version2 || ++packets > PacketsMax)
            {
                return false;
            }

            var bytes = BytesOf(rest);
            if (bytes > rest.Length || ((rest[0] & PaddingFlag) != 0 && !IsPaddedWell(rest, bytes)))
            {
                return false;
            }

            rest = rest[bytes..];
        }

        if (packets == 0
            || (!reducedSize && compound[1] is not (RtcpPacket.SenderReportType or RtcpPacket.ReceiverReportType)))
        {
            return false;
        }

        reader = new RtcpReader(compound);
        return true;
    }

    /// <summary>All sub-packets, unknown ones too, in order.</summary>
    public Enumerator GetEnumerator() => new(_compound);

    private static int BytesOf(ReadOnlySpan<byte> packet) =>
        (BinaryPrimitives.ReadUInt16BigEndian(packet[2..]) + 1) * RtcpPacket.WordBytes;

    // Only the last one may be padded (RFC 3550 §6.4.1); the padding lies behind the header and says its own length.
    private static bool IsPaddedWell(ReadOnlySpan<byte> rest, int bytes) =>
        bytes == rest.Length && rest[^1] > 0 && rest[^1] <= bytes - RtcpPacket.HeaderBytes;

    /// <summary>Walks the sub-packets.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;

        internal Enumerator(ReadOnlySpan<byte> compound) => _rest = compound;

        /// <summary>The sub-packet last walked to.</summary>
        public RtcpPacket Current { get; private set; }

        /// <summary>Goes to the next sub-packet. False after the last.</summary>
        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            var packet = _rest[..BytesOf(_rest)];
            var padding = (packet[0] & PaddingFlag) != 0 ? packet[^1] : 0;
            Current = new RtcpPacket(packet[0], packet[1], packet[RtcpPacket.HeaderBytes..^padding]);
            _rest = _rest[packet.Length..];
            return true;
        }
    }
}
