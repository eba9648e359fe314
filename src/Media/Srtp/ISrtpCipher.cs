using Calls.Media.Rtp;

namespace Calls.Media.Srtp;

/// <summary>
/// The cipher of one direction and one kind of packet (RTP or RTCP), its session keys already set: the seam between the contexts,
/// which know numbers, windows and layout, and the engine that does the arithmetic. Used by one thread; allocates nothing.
/// <para>
/// The initial vector comes from stream and index alone and is the same rule for RTP and RTCP. For GCM it is 12 bytes: two zero
/// bytes, SSRC, 48-bit index, xor the session salt (RFC 7714 §8.1, §9.1). For counter mode it is 16 bytes: the salt and two
/// zero bytes, xor SSRC × 2^64, xor index × 2^16 (RFC 3711 §4.1.1).
/// </para>
/// <para>
/// Authenticated are header, text and trailer. GCM takes header and trailer, in that order, as associated data; counter mode
/// takes HMAC-SHA1 over header, ciphertext and trailer, cut to the tag's length.
/// </para>
/// </summary>
public interface ISrtpCipher
{
    /// <summary>Encrypts a text out of place and makes its tag.</summary>
    /// <param name="ssrc">The stream.</param>
    /// <param name="index">The packet's 48-bit index in the stream; for RTCP the 31-bit index. Never twice for one stream.</param>
    /// <param name="header">What stays in the clear.</param>
    /// <param name="trailer">Four more authenticated bytes, or none.</param>
    /// <param name="plaintext">What is encrypted. Does not overlap <paramref name="ciphertext"/>.</param>
    /// <param name="ciphertext">As long as the plaintext.</param>
    /// <param name="tag">As long as the profile's tag.</param>
    void Seal(
        Ssrc ssrc,
        long index,
        ReadOnlySpan<byte> header,
        ReadOnlySpan<byte> trailer,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext,
        Span<byte> tag);

    /// <summary>
    /// Checks the tag in constant time and only then decrypts the text in place (row SRTP9). False, and nothing is changed, if the
    /// tag does not fit.
    /// </summary>
    /// <param name="ssrc">The stream.</param>
    /// <param name="index">The packet's 48-bit index in the stream; for RTCP the 31-bit index.</param>
    /// <param name="header">What is in the clear.</param>
    /// <param name="trailer">Four more authenticated bytes, or none.</param>
    /// <param name="text">The ciphertext, replaced by the plaintext.</param>
    /// <param name="tag">The tag that came with it.</param>
    bool TryOpen(
        Ssrc ssrc,
        long index,
        ReadOnlySpan<byte> header,
        ReadOnlySpan<byte> trailer,
        Span<byte> text,
        ReadOnlySpan<byte> tag);
}
