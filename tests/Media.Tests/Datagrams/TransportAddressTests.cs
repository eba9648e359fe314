using Calls.Media.Datagrams;

namespace Calls.Media.Tests.Datagrams;

public sealed class TransportAddressTests
{
    [Theory]
    [InlineData("192.0.2.1", true)]
    [InlineData("2001:db8::1", false)]
    [InlineData("::1", false)]
    [InlineData("0.0.0.0", true)]
    public void An_address_written_and_read_again_is_the_same(string ip, bool isIPv4)
    {
        Assert.True(TransportAddress.TryParse(ip, 8443, TransportKind.Udp, out var address));
        Span<byte> bytes = stackalloc byte[16];
        var written = address.WriteIp(bytes);

        Assert.Equal(isIPv4, address.IsIPv4);
        Assert.Equal(address.IpBytes, written);
        Assert.Equal(address, TransportAddress.From(bytes[..written], 8443));
        Assert.Equal(ip, address.IpText());
    }

    [Fact]
    public void An_IPv4_address_and_its_mapped_form_are_one_address()
    {
        Span<byte> mapped = stackalloc byte[16];
        var address = TransportAddress.FromIPv4(0xC0000201, 1);
        address.WriteIPv6(mapped);

        Assert.Equal(address, TransportAddress.From(mapped, 1));
    }

    [Fact]
    public void Port_and_transport_tell_addresses_apart()
    {
        var address = TransportAddress.FromIPv4(0xC0000201, 1);

        Assert.NotEqual(address, TransportAddress.FromIPv4(0xC0000201, 2));
        Assert.NotEqual(address, TransportAddress.FromIPv4(0xC0000201, 1, TransportKind.Tcp));
    }

    [Fact]
    public void Ten_thousand_neighbours_hardly_collide()
    {
        var hashes = new HashSet<int>();
        for (uint host = 0; host < 100; host++)
        {
            for (ushort port = 0; port < 100; port++)
            {
                hashes.Add(TransportAddress.FromIPv4(0x0A000000 + host, (ushort)(40_000 + port)).GetHashCode() & 0xF_FFFF);
            }
        }

        // Chance alone leaves about 9,950 of 10,000 distinct in a million buckets.
        Assert.True(hashes.Count > 9_800, $"{hashes.Count} distinct of 10,000");
    }

    [Fact]
    public void Comparing_and_hashing_allocate_nothing()
    {
        var address = TransportAddress.FromIPv4(0xC0000201, 1);
        var table = new Dictionary<TransportAddress, int> { [address] = 7 };
        var found = table[address];

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) { found += table[address]; }
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(7_007, found);
        Assert.Equal(0, allocated);
    }
}
