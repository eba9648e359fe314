using Calls.Media.Rtp;
using Calls.Media.Srtp;
using Calls.MediaNode.Srtp;
using Calls.Support;

namespace Calls.MediaNode.Tests.Srtp;

/// <summary>Both engines give the same bytes, and open each other's.</summary>
public sealed class EvpSrtpEngineTests
{
    private static readonly ISrtpEngine s_evp = new EvpSrtpEngine();
    private static readonly ISrtpEngine s_intrinsics = new IntrinsicsEngine();

    [Fact]
    public void Both_engines_pass_the_self_test()
    {
        SrtpSelfTest.Run(s_evp);
        SrtpSelfTest.Run(s_intrinsics);
    }

    [Theory]
    [InlineData("SRTP_AEAD_AES_128_GCM")]
    [InlineData("SRTP_AES128_CM_SHA1_80")]
    public void Both_engines_give_the_same_bytes(string name)
    {
        var profile = new[] { SrtpProfile.AeadAes128Gcm, SrtpProfile.Aes128CmSha1 }.Single(one => one.OpenSslName == name);
        var random = Seeds.Random();
        for (var length = 0; length <= 1_600; length += random.Next(1, 24))
        {
            var keys = Keys(profile, random);
            var (evp, fast) = (keys.Create(s_evp, profile), keys.Create(s_intrinsics, profile));
            var header = Bytes(random, 12 + (4 * random.Next(0, 20)));
            var trailer = Bytes(random, random.Next(2) * 4);
            var text = Bytes(random, length);
            var index = random.NextInt64(1L << 48);
            var ssrc = new Ssrc((uint)random.NextInt64(1L << 32));

            var (one, other) = (new byte[length + profile.TagBytes], new byte[length + profile.TagBytes]);
            evp.Seal(ssrc, index, header, trailer, text, one.AsSpan(0, length), one.AsSpan(length));
            fast.Seal(ssrc, index, header, trailer, text, other.AsSpan(0, length), other.AsSpan(length));

            Assert.Equal(other, one);
            Assert.True(evp.TryOpen(ssrc, index, header, trailer, other.AsSpan(0, length), other.AsSpan(length)));
            Assert.Equal(text, other[..length]);
        }
    }

    [Theory]
    [InlineData("SRTP_AEAD_AES_128_GCM")]
    [InlineData("SRTP_AES128_CM_SHA1_80")]
    public void A_forged_packet_is_refused_and_not_touched(string name)   // SRTP9
    {
        var profile = new[] { SrtpProfile.AeadAes128Gcm, SrtpProfile.Aes128CmSha1 }.Single(one => one.OpenSslName == name);
        var random = Seeds.Random();
        var cipher = Keys(profile, random).Create(s_evp, profile);
        var header = Bytes(random, 12);
        var packet = new byte[100 + profile.TagBytes];
        cipher.Seal(new Ssrc(7), 9, header, default, Bytes(random, 100), packet.AsSpan(0, 100), packet.AsSpan(100));
        for (var bit = 0; bit < packet.Length * 8; bit++)
        {
            var forged = packet.ToArray();
            forged[bit / 8] ^= (byte)(1 << (bit % 8));
            var before = forged.ToArray();

            Assert.False(cipher.TryOpen(new Ssrc(7), 9, header, default, forged.AsSpan(0, 100), forged.AsSpan(100)));
            Assert.Equal(before, forged);
        }
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static SessionKeys Keys(SrtpProfile profile, Random random) => new(
        Bytes(random, 16), Bytes(random, profile.MasterSaltBytes), Bytes(random, profile == SrtpProfile.AeadAes128Gcm ? 0 : 20));

    private sealed record SessionKeys(byte[] Key, byte[] Salt, byte[] Authentication)
    {
        public ISrtpCipher Create(ISrtpEngine engine, SrtpProfile profile) =>
            engine.Create(profile, new SrtpSessionKeys(Key, Salt, Authentication));
    }
}
