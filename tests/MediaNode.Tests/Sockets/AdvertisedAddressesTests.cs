using Calls.MediaNode.Sockets;
using Calls.MediaNode.Telemetry;

namespace Calls.MediaNode.Tests.Sockets;

/// <summary>What answers tell browsers to send to (S78).</summary>
public sealed class AdvertisedAddressesTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8::7, 203.0.113.7", "2001:db8::7 203.0.113.7")]
    [InlineData("[2001:db8::7]", "2001:db8::7")]
    [InlineData("203.0.113.7, 203.0.113.7", "203.0.113.7")]
    public void An_address_is_advertised_as_it_is_in_the_order_of_the_list_and_once_S78(string advertise, string expected) =>
        Assert.Equal(expected, Advertised(advertise));

    [Fact]
    public void A_host_name_stands_for_its_addresses_S78() => Assert.Equal("127.0.0.1 203.0.113.7", Advertised("localhost, 203.0.113.7", ipv6: false));

    [Theory]
    [InlineData("127.0.0.1=203.0.113.7")]
    [InlineData("10.9.8.7=198.51.100.9, 127.0.0.1=203.0.113.7")]
    [InlineData("localhost=203.0.113.7, [fd00::9]=[2001:db8::9]")]
    public void A_pair_advertises_its_outer_address_where_its_inner_one_is_bound_S78(string advertise) =>
        Assert.Equal("203.0.113.7", Advertised(advertise));

    [Theory]
    [InlineData("10.9.8.7=198.51.100.9")]
    [InlineData("no-such-host.invalid")]
    public void A_list_that_leaves_nothing_to_advertise_stops_the_start_and_says_so_S78(string advertise)
    {
        var problem = Assert.Throws<MediaNodeStartException>(() => Advertised(advertise));

        Assert.Contains($"Calls:Media:Advertise is {advertise};", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_advertised_address_has_the_port_that_is_bound_S78()
    {
        var found = Find("203.0.113.7, 127.0.0.1=198.51.100.2", ipv6: true);

        Assert.Equal([found.UdpPort, found.UdpPort], found.Advertised.Select(address => address.Port));
    }

    private static string Advertised(string advertise, bool ipv6 = true) =>
        string.Join(' ', Find(advertise, ipv6).Advertised.Select(address => address.IpText()));

    private static NodeAddresses Find(string advertise, bool ipv6) => NodeAddresses.FindAll(
        new MediaNodeOptions { Port = 0, Addresses = "127.0.0.1", Advertise = advertise, Ipv6 = ipv6 }, servesLocalhost: false, threads: 1).Single();
}
