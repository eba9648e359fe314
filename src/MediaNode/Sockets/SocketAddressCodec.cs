using System.Buffers.Binary;
using Calls.Media.Datagrams;
using Calls.MediaNode.Native;

namespace Calls.MediaNode.Sockets;

/// <summary>Our addresses as the system's <c>sockaddr</c>, and back.</summary>
internal static unsafe class SocketAddressCodec
{
    public const int IPv4Bytes = 16;
    public const int IPv6Bytes = 28;

    /// <summary>Writes a <c>sockaddr_in</c> or <c>sockaddr_in6</c>; returns its length.</summary>
    public static int Write(in TransportAddress address, byte* into)
    {
        *(ushort*)into = (ushort)(address.IsIPv4 ? SocketCalls.AddressFamilyIPv4 : SocketCalls.AddressFamilyIPv6);
        *(ushort*)(into + 2) = BinaryPrimitives.ReverseEndianness(address.Port);
        if (address.IsIPv4)
        {
            address.WriteIp(new Span<byte>(into + 4, TransportAddress.IPv4Bytes));
            *(ulong*)(into + 8) = 0;
            return IPv4Bytes;
        }

        *(uint*)(into + 4) = 0;
        address.WriteIPv6(new Span<byte>(into + 8, TransportAddress.IPv6Bytes));
        *(uint*)(into + 24) = 0;
        return IPv6Bytes;
    }

    public static TransportAddress Read(byte* from)
    {
        var port = BinaryPrimitives.ReverseEndianness(*(ushort*)(from + 2));
        return *(ushort*)from == SocketCalls.AddressFamilyIPv4
            ? TransportAddress.FromIPv4(BinaryPrimitives.ReverseEndianness(*(uint*)(from + 4)), port)
            : TransportAddress.From(new ReadOnlySpan<byte>(from + 8, TransportAddress.IPv6Bytes), port);
    }
}
