using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Calls.Benchmarks;

/// <summary>
/// Opens what a node sends to one client by the base class library alone (RFC 3711 §4.3, RFC 7714 §8): not a line of it is
/// shared with what is measured.
/// </summary>
internal sealed class IndependentSrtp : IDisposable
{
    private const int KeyBytes = 16;
    private const int SaltBytes = 12;
    private const int TagBytes = 16;

    private readonly AesGcm _cipher;
    private readonly byte[] _salt;

    /// <summary>Takes what DTLS exported for AEAD_AES_128_GCM: client key, server key, client salt, server salt.</summary>
    public IndependentSrtp(byte[] exported)
    {
        var key = exported.AsSpan(KeyBytes, KeyBytes);
        var salt = exported.AsSpan((2 * KeyBytes) + SaltBytes, SaltBytes);
        _cipher = new AesGcm(Derive(key, salt, 0)[..KeyBytes], TagBytes);
        _salt = Derive(key, salt, 2)[..SaltBytes];
    }

    public void Dispose() => _cipher.Dispose();

    /// <summary>The payload of a packet; throws if its tag does not fit.</summary>
    public byte[] Open(ReadOnlySpan<byte> packet, uint rollover)
    {
        var header = 12 + (4 * (packet[0] & 15));
        if ((packet[0] & 0x10) != 0) { header += 4 + (4 * BinaryPrimitives.ReadUInt16BigEndian(packet[(header + 2)..])); }

        var nonce = new byte[SaltBytes];
        packet.Slice(8, 4).CopyTo(nonce.AsSpan(2));
        BinaryPrimitives.WriteUInt32BigEndian(nonce.AsSpan(6), rollover);
        packet.Slice(2, 2).CopyTo(nonce.AsSpan(10));
        for (var i = 0; i < nonce.Length; i++) { nonce[i] ^= _salt[i]; }

        var payload = new byte[packet.Length - header - TagBytes];
        _cipher.Decrypt(nonce, packet[header..^TagBytes], packet[^TagBytes..], payload, packet[..header]);
        return payload;
    }

    private static byte[] Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, byte label)
    {
        using var aes = Aes.Create();
        aes.Key = key.ToArray();
        var block = new byte[16];
        salt.CopyTo(block);
        block[7] ^= label;
        return aes.EncryptEcb(block, PaddingMode.None);
    }
}
