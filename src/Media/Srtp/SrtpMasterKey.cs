namespace Calls.Media.Srtp;

/// <summary>One direction's master key and salt, as they lie in what the DTLS handshake exported.</summary>
public readonly ref struct SrtpMasterKey
{
    /// <summary>Names a key and its salt.</summary>
    /// <param name="key"><see cref="SrtpProfile.MasterKeyBytes"/> bytes.</param>
    /// <param name="salt"><see cref="SrtpProfile.MasterSaltBytes"/> bytes.</param>
    public SrtpMasterKey(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt)
    {
        Key = key;
        Salt = salt;
    }

    /// <summary>The key.</summary>
    public ReadOnlySpan<byte> Key { get; }

    /// <summary>The salt.</summary>
    public ReadOnlySpan<byte> Salt { get; }

    /// <summary>
    /// Takes apart what the handshake exported: client key, server key, client salt, server salt (RFC 5764 §4.2; row DTLS7).
    /// What the client sends is opened with <paramref name="client"/>; the DTLS server seals with <paramref name="server"/>.
    /// </summary>
    /// <param name="profile">The profile agreed on.</param>
    /// <param name="exported">Exactly <see cref="SrtpProfile.KeyingMaterialBytes"/> bytes.</param>
    /// <param name="client">The DTLS client's sending direction.</param>
    /// <param name="server">The DTLS server's sending direction.</param>
    public static void Split(
        SrtpProfile profile, ReadOnlySpan<byte> exported, out SrtpMasterKey client, out SrtpMasterKey server)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentOutOfRangeException.ThrowIfNotEqual(exported.Length, profile.KeyingMaterialBytes, nameof(exported));
        var (key, salt) = (SrtpProfile.MasterKeyBytes, profile.MasterSaltBytes);
        client = new SrtpMasterKey(exported[..key], exported.Slice(2 * key, salt));
        server = new SrtpMasterKey(exported.Slice(key, key), exported.Slice((2 * key) + salt, salt));
    }
}
