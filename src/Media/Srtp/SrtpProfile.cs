namespace Calls.Media.Srtp;

/// <summary>
/// How packets are encrypted and authenticated, as agreed in the DTLS handshake (RFC 5764 §4.1.2, RFC 7714 §14.2; row DTLS6).
/// The MKI of RFC 3711 is never used.
/// </summary>
public sealed class SrtpProfile
{
    /// <summary>The length of a master key, and of the session keys for encryption.</summary>
    public const int MasterKeyBytes = 16;

    private SrtpProfile(ushort id, string openSslName, int masterSaltBytes, int tagBytes)
    {
        Id = id;
        OpenSslName = openSslName;
        MasterSaltBytes = masterSaltBytes;
        TagBytes = tagBytes;
    }

    /// <summary>AES-128 in Galois/counter mode: one pass, a 16-byte tag. The first choice.</summary>
    public static SrtpProfile AeadAes128Gcm { get; } = new(0x0007, "SRTP_AEAD_AES_128_GCM", masterSaltBytes: 12, tagBytes: 16);

    /// <summary>AES-128 in counter mode with an HMAC-SHA1 of 80 bits: for clients without GCM.</summary>
    public static SrtpProfile Aes128CmSha1 { get; } = new(0x0001, "SRTP_AES128_CM_SHA1_80", masterSaltBytes: 14, tagBytes: 10);

    /// <summary>The profile's number in the DTLS extension <c>use_srtp</c>.</summary>
    public ushort Id { get; }

    /// <summary>What OpenSSL calls it.</summary>
    public string OpenSslName { get; }

    /// <summary>The length of a master salt, and of the session salts.</summary>
    public int MasterSaltBytes { get; }

    /// <summary>The length of the tag on each packet; the same for RTP and RTCP.</summary>
    public int TagBytes { get; }

    /// <summary>The length of what DTLS exports: both keys, then both salts. 56 or 60 (row DTLS7).</summary>
    public int KeyingMaterialBytes => 2 * (MasterKeyBytes + MasterSaltBytes);

    /// <summary>What <see cref="SrtpContext.TryProtect"/> adds to a packet.</summary>
    public int RtpOverheadBytes => TagBytes;

    /// <summary>What <see cref="SrtcpContext.TryProtect"/> adds to a packet: the tag and the index word.</summary>
    public int RtcpOverheadBytes => TagBytes + SrtcpContext.IndexWordBytes;

    /// <inheritdoc/>
    public override string ToString() => OpenSslName;
}
