using Calls.Media.Datagrams;
using Calls.Media.Stun;

namespace Calls.Media.Tests.Stun;

/// <summary>Row ICE3: refusals are limited by source.</summary>
public sealed class RefusalBudgetTests
{
    private const int PerSecond = 3;

    private static readonly MonotonicTime s_now = MonotonicTime.FromMilliseconds(5_000);

    private readonly RefusalBudget _budget = new(PerSecond);

    [Fact]
    public void A_source_gets_so_many_a_second_and_takes_none_from_another()
    {
        var (mallory, alice) = (Address("192.0.2.1", 1), Address("192.0.2.2", 1));

        Assert.Equal(PerSecond, Taken(mallory, 100, s_now));
        Assert.Equal(PerSecond, Taken(alice, 100, s_now + TimeSpan.FromMilliseconds(900)));
        Assert.Equal(PerSecond, Taken(mallory, 100, s_now + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void It_tells_beforehand_what_it_would_refuse_and_takes_nothing_by_that()
    {
        var (mallory, alice) = (Address("192.0.2.1", 1), Address("192.0.2.2", 1));
        Assert.False(_budget.IsUsedUp(mallory, s_now));

        Assert.Equal(PerSecond, Taken(mallory, 100, s_now));

        Assert.True(_budget.IsUsedUp(mallory, s_now));
        Assert.False(_budget.IsUsedUp(alice, s_now));
        Assert.False(_budget.IsUsedUp(mallory, s_now + TimeSpan.FromSeconds(1)));
        Assert.True(new RefusalBudget(0).IsUsedUp(alice, s_now));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    public void A_source_is_a_host_whatever_its_port_and_in_IPv6_its_whole_64(string one, string other, bool isSame)
    {
        Assert.Equal(PerSecond, Taken(Address(one, 1), 100, s_now));

        Assert.Equal(isSame ? 0 : PerSecond, Taken(Address(other, 2), 100, s_now));
    }

    [Fact]
    public void Ever_new_sources_are_counted_up_to_a_limit_and_those_that_are_counted_keep_their_share()
    {
        var alice = Address("192.0.2.1", 1);
        Assert.True(_budget.TryTake(alice, s_now));
        for (var i = 0u; i < 10 * RefusalBudget.SourcesMax; i++) { _budget.TryTake(TransportAddress.FromIPv4(0x0A000000 + i, 1), s_now); }

        Assert.False(_budget.TryTake(Address("192.0.2.2", 1), s_now));
        Assert.Equal(PerSecond - 1, Taken(alice, 100, s_now));
        Assert.True(_budget.TryTake(Address("192.0.2.2", 1), s_now + TimeSpan.FromSeconds(1)));
    }

    private int Taken(TransportAddress source, int tries, MonotonicTime at) =>
        Enumerable.Range(0, tries).Count(_ => _budget.TryTake(source, at));

    private static TransportAddress Address(string ip, ushort port) =>
        TransportAddress.TryParse(ip, port, TransportKind.Udp, out var address) ? address : throw new ArgumentException(ip);
}
