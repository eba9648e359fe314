namespace Calls.Media.Stun;

/// <summary>Attribute types of the messages ICE uses. A type below 0x8000 must be understood by whoever receives it.</summary>
public enum StunAttribute : ushort
{
    /// <summary>The sender's address without the xor, of old agents.</summary>
    MappedAddress = 0x0001,

    /// <summary>Our fragment, a colon, theirs.</summary>
    Username = 0x0006,

    /// <summary>HMAC-SHA1 over all before it.</summary>
    MessageIntegrity = 0x0008,

    /// <summary>Why a request was refused.</summary>
    ErrorCode = 0x0009,

    /// <summary>Which mandatory attributes were not understood.</summary>
    UnknownAttributes = 0x000A,

    /// <summary>The SHA-256 kin of the above, of agents that may use either.</summary>
    MessageIntegritySha256 = 0x001C,

    /// <summary>The sender's address as we see it.</summary>
    XorMappedAddress = 0x0020,

    /// <summary>What priority a candidate learnt from this check would have.</summary>
    Priority = 0x0024,

    /// <summary>The controlling agent nominates this pair.</summary>
    UseCandidate = 0x0025,

    /// <summary>CRC-32 over all before it.</summary>
    Fingerprint = 0x8028,

    /// <summary>The sender believes to be controlled.</summary>
    IceControlled = 0x8029,

    /// <summary>The sender believes to be controlling.</summary>
    IceControlling = 0x802A,
}
