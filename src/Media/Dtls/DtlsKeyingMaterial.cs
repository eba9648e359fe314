using System.Security.Cryptography;

namespace Calls.Media.Dtls;

/// <summary>
/// What a finished handshake yields for SRTP: client key, server key, client salt, server salt, in this order (RFC 5764
/// §4.2; row DTLS7). We are the server: the client's key opens what comes in, the server's seals what goes out.
/// </summary>
public sealed class DtlsKeyingMaterial
{
    /// <summary>Bytes of a master key, in both profiles.</summary>
    public const int KeyBytes = 16;

    private readonly byte[] _bytes;
    private readonly int _saltBytes;

    private DtlsKeyingMaterial(DtlsSrtpProfile profile, int saltBytes)
    {
        Profile = profile;
        _saltBytes = saltBytes;
        _bytes = new byte[2 * (KeyBytes + saltBytes)];
    }

    /// <summary>The profile the keys are for.</summary>
    public DtlsSrtpProfile Profile { get; }

    /// <summary>The master key of packets from the peer.</summary>
    public ReadOnlySpan<byte> ClientKey => _bytes.AsSpan(0, KeyBytes);

    /// <summary>The master key of packets to the peer.</summary>
    public ReadOnlySpan<byte> ServerKey => _bytes.AsSpan(KeyBytes, KeyBytes);

    /// <summary>The master salt of packets from the peer: 12 bytes (GCM) or 14 (CM).</summary>
    public ReadOnlySpan<byte> ClientSalt => _bytes.AsSpan(2 * KeyBytes, _saltBytes);

    /// <summary>The master salt of packets to the peer: 12 bytes (GCM) or 14 (CM).</summary>
    public ReadOnlySpan<byte> ServerSalt => _bytes.AsSpan((2 * KeyBytes) + _saltBytes, _saltBytes);

    /// <summary>Overwrites the keys; called when the cipher contexts have been made.</summary>
    public void Clear() => CryptographicOperations.ZeroMemory(_bytes);

    internal static DtlsKeyingMaterial? Export(IDtlsEngine engine)
    {
        var saltBytes = engine.SelectedSrtpProfile switch
        {
            DtlsSrtpProfile.AeadAes128Gcm => 12,
            DtlsSrtpProfile.Aes128CmHmacSha1Tag80 => 14,
            _ => 0,
        };
        if (saltBytes == 0) { return null; }

        var material = new DtlsKeyingMaterial(engine.SelectedSrtpProfile, saltBytes);
        return engine.TryExportKeyingMaterial(material._bytes) ? material : null;
    }
}
