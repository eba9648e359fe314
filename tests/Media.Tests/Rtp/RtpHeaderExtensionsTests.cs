using Calls.Media.Rtp;

namespace Calls.Media.Tests.Rtp;

public sealed class RtpHeaderExtensionsTests
{
    [Theory]
    [InlineData("bede", "10aa2100bb00", "1:aa 2:00bb")]
    [InlineData("bede", "000010aa0030cc00", "1:aa 3:cc")]       // padding before, between, behind
    [InlineData("bede", "10aaf000000000", "1:aa")]              // id 15 stops
    [InlineData("bede", "10aa2f0102", "1:aa")]                  // 16 bytes announced, two there: ends, the first one holds
    [InlineData("bede", "13aabbcc", "")]
    [InlineData("bede", "00000000", "")]
    [InlineData("1000", "0101aa020010020bb0", "1:aa 2: 16:0bb0")]
    [InlineData("100f", "0001000001 01aa", "1: 1:aa")]          // the application's four bits mean nothing to us
    [InlineData("1000", "0101aa02", "1:aa")]                    // no length
    [InlineData("1000", "0101aa02ff00", "1:aa")]                // overruns
    [InlineData("1000", "ff0100f00101", "255:00 240:01")]       // 15 and above are ordinary ids here
    [InlineData("abcd", "10aa", "")]                            // an unknown form has no extensions
    public void Both_forms_are_read_and_an_overrun_ends_only_the_list_RTP2(string profile, string block, string expected)
    {
        var bytes = Convert.FromHexString(block.Replace(" ", "", StringComparison.Ordinal));
        var words = (bytes.Length + 3) / 4;
        var packet = Convert.FromHexString($"900000010000000200000003{profile}{words:x4}")
            .Concat(bytes).Concat(new byte[(words * 4) - bytes.Length]).Concat(new byte[] { 0x55 }).ToArray();

        Assert.True(RtpHeader.TryRead(packet, out var header));
        var found = new List<string>();
        foreach (var element in header.Extensions)
        {
            found.Add($"{element.Id}:{Convert.ToHexStringLower(element.Data)}");
        }

        Assert.Equal(expected, string.Join(' ', found));
        Assert.True(header.TryReadPayload(packet, out var payload));
        Assert.Equal(new byte[] { 0x55 }, payload.ToArray());
    }

    [Fact]
    public void A_packet_without_an_extension_block_has_none()
    {
        Assert.True(RtpHeader.TryRead(Convert.FromHexString("800000010000000200000003bede000110aa0000"), out var header));

        Assert.False(header.Extensions.TryFind(1, out _));
    }
}
