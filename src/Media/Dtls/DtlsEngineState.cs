namespace Calls.Media.Dtls;

/// <summary>How far a DTLS association is.</summary>
public enum DtlsEngineState : byte
{
    /// <summary>Waiting for the peer's first or next flight.</summary>
    Handshaking,

    /// <summary>Both sides have the keys.</summary>
    Connected,

    /// <summary>The peer sent close_notify or a fatal alert (row DTLS8).</summary>
    ClosedByPeer,

    /// <summary>The handshake cannot succeed; see <see cref="DtlsEngineFailure"/>.</summary>
    Failed,

    /// <summary>Closed by us.</summary>
    Closed,
}

/// <summary>Why a handshake failed.</summary>
public enum DtlsEngineFailure : byte
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>The peer offered no SRTP protection profile that we have (row DTLS6).</summary>
    NoSrtpProfile,

    /// <summary>Anything else the protocol refuses: version, cipher, a missing or broken certificate, a broken message.</summary>
    Protocol,
}

/// <summary>SRTP protection profiles by their number on the wire (RFC 5764 §4.1.2, RFC 7714 §14.2).</summary>
public enum DtlsSrtpProfile : ushort
{
    /// <summary>None agreed.</summary>
    None = 0,

    /// <summary>SRTP_AES128_CM_HMAC_SHA1_80; OpenSSL calls it SRTP_AES128_CM_SHA1_80.</summary>
    Aes128CmHmacSha1Tag80 = 0x0001,

    /// <summary>SRTP_AEAD_AES_128_GCM, our first choice.</summary>
    AeadAes128Gcm = 0x0007,
}
