using System.Buffers.Binary;

namespace Calls.Media.Stun;

/// <summary>
/// A well-formed STUN message, read in place (row ICE1). Attributes behind MESSAGE-INTEGRITY are not part of it, but for
/// FINGERPRINT: nobody vouches for them (row ICE2). Of an attribute that comes twice, the first counts.
/// </summary>
public readonly ref struct StunReader
{
    /// <summary>Bytes before the first attribute.</summary>
    public const int HeaderBytes = 20;

    /// <summary>Type and length of an attribute.</summary>
    public const int AttributeHeaderBytes = 4;

    /// <summary>Longer datagrams are not read: checks have less than 200 bytes, and no Ethernet frame carries more.</summary>
    public const int MessageBytesMax = 1_500;

    /// <summary>How many unknown mandatory attributes a refusal lists; more are counted as one of these.</summary>
    public const int UnknownAttributesMax = 8;

    internal const uint MagicCookie = 0x2112_A442;
    internal const int TransactionBytes = 12;

    private readonly ReadOnlySpan<byte> _message;
    private readonly Places _places;

    private StunReader(ReadOnlySpan<byte> message, Places places)
    {
        _message = message;
        _places = places;
    }

    /// <summary>Method and class.</summary>
    public StunMessageKind Kind => (StunMessageKind)BinaryPrimitives.ReadUInt16BigEndian(_message);

    /// <summary>Length of the whole message.</summary>
    public int MessageBytes => _message.Length;

    /// <summary>The 12 bytes an answer repeats.</summary>
    public ReadOnlySpan<byte> TransactionId => _message.Slice(8, TransactionBytes);

    /// <summary>The whole USERNAME; empty if there is none.</summary>
    public ReadOnlySpan<byte> Username => Value(_places.Username);

    /// <summary>Our username fragment: what stands before the colon; empty if there is no USERNAME.</summary>
    public ReadOnlySpan<byte> LocalFragment
    {
        get
        {
            var username = Username;
            var colon = username.IndexOf((byte)':');
            return colon < 0 ? username : username[..colon];
        }
    }

    /// <summary>Is there a MESSAGE-INTEGRITY?</summary>
    public bool HasIntegrity => _places.Integrity != 0;

    /// <summary>Is there a FINGERPRINT? If so, it was right.</summary>
    public bool HasFingerprint => _places.HasFingerprint;

    /// <summary>Does the sender nominate this pair?</summary>
    public bool UseCandidate => _places.UseCandidate;

    /// <summary>Does the sender believe to be controlled, as we are?</summary>
    public bool IsFromControlled => _places.Controlled;

    /// <summary>How many attributes there are that must be understood and are not, up to <see cref="UnknownAttributesMax"/>.</summary>
    public int UnknownMandatoryCount => _places.UnknownCount;

    /// <summary>The value of XOR-MAPPED-ADDRESS as it stands; empty if there is none.</summary>
    public ReadOnlySpan<byte> XorMappedAddress => Value(_places.XorMapped);

    /// <summary>The number of ERROR-CODE, 300 to 699; 0 if there is none.</summary>
    public int ErrorCode
    {
        get
        {
            var value = Value(_places.Error);
            return value.Length < 4 ? 0 : ((value[2] & 7) * 100) + value[3];
        }
    }

    /// <summary>Reads a datagram. False if it is no STUN message, or a broken one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out StunReader message)
    {
        message = default;
        if (datagram.Length is < HeaderBytes or > MessageBytesMax || (datagram[0] & 0xC0) != 0) { return false; }
        if (BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) != MagicCookie) { return false; }

        var bytes = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        if (bytes % 4 != 0 || bytes != datagram.Length - HeaderBytes) { return false; }

        var places = default(Places);
        for (var at = HeaderBytes; at < datagram.Length;)
        {
            // The length is a multiple of 4 and so are all steps: there is room for this header.
            var type = (StunAttribute)BinaryPrimitives.ReadUInt16BigEndian(datagram[at..]);
            var valueBytes = BinaryPrimitives.ReadUInt16BigEndian(datagram[(at + 2)..]);
            var next = at + AttributeHeaderBytes + ((valueBytes + 3) & ~3);
            if (next > datagram.Length || places.HasFingerprint) { return false; }   // nothing may follow the fingerprint
            if (!Note(datagram, type, at, valueBytes, ref places)) { return false; }

            at = next;
        }

        message = new StunReader(datagram, places);
        return true;
    }

    /// <summary>Was the message signed with that password? False without MESSAGE-INTEGRITY.</summary>
    public bool IsSignedWith(ReadOnlySpan<byte> password) =>
        HasIntegrity && StunIntegrity.Verify(_message[.._places.Integrity], password, Value(_places.Integrity));

    /// <summary>Copies the types of the mandatory attributes that are not understood.</summary>
    public int CopyUnknownMandatory(Span<ushort> into)
    {
        ReadOnlySpan<ushort> unknown = _places.Unknown;
        unknown[..UnknownMandatoryCount].CopyTo(into);
        return UnknownMandatoryCount;
    }

    private static bool Note(ReadOnlySpan<byte> datagram, StunAttribute type, int at, int valueBytes, ref Places places)
    {
        if (type == StunAttribute.Fingerprint)
        {
            places.HasFingerprint = true;
            return valueBytes == StunFingerprint.ValueBytes
                && BinaryPrimitives.ReadUInt32BigEndian(datagram[(at + AttributeHeaderBytes)..]) == StunFingerprint.Of(datagram[..at]);
        }

        if (places.Integrity != 0) { return true; }

        switch (type)
        {
            case StunAttribute.MessageIntegrity:
                places.Integrity = at;
                return valueBytes == StunIntegrity.ValueBytes;
            case StunAttribute.Username:
                places.Username = places.Username == 0 ? at : places.Username;
                return true;
            case StunAttribute.XorMappedAddress:
                places.XorMapped = places.XorMapped == 0 ? at : places.XorMapped;
                return true;
            case StunAttribute.ErrorCode:
                places.Error = places.Error == 0 ? at : places.Error;
                return true;
            case StunAttribute.UseCandidate:
                places.UseCandidate = true;
                return true;
            case StunAttribute.IceControlled:
                places.Controlled = true;
                return true;
            default:
                if (IsMandatory(type) && places.UnknownCount < UnknownAttributesMax)
                {
                    places.Unknown[places.UnknownCount++] = (ushort)type;
                }

                return true;
        }
    }

    private static bool IsMandatory(StunAttribute type) => (ushort)type < 0x8000 && type is not
        (StunAttribute.MappedAddress or StunAttribute.MessageIntegritySha256 or StunAttribute.Priority
        or StunAttribute.UnknownAttributes);

    private ReadOnlySpan<byte> Value(int at) => at == 0
        ? default
        : _message.Slice(at + AttributeHeaderBytes, BinaryPrimitives.ReadUInt16BigEndian(_message[(at + 2)..]));

    /// <summary>Where each attribute begins; 0 if there is none.</summary>
    private struct Places
    {
        internal int Username;
        internal int Integrity;
        internal int XorMapped;
        internal int Error;
        internal int UnknownCount;
        internal bool HasFingerprint;
        internal bool UseCandidate;
        internal bool Controlled;
        internal UnknownTypes Unknown;
    }

    [System.Runtime.CompilerServices.InlineArray(UnknownAttributesMax)]
    private struct UnknownTypes
    {
        private ushort _first;
    }
}
