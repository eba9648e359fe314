using System.Buffers.Binary;
using System.Text;

namespace Calls.MediaClient;

/// <summary>RTP with Opus in it, as far as the service looks (RFC 3550 §5.1, RFC 6464).</summary>
internal static class VoicePacket
{
    private const int FixedHeaderBytes = 12;
    private const byte LoudVoice = 0x80 | 20; // speech, at −20 dBov

    /// <summary>The header of a packet with its audio level as the one extension.</summary>
    public static byte[] Header(ushort sequence, uint timestamp, uint ssrc)
    {
        var header = new byte[FixedHeaderBytes + 8];
        header[0] = 0x90; // version 2, with extension
        header[1] = VoiceOffer.OpusType;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(8), ssrc);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(12), 0xBEDE); // one-byte extensions
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(14), 1);      // words
        header[16] = VoiceOffer.LevelExtension << 4;
        header[17] = LoudVoice;
        return header;
    }

    public static int HeaderBytes(ReadOnlySpan<byte> packet)
    {
        var bytes = FixedHeaderBytes + (4 * (packet[0] & 15));
        return (packet[0] & 0x10) != 0 && bytes + 4 <= packet.Length
            ? bytes + 4 + (4 * BinaryPrimitives.ReadUInt16BigEndian(packet[(bytes + 2)..]))
            : bytes;
    }

    public static uint Ssrc(ReadOnlySpan<byte> packet) => BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);

    /// <summary>RTP and not RTCP, on a shared port (RFC 5761 §4).</summary>
    public static bool Is(ReadOnlySpan<byte> datagram) =>
        datagram.Length >= FixedHeaderBytes && (datagram[0] & 0xC0) == 0x80 && datagram[1] is not (>= 192 and <= 223);

    public static string Word(byte[] payload) => Encoding.UTF8.GetString(payload);
}
