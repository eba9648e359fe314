using System.Buffers.Binary;

namespace Calls.Media.Rtcp;

/// <summary>
/// The canonical name of one stream (RFC 3550 §6.5.1): streams of one name are played in sync. It goes with every report (row
/// RTCP3). What clients call themselves is not read: who somebody is is the control plane's matter.
/// </summary>
public static class SourceDescription
{
    /// <summary>A name's length at most: its length field has eight bits.</summary>
    public const int NameBytesMax = 255;

    private const byte CanonicalName = 1;
    private const int SourceBytes = 4;
    private const int ItemHeaderBytes = 2;
    private const int NameAt = RtcpPacket.HeaderBytes + SourceBytes + ItemHeaderBytes;

    /// <summary>The length of a description with a name of this length.</summary>
    public static int BytesWith(int nameBytes) => (NameAt + nameBytes + RtcpPacket.WordBytes) & ~(RtcpPacket.WordBytes - 1);

    /// <summary>Writes a description and returns its length: <see cref="BytesWith"/>.</summary>
    public static int Write(Span<byte> output, uint source, ReadOnlySpan<byte> name)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, NameBytesMax, nameof(name));
        var bytes = BytesWith(name.Length);
        output[..bytes].Clear();   // the list of items ends with zeros up to the next word, at least one
        RtcpPacket.WriteHeader(output, 1, RtcpPacket.SourceDescriptionType, bytes);
        BinaryPrimitives.WriteUInt32BigEndian(output[RtcpPacket.HeaderBytes..], source);
        output[NameAt - ItemHeaderBytes] = CanonicalName;
        output[NameAt - 1] = (byte)name.Length;
        name.CopyTo(output[NameAt..]);
        return bytes;
    }
}
