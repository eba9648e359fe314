namespace Calls.Media.Srtp;

/// <summary>What was derived from a master key for one kind of packet (RFC 3711 §4.3).</summary>
public readonly ref struct SrtpSessionKeys
{
    /// <summary>Names the keys.</summary>
    /// <param name="encryptionKey">16 bytes.</param>
    /// <param name="salt">12 bytes for GCM, 14 for counter mode.</param>
    /// <param name="authenticationKey">20 bytes for counter mode, none for GCM.</param>
    public SrtpSessionKeys(
        ReadOnlySpan<byte> encryptionKey, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> authenticationKey)
    {
        EncryptionKey = encryptionKey;
        Salt = salt;
        AuthenticationKey = authenticationKey;
    }

    /// <summary>The AES key.</summary>
    public ReadOnlySpan<byte> EncryptionKey { get; }

    /// <summary>The salt that goes into every initial vector.</summary>
    public ReadOnlySpan<byte> Salt { get; }

    /// <summary>The HMAC key; empty for GCM.</summary>
    public ReadOnlySpan<byte> AuthenticationKey { get; }
}
