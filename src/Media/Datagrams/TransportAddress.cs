using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Calls.Media.Datagrams;

/// <summary>
/// One end of a transport: IP address, port and what carries it, as a value of 24 bytes that is compared and hashed
/// without allocating. An IPv4 address is kept in its IPv6-mapped form (::ffff:a.b.c.d).
/// </summary>
public readonly struct TransportAddress : IEquatable<TransportAddress>
{
    /// <summary>Bytes of an IPv4 address.</summary>
    public const int IPv4Bytes = 4;

    /// <summary>Bytes of an IPv6 address.</summary>
    public const int IPv6Bytes = 16;

    private const ulong MappedPrefix = 0x0000_FFFFUL << 32;

    private readonly ulong _high;
    private readonly ulong _low;

    private TransportAddress(ulong high, ulong low, ushort port, TransportKind kind)
    {
        _high = high;
        _low = low;
        Port = port;
        Kind = kind;
    }

    /// <summary>The port, in the host's order.</summary>
    public ushort Port { get; }

    /// <summary>What carries datagrams to this address.</summary>
    public TransportKind Kind { get; }

    /// <summary>Is the address an IPv4 one, kept mapped?</summary>
    public bool IsIPv4 => _high == 0 && (_low & 0xFFFF_FFFF_0000_0000UL) == MappedPrefix;

    /// <summary>Is this the value of no address at all?</summary>
    public bool IsNone => _high == 0 && _low == 0 && Port == 0;

    /// <summary>The number of bytes that <see cref="WriteIp"/> writes: 4 or 16.</summary>
    public int IpBytes => IsIPv4 ? IPv4Bytes : IPv6Bytes;

    /// <summary>An address from 4 (IPv4) or 16 (IPv6, or IPv4 mapped) bytes in network order.</summary>
    /// <exception cref="ArgumentException"><paramref name="ip"/> has another length.</exception>
    public static TransportAddress From(ReadOnlySpan<byte> ip, ushort port, TransportKind kind = TransportKind.Udp) => ip.Length switch
    {
        IPv4Bytes => FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(ip), port, kind),
        IPv6Bytes => new(BinaryPrimitives.ReadUInt64BigEndian(ip), BinaryPrimitives.ReadUInt64BigEndian(ip[8..]), port, kind),
        _ => throw new ArgumentException("An IP address has 4 or 16 bytes.", nameof(ip)),
    };

    /// <summary>An IPv4 address from its number in the host's order: 127.0.0.1 is 0x7F000001.</summary>
    public static TransportAddress FromIPv4(uint ip, ushort port, TransportKind kind = TransportKind.Udp) =>
        new(0, MappedPrefix | ip, port, kind);

    /// <summary>An address from its text, such as 192.0.2.1 or 2001:db8::1. Scope ids are not kept.</summary>
    public static bool TryParse(ReadOnlySpan<char> ip, ushort port, TransportKind kind, out TransportAddress address)
    {
        address = default;
        Span<byte> bytes = stackalloc byte[IPv6Bytes];
        if (!IPAddress.TryParse(ip, out var parsed) || !parsed.TryWriteBytes(bytes, out var written)) { return false; }

        address = From(bytes[..written], port, kind);
        return true;
    }

    /// <summary>Writes the address in network order: 4 bytes for IPv4, else 16.</summary>
    public int WriteIp(Span<byte> into)
    {
        if (IsIPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(into, (uint)_low);
            return IPv4Bytes;
        }

        return WriteIPv6(into);
    }

    /// <summary>Writes 16 bytes in network order, an IPv4 address in its mapped form.</summary>
    public int WriteIPv6(Span<byte> into)
    {
        BinaryPrimitives.WriteUInt64BigEndian(into, _high);
        BinaryPrimitives.WriteUInt64BigEndian(into[8..], _low);
        return IPv6Bytes;
    }

    /// <summary>
    /// What limits per source count: the address without its port; of IPv6 only the first 64 bits, since every host has the other 64
    /// to itself.
    /// </summary>
    public TransportAddress Host => new(_high, IsIPv4 ? _low : 0, 0, TransportKind.Udp);

    /// <inheritdoc/>
    public bool Equals(TransportAddress other) =>
        _low == other._low && _high == other._high && Port == other.Port && Kind == other.Kind;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is TransportAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // Two multiplications and a fold: neighbouring hosts and ports land in different buckets of a power-of-two table.
        var mixed = (_low ^ ((ulong)Port << 48) ^ ((ulong)Kind << 40)) * 0x9E37_79B9_7F4A_7C15UL;
        mixed = (mixed ^ (mixed >> 32) ^ _high) * 0xD6E8_FEB8_6659_FD93UL;
        return (int)(mixed >> 32);
    }

    /// <summary>The IP address as text, for the answer's candidates and for people.</summary>
    public string IpText()
    {
        Span<byte> bytes = stackalloc byte[IPv6Bytes];
        return new IPAddress(bytes[..WriteIp(bytes)]).ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(IsIPv4 ? IpText() : $"[{IpText()}]")}:{Port}/{(Kind == TransportKind.Udp ? "udp" : "tcp")}");

    /// <summary>Same IP, port and transport?</summary>
    public static bool operator ==(TransportAddress left, TransportAddress right) => left.Equals(right);

    /// <summary>Different IP, port or transport?</summary>
    public static bool operator !=(TransportAddress left, TransportAddress right) => !left.Equals(right);
}
