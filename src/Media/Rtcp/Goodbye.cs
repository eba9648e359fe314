using System.Buffers.Binary;

namespace Calls.Media.Rtcp;

/// <summary>
/// Streams that have ended (RFC 3550 §6.6). We send it when a session closes, never on mute or switch: a track that ended stays
/// ended (row RTCP9). A reason given with it is not read.
/// </summary>
public readonly ref struct Goodbye
{
    /// <summary>Streams in one goodbye at most: the count has five bits.</summary>
    public const int SourcesMax = 31;

    private readonly ReadOnlySpan<byte> _sources;

    private Goodbye(ReadOnlySpan<byte> sources) => _sources = sources;

    /// <summary>How many streams have ended.</summary>
    public int Count => _sources.Length / RtcpPacket.WordBytes;

    /// <summary>One of their SSRCs.</summary>
    public uint this[int number] => BinaryPrimitives.ReadUInt32BigEndian(_sources[(number * RtcpPacket.WordBytes)..]);

    /// <summary>The length of a goodbye to this many streams.</summary>
    public static int BytesWith(int sources) => RtcpPacket.HeaderBytes + (sources * RtcpPacket.WordBytes);

    /// <summary>Reads a goodbye. False if the sub-packet is something else or shorter than it says.</summary>
    public static bool TryRead(RtcpPacket packet, out Goodbye goodbye)
    {
        var bytes = packet.Format * RtcpPacket.WordBytes;
        var isWhole = packet.Kind == RtcpKind.Goodbye && packet.Body.Length >= bytes;
        goodbye = isWhole ? new Goodbye(packet.Body[..bytes]) : default;
        return isWhole;
    }

    /// <summary>Writes a goodbye and returns its length: <see cref="BytesWith"/>.</summary>
    public static int Write(Span<byte> output, ReadOnlySpan<uint> sources)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sources.Length, SourcesMax, nameof(sources));
        var bytes = BytesWith(sources.Length);
        RtcpPacket.WriteHeader(output, sources.Length, RtcpPacket.GoodbyeType, bytes);
        for (var number = 0; number < sources.Length; number++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(output[(RtcpPacket.HeaderBytes + (number * RtcpPacket.WordBytes))..], sources[number]);
        }

        return bytes;
    }
}
