namespace Calls.Media.Peers;

/// <summary>Why a session's media is over.</summary>
public enum DisconnectReason : byte
{
    /// <summary>The control plane closed it.</summary>
    Closed,

    /// <summary>The peer said goodbye, as a page reload does.</summary>
    ClosedByPeer,

    /// <summary>No authenticated check for <see cref="Ice.IceLimits.StalledGrace"/>.</summary>
    ConsentExpired,

    /// <summary>Reserved, and no offer came.</summary>
    ReservationExpired,

    /// <summary>Answered, and within <see cref="PeerLimits.ConnectTimeout"/> no media could flow.</summary>
    NeverConnected,

    /// <summary>The peer's certificate is not the one its offer named.</summary>
    FingerprintMismatch,

    /// <summary>The peer offered no SRTP profile that we have.</summary>
    NoSrtpProfile,

    /// <summary>The handshake with the peer failed or took too long.</summary>
    DtlsFailed,

    /// <summary>A key has protected as much as it may.</summary>
    KeyExhausted,

    /// <summary>The node's drain deadline passed.</summary>
    Drained,

    /// <summary>A limit was reached.</summary>
    Limit,

    /// <summary>A fault in the node, which cost this session only.</summary>
    InternalError,
}
