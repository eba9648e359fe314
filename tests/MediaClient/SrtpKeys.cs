using System.Security.Cryptography;

namespace Calls.MediaClient;

/// <summary>The session key and salt of one direction for AEAD_AES_128_GCM (RFC 3711 §4.3, RFC 7714 §11), by the base class library alone.</summary>
internal sealed record SrtpKeys(byte[] Key, byte[] Salt)
{
    private const int KeyBytes = 16;

    public const int SaltBytes = 12;

    /// <summary>Bytes that DTLS exports: client key, server key, client salt, server salt.</summary>
    public const int ExportedBytes = 2 * (KeyBytes + SaltBytes);

    public static SrtpKeys Client(byte[] exported) =>
        From(exported.AsSpan(0, KeyBytes), exported.AsSpan(2 * KeyBytes, SaltBytes));

    public static SrtpKeys Server(byte[] exported) =>
        From(exported.AsSpan(KeyBytes, KeyBytes), exported.AsSpan((2 * KeyBytes) + SaltBytes, SaltBytes));

    private static SrtpKeys From(ReadOnlySpan<byte> master, ReadOnlySpan<byte> salt) =>
        new(Derive(master, salt, 0), Derive(master, salt, 2)[..SaltBytes]);

    private static byte[] Derive(ReadOnlySpan<byte> master, ReadOnlySpan<byte> salt, byte label)
    {
        using var aes = Aes.Create();
        aes.Key = master.ToArray();
        var block = new byte[16];
        salt.CopyTo(block);
        block[7] ^= label;
        return aes.EncryptEcb(block, PaddingMode.None);
    }
}
