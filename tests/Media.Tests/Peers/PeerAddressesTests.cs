using Calls.Media.Datagrams;
using Calls.Media.Ice;
using Calls.Media.Peers;

namespace Calls.Media.Tests.Peers;

public sealed class PeerAddressesTests
{
    private readonly PeerAddresses _addresses = new();
    private Retirements _retired = new([]);

    [Fact]
    public void With_no_room_left_the_address_proven_longest_ago_gives_way()
    {
        Prove(0);
        for (var i = 1; i < IceLimits.ProvenPairsMax; i++) { Prove(i); }

        Prove(0);
        Prove(100);
        Prove(101);

        Assert.Equal([Address(1), Address(2)], _retired.Addresses);
    }

    [Fact]
    public void The_address_that_media_goes_to_never_gives_way()
    {
        Prove(0);
        for (var i = 1; i < 3 * IceLimits.ProvenPairsMax; i++) { Prove(i, present: 0); }

        Assert.DoesNotContain(Address(0), _retired.Addresses);
        Assert.Equal(2 * IceLimits.ProvenPairsMax, _retired.Addresses.Count);
    }

    [Fact]
    public void At_the_end_all_are_retired_once()
    {
        for (var i = 0; i < 5; i++) { Prove(i % 3); }

        _addresses.RetireAll(ref _retired);
        _addresses.RetireAll(ref _retired);

        Assert.Equal([Address(0), Address(1), Address(2)], _retired.Addresses.OrderBy(address => address.Port));
    }

    private void Prove(int number, int present = -1) => _addresses.Prove(Address(number), Address(present), ref _retired);

    private static TransportAddress Address(int number) => TransportAddress.FromIPv4(0x0A000001, (ushort)(7_000 + number));

    private readonly struct Retirements(List<TransportAddress> addresses) : IPeerOutput
    {
        public List<TransportAddress> Addresses => addresses;

        public Span<byte> Lend(int bytesMax) => throw new NotSupportedException();

        public void Send(in Route route, int bytes) => throw new NotSupportedException();

        public void Emit(in PeerEvent news) => addresses.Add(news.Address);
    }
}
