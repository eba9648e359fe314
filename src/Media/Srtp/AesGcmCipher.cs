using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using Calls.Media.Rtp;

namespace Calls.Media.Srtp;

/// <summary>
/// AES-128-GCM for SRTP (RFC 7714) by the processor's own AES and carry-less multiplication: an expanded key and 16 powers of the hash
/// key, 448 bytes, and no native call.
/// </summary>
public sealed class AesGcmCipher : ISrtpCipher
{
    private const int SaltBytes = 12;

    private readonly AesKeySchedule _key;
    private readonly GaloisHash _hash;
    private readonly Vector128<byte> _salt;

    /// <summary>Expands the keys. Only where <see cref="IsSupported"/>.</summary>
    public AesGcmCipher(SrtpSessionKeys keys)
    {
        _key = AesKeySchedule.Expand(keys.EncryptionKey);
        _hash = GaloisHash.Expand(_key.Encrypt(Vector128<byte>.Zero));
        Span<byte> salt = stackalloc byte[AesKeySchedule.BlockBytes];
        salt.Clear();
        keys.Salt[..SaltBytes].CopyTo(salt);
        _salt = Vector128.Create((ReadOnlySpan<byte>)salt);
    }

    /// <summary>True if the processor has the instructions.</summary>
    public static bool IsSupported => AesKeySchedule.IsSupported && GaloisHash.IsSupported;

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
        var counter = FirstCounter(ssrc, index);
        _key.XorKeystream(AfterTag(counter), plaintext, ciphertext);
        (TagMask(counter) ^ _hash.Hash(header, trailer, ciphertext[..plaintext.Length])).CopyTo(tag);
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
        var counter = FirstCounter(ssrc, index);
        var expected = TagMask(counter) ^ _hash.Hash(header, trailer, text);
        if (expected != Vector128.Create(tag))   // one comparison of 128 bits: takes the same time wherever they differ
        {
            return false;
        }

        _key.XorKeystream(AfterTag(counter), text, text);
        return true;
    }

    // Two zero bytes, SSRC, 48-bit index, xor salt; then the counter, 1 for the tag's mask and 2 for the text (RFC 7714 §8.1, §8.2).
    private Vector128<uint> FirstCounter(Ssrc ssrc, long index)
    {
        var first = BinaryPrimitives.ReverseEndianness(((ulong)ssrc.Value << 16) | (ulong)(index >> 32));
        var second = (1UL << 32) | BinaryPrimitives.ReverseEndianness(unchecked((uint)index));
        return (Vector128.Create(first, second).AsByte() ^ _salt).AsUInt32();
    }

    private static Vector128<uint> AfterTag(Vector128<uint> counter) => counter + Vector128.Create(0u, 0, 0, 1);

    private Vector128<byte> TagMask(Vector128<uint> counter) => _key.Encrypt(AesKeySchedule.ToBlock(counter));
}
