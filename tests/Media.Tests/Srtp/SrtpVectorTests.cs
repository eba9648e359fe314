using Calls.Media.Datagrams;
using Calls.Media.Rtp;
using Calls.Media.Srtp;

namespace Calls.Media.Tests.Srtp;

/// <summary>The published test vectors: RFC 7714 §16 and §17, RFC 3711 appendix B, and libsrtp's reference packets.</summary>
public sealed class SrtpVectorTests
{
    private const string GcmKey = "000102030405060708090a0b0c0d0e0f";
    private const string GcmSalt = "517569642070726f2071756f";   // "Quid pro quo"

    private const string Rtp = "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e69732064697669736120696e207061727465"
        + "732074726573";

    private const string GcmRtp = "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b"
        + "36de3adf8833899d7f27beb16a9152cf765ee4390cce";

    private const string Rtcp = "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeef"
        + "deadbeefdeadbeef";

    private const string GcmRtcp = "81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b46"
        + "86303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4";

    private const string GcmRtcpInTheClear = "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeef"
        + "deadbeefdeadbeefdeadbeefdeadbeef841dd9683dd78ec92ae58790125f62b3000005d4";

    private const string MasterKey = "e1f97a0d3e018be0d64fa32c06de4139";
    private const string MasterSalt = "0ec675ad498afeebb6960b3aabe6";

    [Fact]
    public void Sealing_gives_the_packet_of_RFC_7714_section_16()
    {
        var output = new byte[128];
        var packet = Hex(Rtp);

        Assert.True(Gcm().TryProtect(packet.AsSpan(0, 12), packet.AsSpan(12), output, out var length, out _));

        Assert.Equal(GcmRtp, ToHex(output, length));
    }

    [Fact]
    public void Opening_gives_the_packet_of_RFC_7714_section_16()
    {
        var packet = Hex(GcmRtp);

        Assert.True(Gcm().TryUnprotect(packet, MonotonicTime.Zero, out var length, out var failure));

        Assert.Equal(SrtpFailure.None, failure);
        Assert.Equal(Rtp, ToHex(packet, length));
    }

    [Fact]
    public void Sealing_gives_the_text_and_tag_of_RFC_7714_section_17()
    {
        var packet = Hex(Rtcp);
        var protectedPacket = Hex(GcmRtcp);
        var text = new byte[packet.Length - 8];
        var tag = new byte[16];

        GcmCipher().Seal(
            new Ssrc(0x4d617273), 0x5d4, packet.AsSpan(0, 8), protectedPacket.AsSpan(^4), packet.AsSpan(8), text, tag);

        Assert.Equal(ToHex(protectedPacket[8..^4], text.Length + tag.Length), ToHex([.. text, .. tag], text.Length + tag.Length));
    }

    [Fact]
    public void Opening_gives_the_packet_of_RFC_7714_section_17()
    {
        var packet = Hex(GcmRtcp);

        Assert.True(GcmControl().TryUnprotect(packet, MonotonicTime.Zero, out var length, out _));

        Assert.Equal(Rtcp, ToHex(packet, length));
    }

    [Fact]
    public void The_unencrypted_packet_of_RFC_7714_section_17_is_refused_SRTP8()
    {
        Assert.False(GcmControl().TryUnprotect(Hex(GcmRtcpInTheClear), MonotonicTime.Zero, out _, out var failure));

        Assert.Equal(SrtpFailure.NotEncrypted, failure);
    }

    [Theory]
    [InlineData(0, "c61e7a93744f39ee10734afe3ff7a087")]
    [InlineData(1, "cebe321f6ff7716b6fd4ab49af256a156d38baa4")]
    [InlineData(2, "30cbbc08863d8c85d49db34a9ae1")]
    public void Session_keys_are_those_of_RFC_3711_appendix_B3_SRTP1(byte label, string expected)
    {
        var key = new byte[expected.Length / 2];

        SrtpKeyDerivation.Derive(new SrtpMasterKey(Hex(MasterKey), Hex(MasterSalt)), label, key);

        Assert.Equal(expected, ToHex(key, key.Length));
    }

    [Theory]
    [InlineData(0, "e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab41e95b3bb0a2e8dd477901e4fca894c0")]
    [InlineData(0xfeff, "ec8cdf7398607cb0f2d21675ea9ea1e4362b7c3c6773516318a077d7fc5073ae6a2cc3787889374fbeb4c81b17ba6c44")]
    public void The_keystream_is_that_of_RFC_3711_appendix_B2(int block, string expected)
    {
        var cipher = new AesCounterCipher(
            new SrtpSessionKeys(Hex("2b7e151628aed2a6abf7158809cf4f3c"), Hex("f0f1f2f3f4f5f6f7f8f9fafbfcfd"), new byte[20]));
        var keystream = new byte[(block + 3) * 16];

        cipher.Seal(new Ssrc(0), 0, default, default, new byte[keystream.Length], keystream, new byte[10]);

        Assert.Equal(expected, Convert.ToHexStringLower(keystream.AsSpan(block * 16)));
    }

    [Fact]
    public void Sealing_in_counter_mode_gives_libsrtps_reference_packets()
    {
        var master = new SrtpMasterKey(Hex(MasterKey), Hex(MasterSalt));
        var rtp = new SrtpContext(SrtpProfile.Aes128CmSha1, master, new IntrinsicsEngine(), SrtpLimits.Default);
        var rtcp = new SrtcpContext(SrtpProfile.Aes128CmSha1, master, new IntrinsicsEngine(), SrtpLimits.Default);
        var output = new byte[128];

        Assert.True(rtp.TryProtect(
            Hex("800f1234decafbadcafebabe"), Hex("abababababababababababababababab"), output, out var length, out _));
        Assert.Equal("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb", ToHex(output, length));

        Assert.True(rtcp.TryProtect(Hex("81c8000bcafebabeabababababababababababababababab"), output, out length, out _));
        Assert.Equal(
            "81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798", ToHex(output, length));
    }

    private static AesGcmCipher GcmCipher() => new(new SrtpSessionKeys(Hex(GcmKey), Hex(GcmSalt), default));

    private static SrtpContext Gcm() => new(SrtpProfile.AeadAes128Gcm, GcmCipher(), SrtpLimits.Default);

    private static SrtcpContext GcmControl() => new(SrtpProfile.AeadAes128Gcm, GcmCipher(), SrtpLimits.Default);

    private static byte[] Hex(string text) => Convert.FromHexString(text);

    private static string ToHex(byte[] bytes, int length) => Convert.ToHexStringLower(bytes.AsSpan(0, length));
}
