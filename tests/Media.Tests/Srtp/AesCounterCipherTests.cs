using System.Buffers.Binary;
using System.Security.Cryptography;
using Calls.Media.Rtp;
using Calls.Media.Srtp;
using Calls.Support;
using Xunit.Abstractions;

namespace Calls.Media.Tests.Srtp;

/// <summary>Counter mode against one written down from RFC 3711 §4.1.1 and §4.2.1 with the library's block cipher and HMAC.</summary>
public sealed class AesCounterCipherTests(ITestOutputHelper output)
{
    private const int TextBytesMax = 1600;
    private const int TagBytes = 10;

    [Fact]
    public void Every_length_seals_to_the_bytes_of_the_oracle_and_opens_again()
    {
        var random = Seeds.Random(output.WriteLine);
        var (key, salt, authenticationKey) = (Bytes(random, 16), Bytes(random, 14), Bytes(random, 20));
        var (header, trailer, plain) = (Bytes(random, 89), Bytes(random, 4), Bytes(random, TextBytesMax));
        var cipher = new AesCounterCipher(new SrtpSessionKeys(key, salt, authenticationKey));
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, authenticationKey);
        using var aes = Aes.Create();
        aes.SetKey(key);

        for (var textBytes = 0; textBytes <= TextBytesMax; textBytes++)
        {
            var (ssrc, index) = (new Ssrc((uint)random.Next()), random.NextInt64(1L << 48));
            var clear = header[..(12 + (textBytes % 78))];
            var expected = Xor(plain[..textBytes], Keystream(aes, salt, ssrc, index, textBytes));
            byte[] authenticated = [.. clear, .. expected, .. trailer];
            hmac.AppendData(authenticated);
            var expectedTag = hmac.GetHashAndReset()[..TagBytes];

            var (text, tag) = (new byte[textBytes], new byte[TagBytes]);
            cipher.Seal(ssrc, index, clear, trailer, plain.AsSpan(0, textBytes), text, tag);
            var sealedAlike = text.AsSpan().SequenceEqual(expected) && tag.AsSpan().SequenceEqual(expectedTag);
            var opened = cipher.TryOpen(ssrc, index, clear, trailer, text, tag);

            if (!sealedAlike || !opened || !text.AsSpan().SequenceEqual(plain.AsSpan(0, textBytes)))
            {
                Assert.Fail($"text {textBytes}, header {clear.Length}: sealed {sealedAlike}, opened {opened}");
            }
        }
    }

    // Block n is the cipher over (salt × 2^16) xor (SSRC × 2^64) xor (index × 2^16), plus n.
    private static byte[] Keystream(Aes aes, byte[] salt, Ssrc ssrc, long index, int bytes)
    {
        var blocks = new byte[(bytes + 15) / 16 * 16];
        for (var at = 0; at < blocks.Length; at += 16)
        {
            var block = blocks.AsSpan(at, 16);
            salt.CopyTo(block);
            BinaryPrimitives.WriteUInt32BigEndian(block[4..], BinaryPrimitives.ReadUInt32BigEndian(block[4..]) ^ ssrc.Value);
            var low = BinaryPrimitives.ReadUInt64BigEndian(block[8..]) ^ ((ulong)index << 16);
            BinaryPrimitives.WriteUInt64BigEndian(block[8..], low + (ulong)(at / 16));
        }

        return aes.EncryptEcb(blocks, PaddingMode.None);
    }

    private static byte[] Xor(byte[] text, byte[] keystream) =>
        [.. text.Select((value, at) => (byte)(value ^ keystream[at]))];

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
