using Calls.Media.Codecs;
using Calls.Media.Rtp;

namespace Calls.Media.Tests.Codecs;

public sealed class AudioCodecTests
{
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
