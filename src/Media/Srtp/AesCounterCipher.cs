using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Calls.Media.Rtp;

namespace Calls.Media.Srtp;

/// <summary>
/// AES-128 in counter mode with HMAC-SHA1 of 80 bits (RFC 3711 §4.1.1, §4.2.1): the compatibility profile, for clients without GCM.
/// </summary>
public sealed class AesCounterCipher : ISrtpCipher
{
    private const int SaltBytes = 14;
    private const int TogetherBytesMax = 1536;   // the longest datagram that is read or sent has 1,500

    private readonly AesKeySchedule _key;
    private readonly Vector128<byte> _salt;
    private readonly IncrementalHash _hmac;   // one per cipher and reset by each use, so that no packet allocates

    /// <summary>Expands the keys. Only where <see cref="IsSupported"/>.</summary>
    public AesCounterCipher(SrtpSessionKeys keys)
    {
        _key = AesKeySchedule.Expand(keys.EncryptionKey);
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, keys.AuthenticationKey);
        Span<byte> salt = stackalloc byte[AesKeySchedule.BlockBytes];
        salt.Clear();
        keys.Salt[..SaltBytes].CopyTo(salt);
        _salt = Vector128.Create((ReadOnlySpan<byte>)salt);
    }

    /// <summary>True if the processor has the instructions.</summary>
    public static bool IsSupported => AesKeySchedule.IsSupported && BitConverter.IsLittleEndian;

    /// <inheritdoc/>
    public void Seal(
        Ssrc ssrc,
        long index,
        ReadOnlySpan<byte> header,
        ReadOnlySpan<byte> trailer,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext,
        Span<byte> tag)
    {
        _key.XorKeystream(FirstCounter(ssrc, index), plaintext, ciphertext);
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        Authenticate(header, ciphertext[..plaintext.Length], trailer, digest);
        digest[..tag.Length].CopyTo(tag);
    }

    /// <inheritdoc/>
    public bool TryOpen(
        Ssrc ssrc,
        long index,
        ReadOnlySpan<byte> header,
        ReadOnlySpan<byte> trailer,
        Span<byte> text,
        ReadOnlySpan<byte> tag)
    {
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        Authenticate(header, text, trailer, digest);
        if (!CryptographicOperations.FixedTimeEquals(digest[..tag.Length], tag))
        {
            return false;
        }

        _key.XorKeystream(FirstCounter(ssrc, index), text, text);
        return true;
    }

    // Each call into the library costs more than hashing a voice packet does: what fits is put together first.
    [SkipLocalsInit]
    private void Authenticate(
        ReadOnlySpan<byte> header, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> trailer, Span<byte> digest)
    {
        Span<byte> together = stackalloc byte[TogetherBytesMax];
        if (header.Length + ciphertext.Length + trailer.Length <= TogetherBytesMax)
        {
            header.CopyTo(together);
            ciphertext.CopyTo(together[header.Length..]);
            trailer.CopyTo(together[(header.Length + ciphertext.Length)..]);
            _hmac.AppendData(together[..(header.Length + ciphertext.Length + trailer.Length)]);
        }
        else
        {
            _hmac.AppendData(header);
            _hmac.AppendData(ciphertext);
            _hmac.AppendData(trailer);
        }

        _hmac.GetHashAndReset(digest);
    }

    // The salt and two zero bytes, xor SSRC × 2^64, xor index × 2^16 (RFC 3711 §4.1.1). The low 16 bits count blocks.
    private Vector128<uint> FirstCounter(Ssrc ssrc, long index)
    {
        var first = (ulong)BinaryPrimitives.ReverseEndianness(ssrc.Value) << 32;
        var second = BinaryPrimitives.ReverseEndianness((ulong)index << 16);
        var block = Vector128.Create(first, second).AsByte() ^ _salt;
        return AesKeySchedule.ToBlock(block.AsUInt32()).AsUInt32();
    }
}
