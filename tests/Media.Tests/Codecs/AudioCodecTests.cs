using Calls.Media.Codecs;
using Calls.Media.Rtp;

namespace Calls.Media.Tests.Codecs;

public sealed class AudioCodecTests
{
    [Theory]
    [InlineData("85", true, 5)]
    [InlineData("7f", false, 127)]
    [InlineData("ff", true, 127)]
    [InlineData("0000", false, 0)]   // padded by its sender
    public void An_audio_level_is_a_bit_and_seven_bits(string data, bool isVoice, byte level)
    {
        Assert.True(AudioLevel.TryRead(Convert.FromHexString(data), out var read));

        Assert.Equal(new AudioLevel(isVoice, level), read);
        Assert.Equal(Convert.FromHexString(data)[0], read.Encoded);
    }

    [Fact]
    public void An_empty_audio_level_says_nothing() => Assert.False(AudioLevel.TryRead([], out _));

    [Theory]
    [InlineData("78aabb", 1, 960)]       // hybrid, 20 ms: what browsers send
    [InlineData("00aa", 1, 480)]         // SILK, 10 ms
    [InlineData("18aa", 1, 2880)]        // SILK, 60 ms
    [InlineData("80aa", 1, 120)]         // CELT, 2.5 ms
    [InlineData("98aa", 1, 960)]         // CELT, 20 ms
    [InlineData("79aabb", 2, 1920)]      // two equal frames
    [InlineData("7a01aabb", 2, 1920)]    // two frames
    [InlineData("7b06", 6, 5760)]        // six of 20 ms: 120 ms, the most there can be
    [InlineData("78", 1, 960)]           // nothing but the table of contents: silence
    public void An_Opus_packet_says_how_long_it_lasts(string payload, int frames, int ticks)
    {
        Assert.True(OpusPacket.TryRead(Convert.FromHexString(payload), out var packet));

        Assert.Equal(new OpusPacket(frames, ticks), packet);
    }

    [Theory]
    [InlineData("")]
    [InlineData("79aa")]      // two equal frames in an odd number of bytes
    [InlineData("7a")]
    [InlineData("7b")]        // a count that is missing
    [InlineData("7b00")]      // no frames
    [InlineData("7b07")]      // 140 ms
    public void What_breaks_the_rules_is_no_Opus_packet(string payload) =>
        Assert.False(OpusPacket.TryRead(Convert.FromHexString(payload), out _));

    // Two older blocks, 1,920 and 960 ticks back, of 2 and 3 bytes; then the primary.
    private const string Red = "ef1e0002" + "ef0f0003" + "6f" + "a1a2" + "b1b2b3" + "c1c2c3c4";

    [Fact]
    public void The_primary_block_is_what_a_receiver_without_RED_gets()
    {
        Assert.True(RedPayload.TryRead(Convert.FromHexString(Red), out var red));

        Assert.Equal(2, red.OlderBlocks);
        Assert.Equal(new PayloadType(0x6f), red.PrimaryType);
        Assert.Equal("c1c2c3c4", Convert.ToHexStringLower(red.Primary));
    }

    [Theory]
    [InlineData(1920, "e41e0002e40f000364a1a2b1b2b3c1c2c3c4")]
    [InlineData(1919, "e40f000364b1b2b3c1c2c3c4")]
    [InlineData(0, "64c1c2c3c4")]
    public void Blocks_from_before_a_switch_are_cut_and_types_are_the_receivers_VOX7(int ticksBackMax, string expected)
    {
        var output = new byte[64];

        Assert.True(RedPayload.TryRead(Convert.FromHexString(Red), out var red));

        var bytes = red.Write(new PayloadType(100), ticksBackMax, output);
        Assert.Equal(expected, Convert.ToHexStringLower(output.AsSpan(0, bytes)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ef1e00")]                       // a block header that is cut off
    [InlineData("ef1e0002")]                     // no primary header
    [InlineData("ef1e00026fa1")]                 // a block longer than the payload
    [InlineData("ef000000ef000000ef000000ef000000ef000000ef000000ef000000ef000000ef0000006f")]   // nine blocks
    public void A_RED_payload_that_overruns_is_refused(string payload) =>
        Assert.False(RedPayload.TryRead(Convert.FromHexString(payload), out _));
}
