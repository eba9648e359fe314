using Calls.Media.Datagrams;
using Calls.Media.Stun;

namespace Calls.Media.Tests.Stun;

public sealed class StunVectorTests
{
    [Fact]
    public void The_request_of_RFC_5769_is_read_and_its_signature_holds()
    {
        Assert.True(StunReader.TryRead(StunVectors.Request, out var message));

        Assert.Equal(StunMessageKind.BindingRequest, message.Kind);
        Assert.Equal("evtj:h6vY"u8, message.Username);
        Assert.Equal("evtj"u8, message.LocalFragment);
        Assert.True(message.HasFingerprint);
        Assert.True(message.IsFromControlled);
        Assert.False(message.UseCandidate);
        Assert.Equal(0, message.UnknownMandatoryCount);
        Assert.True(message.IsSignedWith(StunVectors.Password));
        Assert.False(message.IsSignedWith("VOkJxbRl1RmTxUk/WvJxBT"u8));
    }

    [Fact]
    public void The_responses_of_RFC_5769_are_read_and_their_signatures_hold()
    {
        foreach (var response in new[] { StunVectors.ResponseIPv4, StunVectors.ResponseIPv6 })
        {
            Assert.True(StunReader.TryRead(response, out var message));
            Assert.Equal(StunMessageKind.BindingSuccess, message.Kind);
            Assert.True(message.IsSignedWith(StunVectors.Password));
        }
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8:1234:5678:11:2233:4455:6677")]
    public void We_write_the_mapped_address_as_RFC_5769_does(string ip)
    {
        TransportAddress.TryParse(ip, 32853, TransportKind.Udp, out var address);
        Assert.True(StunReader.TryRead(address.IsIPv4 ? StunVectors.ResponseIPv4 : StunVectors.ResponseIPv6, out var theirs));
        Span<byte> into = stackalloc byte[128];

        var writer = new StunWriter(into, StunMessageKind.BindingSuccess, theirs.TransactionId);
        writer.AddXorMappedAddress(address);
        writer.AddIntegrity(StunVectors.Password);
        writer.AddFingerprint();

        Assert.True(StunReader.TryRead(into[..writer.Bytes], out var ours));
        Assert.Equal(theirs.XorMappedAddress, ours.XorMappedAddress);
        Assert.True(ours.IsSignedWith(StunVectors.Password));
        Assert.True(ours.HasFingerprint);
    }
}
