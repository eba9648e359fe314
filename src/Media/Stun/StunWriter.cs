using System.Buffers.Binary;
using Calls.Media.Datagrams;

namespace Calls.Media.Stun;

/// <summary>Writes one STUN message in place. The length field is right after every attribute.</summary>
public ref struct StunWriter
{
    private readonly Span<byte> _into;

    /// <summary>Begins a message.</summary>
    public StunWriter(Span<byte> into, StunMessageKind kind, scoped ReadOnlySpan<byte> transactionId)
    {
        _into = into;
        BinaryPrimitives.WriteUInt16BigEndian(into, (ushort)kind);
        BinaryPrimitives.WriteUInt32BigEndian(into[4..], StunReader.MagicCookie);
        transactionId.CopyTo(into[8..StunReader.HeaderBytes]);
        Bytes = StunReader.HeaderBytes;
        WriteLength();
    }

    /// <summary>Length of the message so far.</summary>
    public int Bytes { get; private set; }

    /// <summary>Appends an attribute, padded with zeros.</summary>
    public void Add(StunAttribute type, scoped ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(type, value.Length));
        WriteLength();
    }

    /// <summary>Appends the address a request came from (RFC 8489 §14.2).</summary>
    public void AddXorMappedAddress(TransportAddress address)
    {
        var value = Reserve(StunAttribute.XorMappedAddress, 4 + address.IpBytes);
        value[0] = 0;
        value[1] = address.IsIPv4 ? (byte)1 : (byte)2;
        BinaryPrimitives.WriteUInt16BigEndian(value[2..], (ushort)(address.Port ^ (StunReader.MagicCookie >> 16)));
        address.WriteIp(value[4..]);

        // The cookie, and for IPv6 the transaction id behind it, are the mask.
        for (var i = 4; i < value.Length; i++) { value[i] ^= _into[i]; }
        WriteLength();
    }

    /// <summary>Appends a refusal's number and, if there shall be one, its reason in ASCII.</summary>
    public void AddErrorCode(int code, scoped ReadOnlySpan<byte> reason)
    {
        var value = Reserve(StunAttribute.ErrorCode, 4 + reason.Length);
        value[..2].Clear();
        value[2] = (byte)(code / 100);
        value[3] = (byte)(code % 100);
        reason.CopyTo(value[4..]);
        WriteLength();
    }

    /// <summary>Appends the list of attributes that were not understood.</summary>
    public void AddUnknownAttributes(scoped ReadOnlySpan<ushort> types)
    {
        var value = Reserve(StunAttribute.UnknownAttributes, 2 * types.Length);
        for (var i = 0; i < types.Length; i++) { BinaryPrimitives.WriteUInt16BigEndian(value[(2 * i)..], types[i]); }
        WriteLength();
    }

    /// <summary>Signs all so far.</summary>
    public void AddIntegrity(scoped ReadOnlySpan<byte> password)
    {
        var before = _into[..Bytes];
        StunIntegrity.Compute(before, password, Reserve(StunAttribute.MessageIntegrity, StunIntegrity.ValueBytes));
        WriteLength();
    }

    /// <summary>Appends the fingerprint; nothing may follow.</summary>
    public void AddFingerprint()
    {
        var before = _into[..Bytes];
        var value = Reserve(StunAttribute.Fingerprint, StunFingerprint.ValueBytes);
        WriteLength();   // The length that the checksum covers counts the fingerprint itself.
        BinaryPrimitives.WriteUInt32BigEndian(value, StunFingerprint.Of(before));
    }

    private Span<byte> Reserve(StunAttribute type, int valueBytes)
    {
        var header = _into[Bytes..];
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)valueBytes);
        var paddedBytes = (valueBytes + 3) & ~3;
        var value = header.Slice(StunReader.AttributeHeaderBytes, paddedBytes);
        value[valueBytes..].Clear();
        Bytes += StunReader.AttributeHeaderBytes + paddedBytes;
        return value[..valueBytes];
    }

    private readonly void WriteLength() =>
        BinaryPrimitives.WriteUInt16BigEndian(_into[2..], (ushort)(Bytes - StunReader.HeaderBytes));
}
