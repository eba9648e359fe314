using System.Net;
using System.Net.Sockets;
using Calls.MediaNode.Sockets;
using Calls.MediaNode.Telemetry;

namespace Calls.MediaNode.Tests.Sockets;

public sealed class HostNamesTests
{
    private readonly Dictionary<string, string?> _addresses = new() { ["home.example"] = "203.0.113.7", ["office.example"] = "203.0.113.9" };

    [Fact]
    public async Task A_name_that_cannot_be_looked_up_now_keeps_its_address_while_the_others_are_renewed()
    {
        var names = new HostNames(LookUp);
        var options = new MediaNodeOptions { Port = 0, Addresses = "127.0.0.1", Advertise = "home.example, office.example, 198.51.100.2" };
        var found = NodeAddresses.FindAll(options, servesLocalhost: false, threads: 1, names).Single();

        _addresses["home.example"] = null;
        _addresses["office.example"] = "203.0.113.10";
        await names.Renew(default);

        Assert.Equal(
            ["203.0.113.7", "203.0.113.10", "198.51.100.2"],
            found.Renewed(options, names).Advertised.Select(address => address.IpText()));
    }

    [Fact]
    public async Task A_name_that_had_no_address_at_the_start_gets_one_when_it_has()
    {
        var names = new HostNames(LookUp);
        _addresses["home.example"] = null;
        Assert.Empty(names.Of("home.example"));

        _addresses["home.example"] = "203.0.113.7";
        await names.Renew(default);

        Assert.Equal([IPAddress.Parse("203.0.113.7")], names.Of("home.example"));
    }

    private Task<IPAddress[]> LookUp(string name, CancellationToken cancellation) => _addresses[name] is { } address
        ? Task.FromResult<IPAddress[]>([IPAddress.Parse(address)])
        : throw new SocketException((int)SocketError.TryAgain);
}
