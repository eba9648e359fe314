using Calls.Media.Datagrams;
using Calls.Media.Ice;
using Calls.Media.Tests.Stun;

namespace Calls.Media.Tests.Ice;

public sealed class IceCredentialsTests
{
    [Fact]
    public void They_are_long_enough_and_made_of_ice_characters_ICE8()
    {
        var credentials = StunChecks.Credentials(1);

        Assert.True(credentials.Fragment.Length >= 8);
        Assert.True(credentials.Password.Length >= 24);
        Assert.All(credentials.Fragment + credentials.Password, c => Assert.True(char.IsAsciiLetterOrDigit(c) || c is '+' or '/'));
    }

    [Fact]
    public void The_fragments_first_character_names_the_thread_ICE8()
    {
        for (var thread = 0; thread < IceCredentials.ThreadsMax; thread++)
        {
            Assert.Equal(thread, IceCredentials.ThreadOf(StunChecks.Credentials(1, thread).FragmentBytes));
        }

        Assert.Equal(-1, IceCredentials.ThreadOf("?abc"u8));
        Assert.Equal(-1, IceCredentials.ThreadOf(default));
    }

    [Fact]
    public void Different_entropy_makes_different_credentials()
    {
        Assert.NotEqual(StunChecks.Credentials(1).Fragment, StunChecks.Credentials(2).Fragment);
        Assert.NotEqual(StunChecks.Credentials(1).Password, StunChecks.Credentials(2).Password);
    }

    [Fact]
    public void Candidates_stand_in_the_nodes_order_and_UDP_before_TCP_TCP1()
    {
        var address = TransportAddress.FromIPv4(0xC0000201, 8443);
        var candidates = IceCandidate.For([
            address, TransportAddress.FromIPv4(0xC0000201, 9), TransportAddress.FromIPv4(0xC0000201, 8443, TransportKind.Tcp)]);

        Assert.Equal("1 1 udp 2130706431 192.0.2.1 8443 typ host", candidates[0].ToString());
        Assert.Equal("3 1 tcp 2122317311 192.0.2.1 8443 typ host tcptype passive", candidates[2].ToString());
        Assert.True(candidates[0].Priority > candidates[1].Priority && candidates[1].Priority > candidates[2].Priority);
    }
}
