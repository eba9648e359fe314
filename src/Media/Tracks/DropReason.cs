namespace Calls.Media.Tracks;

/// <summary>Why a packet ended here.</summary>
public enum DropReason : byte
{
    /// <summary>Not STUN, and from an address that no authenticated check has proven (row DMX1).</summary>
    UnknownSource,

    /// <summary>Its first byte is no protocol's.</summary>
    Demux,

    /// <summary>STUN that is broken, unsigned, or not for us.</summary>
    StunBad,

    /// <summary>Its tag does not fit.</summary>
    SrtpAuth,

    /// <summary>Seen before, or too old to tell.</summary>
    Replay,

    /// <summary>Our own side would have used a number twice (row SRTP6).</summary>
    NonceGuard,

    /// <summary>Its session is muted.</summary>
    Muted,

    /// <summary>Its session may not publish that.</summary>
    NotPermitted,

    /// <summary>Digital silence, or a holder that has been quiet for long (row VOX6).</summary>
    Silent,

    /// <summary>Its voice holds no slot.</summary>
    NoSlot,

    /// <summary>It belongs to no line that was answered.</summary>
    Unbound,

    /// <summary>It breaks its own protocol's rules.</summary>
    Malformed,

    /// <summary>Its number has no place on the outgoing line any more (row RTP7).</summary>
    Late,

    /// <summary>Longer than a datagram may be.</summary>
    TooBig,

    /// <summary>It came before there were keys for it.</summary>
    NoKeys,
}
