using Calls.Media.Datagrams;

namespace Calls.Media.Tests.Datagrams;

public sealed class DatagramKindTests
{
    [Fact]
    public void The_first_byte_says_whose_protocol_it_is_DMX1()
    {
        for (var first = 0; first <= 255; first++)
        {
            var expected = first switch
            {
                <= 3 => DatagramKind.Stun,
                >= 20 and <= 63 => DatagramKind.Dtls,
                >= 128 and <= 191 => DatagramKind.Rtp,
                _ => DatagramKind.Unknown,
            };
            Assert.Equal(expected, DatagramKinds.Of([(byte)first, 111]));
        }
    }

    [Fact]
    public void Packet_types_64_to_95_are_control_packets_DMX1()
    {
        for (var second = 0; second <= 255; second++)
        {
            var expected = (second & 0x7F) is >= 64 and <= 95 ? DatagramKind.Rtcp : DatagramKind.Rtp;
            Assert.Equal(expected, DatagramKinds.Of([0x80, (byte)second]));
        }
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x80 })]
    public void A_datagram_too_short_to_tell_is_nobodys(byte[] datagram) =>
        Assert.Equal(DatagramKind.Unknown, DatagramKinds.Of(datagram));
}
