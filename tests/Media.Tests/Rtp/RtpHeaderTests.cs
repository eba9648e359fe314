using Calls.Media.Rtp;

namespace Calls.Media.Tests.Rtp;

public sealed class RtpHeaderTests
{
    [Fact]
    public void A_header_with_sources_and_extensions_gives_its_fields_and_where_the_payload_begins()
    {
        var packet = Convert.FromHexString(
            "926f1234" + "00000064" + "cafebabe" + "11111111" + "22222222" + "bede0001" + "10853000" + "abcd");

        Assert.True(RtpHeader.TryRead(packet, out var header));
        Assert.True(header.TryReadPayload(packet, out var payload));

        Assert.Equal(28, header.Bytes);
        Assert.False(header.Marker);
        Assert.Equal(new PayloadType(0x6f), header.PayloadType);
        Assert.Equal(new SequenceNumber(0x1234), header.Sequence);
        Assert.Equal(new RtpTimestamp(100), header.Timestamp);
        Assert.Equal(new Ssrc(0xcafebabe), header.Ssrc);
        Assert.True(header.Extensions.TryFind(1, out var level));
        Assert.Equal("85", Convert.ToHexStringLower(level));
        Assert.Equal("abcd", Convert.ToHexStringLower(payload));
    }

    [Theory]
    [InlineData("", false, "")]                 // no padding flag, empty: legal
    [InlineData("aabb", false, "aabb")]
    [InlineData("aabb0002", true, "aabb")]
    [InlineData("00000003", true, "00")]
    [InlineData("00000004", true, "")]          // nothing but padding: a probe
    [InlineData("01", true, "")]
    [InlineData("aabb00", true, null)]          // a count of zero
    [InlineData("aabb05", true, null)]          // a count beyond the payload: it must not reach into the header
    [InlineData("", true, null)]                // a padding flag with no byte to say how much
    public void Padding_is_cut_off_or_refused_RTP1(string payload, bool padded, string? expected)
    {
        var packet = Convert.FromHexString((padded ? "a0" : "80") + "0000010000000200000003" + payload);

        Assert.True(RtpHeader.TryRead(packet, out var header));

        Assert.Equal(expected is not null, header.TryReadPayload(packet, out var plain));
        Assert.Equal(expected ?? "", Convert.ToHexStringLower(plain));
    }

    [Theory]
    [InlineData("40000001000000020000000300")]                  // version 1
    [InlineData("800000010000000200000")]
    [InlineData("81000001000000020000000311")]                  // a source that is cut off
    [InlineData("90000001000000020000000310")]                  // an extension header that is cut off
    [InlineData("900000010000000200000003bede00021000")]        // an extension block longer than the packet
    [InlineData("900000010000000200000003bedeffff")]
    public void A_header_that_is_not_whole_is_refused_RTP1(string packet) =>
        Assert.False(RtpHeader.TryRead(Convert.FromHexString(packet[..(packet.Length & ~1)]), out _));

    [Fact]
    public void A_plain_packet_shorter_than_its_header_has_no_payload()
    {
        Assert.True(RtpHeader.TryRead(Convert.FromHexString("800000010000000200000003aa"), out var header));

        Assert.False(header.TryReadPayload(new byte[11], out _));
    }
}
