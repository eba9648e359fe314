using System.Buffers.Binary;
using System.Security.Cryptography;
using Calls.Media.Rtp;
using Calls.Media.Srtp;
using Calls.Support;
using Xunit.Abstractions;

namespace Calls.Media.Tests.Srtp;

/// <summary>The fast path against the library's own AES-GCM.</summary>
public sealed class AesGcmCipherTests(ITestOutputHelper output)
{
    private const int TextBytesMax = 1600;
    private const int HeaderBytesMin = 12;
    private const int HeaderBytesMax = 89;

    [Fact]
    public void Every_length_and_header_size_seals_to_the_bytes_of_the_oracle_and_opens_again()
    {
        var random = Seeds.Random(output.WriteLine);
        var keys = new Keys(random);
        var (oracle, cipher) = (keys.Oracle(), keys.Cipher());
        var (header, plain) = (new byte[HeaderBytesMax + 4], new byte[TextBytesMax]);
        random.NextBytes(header);
        random.NextBytes(plain);

        for (var textBytes = 0; textBytes <= TextBytesMax; textBytes++)
        {
            // Every header size with every text up to two groups of the hash; beyond, each text with one of them.
            var headers = textBytes <= 530 ? HeaderBytesMax - HeaderBytesMin + 1 : 1;
            for (var turn = 0; turn < headers; turn++)
            {
                var headerBytes = HeaderBytesMin + ((textBytes + turn) % (HeaderBytesMax - HeaderBytesMin + 1));
                var trailerBytes = turn % 2 == 0 ? 0 : 4;
                var (ssrc, index) = (new Ssrc((uint)random.Next()), random.NextInt64(1L << 48));
                var associated = header.AsSpan(0, headerBytes + trailerBytes);
                var (expectedText, expectedTag) = (new byte[textBytes], new byte[16]);
                oracle.Encrypt(keys.Nonce(ssrc, index), plain.AsSpan(0, textBytes), expectedText, expectedTag, associated);

                var (text, tag) = (new byte[textBytes], new byte[16]);
                cipher.Seal(
                    ssrc, index, associated[..headerBytes], associated[headerBytes..], plain.AsSpan(0, textBytes), text, tag);
                var sealedAlike = text.AsSpan().SequenceEqual(expectedText) && tag.AsSpan().SequenceEqual(expectedTag);
                var opened = cipher.TryOpen(ssrc, index, associated[..headerBytes], associated[headerBytes..], text, tag);

                if (!sealedAlike || !opened || !text.AsSpan().SequenceEqual(plain.AsSpan(0, textBytes)))
                {
                    Assert.Fail($"text {textBytes}, header {headerBytes}, trailer {trailerBytes}: sealed {sealedAlike}, opened {opened}");
                }
            }
        }
    }

    [Fact]
    public void A_packet_over_4_KB_counts_its_blocks_beyond_one_byte()
    {
        var random = Seeds.Random(output.WriteLine);
        var keys = new Keys(random);
        var plain = new byte[9000];
        random.NextBytes(plain);
        var (expected, expectedTag) = (new byte[plain.Length], new byte[16]);
        keys.Oracle().Encrypt(keys.Nonce(new Ssrc(7), 7), plain, expected, expectedTag);

        var (text, tag) = (new byte[plain.Length], new byte[16]);
        keys.Cipher().Seal(new Ssrc(7), 7, default, default, plain, text, tag);

        Assert.Equal(expected, text);
        Assert.Equal(expectedTag, tag);
    }

    [Fact]
    public void A_refused_text_stays_as_it_came_SRTP9()
    {
        var keys = new Keys(Seeds.Random(output.WriteLine));
        var text = new byte[200];
        var before = text.ToArray();

        Assert.False(keys.Cipher().TryOpen(new Ssrc(1), 1, new byte[12], default, text, new byte[16]));

        Assert.Equal(before, text);
    }

    private sealed class Keys
    {
        private readonly byte[] _key = new byte[16];
        private readonly byte[] _salt = new byte[12];

        public Keys(Random random)
        {
            random.NextBytes(_key);
            random.NextBytes(_salt);
        }

        public AesGcm Oracle() => new(_key, 16);

        public AesGcmCipher Cipher() => new(new SrtpSessionKeys(_key, _salt, default));

        public byte[] Nonce(Ssrc ssrc, long index)
        {
            var nonce = new byte[12];
            BinaryPrimitives.WriteUInt32BigEndian(nonce.AsSpan(2), ssrc.Value);
            BinaryPrimitives.WriteUInt16BigEndian(nonce.AsSpan(6), (ushort)(index >> 32));
            BinaryPrimitives.WriteUInt32BigEndian(nonce.AsSpan(8), (uint)index);
            for (var at = 0; at < nonce.Length; at++)
            {
                nonce[at] ^= _salt[at];
            }

            return nonce;
        }
    }
}
