using System.Buffers.Binary;
using System.Security.Cryptography;
using Calls.Media.Rtp;
using Calls.Media.Srtp;
using Calls.MediaNode.Native;

namespace Calls.MediaNode.Srtp;

/// <summary>AES-128 in counter mode with HMAC-SHA1 by OpenSSL (RFC 3711 §4.1.1, §4.2.1).</summary>
internal sealed unsafe class EvpCounterCipher : ISrtpCipher
{
    private const int VectorBytes = 16;
    private const int SaltBytes = 14;

    private readonly EvpContext _keystream;
    private readonly IncrementalHash _hmac;
    private readonly byte[] _salt;

    public EvpCounterCipher(SrtpSessionKeys keys)
    {
        _keystream = new EvpContext(EvpCalls.Aes128Counter(), keys.EncryptionKey, encrypts: true);
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, keys.AuthenticationKey);
        _salt = keys.Salt[..SaltBytes].ToArray();
    }

    /// <inheritdoc/>
    public void Seal(
        Ssrc ssrc, long index, ReadOnlySpan<byte> header, ReadOnlySpan<byte> trailer,
        ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag)
    {
        Crypt(ssrc, index, plaintext, ciphertext);
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        Authenticate(header, ciphertext[..plaintext.Length], trailer, digest);
        digest[..tag.Length].CopyTo(tag);
    }

    /// <inheritdoc/>
    public bool TryOpen(
        Ssrc ssrc, long index, ReadOnlySpan<byte> header, ReadOnlySpan<byte> trailer, Span<byte> text, ReadOnlySpan<byte> tag)
    {
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        Authenticate(header, text, trailer, digest);
        if (!CryptographicOperations.FixedTimeEquals(digest[..tag.Length], tag)) { return false; }

        Crypt(ssrc, index, text, text);
        return true;
    }

    private void Crypt(Ssrc ssrc, long index, ReadOnlySpan<byte> from, Span<byte> into)
    {
        // The salt and two zero bytes, xor SSRC × 2^64, xor index × 2^16.
        Span<byte> vector = stackalloc byte[VectorBytes];
        vector.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(vector[4..], ssrc.Value);
        BinaryPrimitives.WriteUInt64BigEndian(vector[8..], (ulong)index << 16);
        for (var i = 0; i < SaltBytes; i++) { vector[i] ^= _salt[i]; }

        fixed (byte* start = vector, bytes = into)
        {
            _keystream.Restart(start);
            _keystream.Add(from, bytes);
        }
    }

    private void Authenticate(
        ReadOnlySpan<byte> header, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> trailer, Span<byte> digest)
    {
        _hmac.AppendData(header);
        _hmac.AppendData(ciphertext);
        _hmac.AppendData(trailer);
        _hmac.GetHashAndReset(digest);
    }
}
