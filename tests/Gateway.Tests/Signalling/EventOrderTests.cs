using Calls.Contracts.Calls;
using Calls.Contracts.Gateways;
using Calls.Contracts.Ids;
using Calls.Gateway.Signalling;
using Calls.Support;

namespace Calls.Gateway.Tests.Signalling;

public class EventOrderTests
{
    private static readonly DateTimeOffset Noon = ManualTime.DefaultStart;
    private readonly EventOrder _order = new();

    [Fact]
    public void An_event_that_overtook_another_waits_for_it()
    {
        _order.Begin(4, Noon);

        Assert.Empty(_order.Take(Event(6), Noon));
        Assert.Equal([5, 6], Numbers(_order.Take(Event(5), Noon)));
        Assert.Null(_order.Deadline);
    }

    [Fact]
    public void A_missing_event_is_passed_over_after_200_milliseconds()
    {
        _order.Begin(4, Noon);
        _order.Take(Event(6), Noon);
        _order.Take(Event(7), Noon.AddMilliseconds(100));

        Assert.Empty(_order.Elapse(Noon.AddMilliseconds(199)));
        Assert.Equal([6, 7], Numbers(_order.Elapse(Noon.AddMilliseconds(200))));
        Assert.Empty(_order.Take(Event(5), Noon.AddMilliseconds(201)));
    }

    [Fact]
    public void A_double_is_dropped()
    {
        _order.Begin(4, Noon);
        _order.Take(Event(5), Noon);

        Assert.Empty(_order.Take(Event(5), Noon));
        Assert.Empty(_order.Take(Event(3), Noon));
    }

    [Fact]
    public void What_comes_before_the_first_snapshot_waits_for_it()
    {
        Assert.Empty(_order.Take(Event(5), Noon));
        Assert.Empty(_order.Take(Event(7), Noon));

        Assert.Empty(_order.Begin(5, Noon));
        Assert.Equal([6, 7], Numbers(_order.Take(Event(6), Noon)));
    }

    [Fact]
    public void A_later_snapshot_takes_no_event_from_those_who_listen_already()
    {
        _order.Begin(4, Noon);
        _order.Begin(6, Noon);

        Assert.Equal([5], Numbers(_order.Take(Event(5), Noon)));
    }

    [Fact]
    public void In_whatever_order_they_come_they_leave_in_their_own()
    {
        var random = Seeds.Random();
        for (var round = 0; round < 200; round++)
        {
            var order = new EventOrder();
            order.Begin(0, Noon);
            var shuffled = Enumerable.Range(1, 30).ToArray();
            random.Shuffle(shuffled);

            Assert.Equal(Enumerable.Range(1, 30).Select(number => (long)number), shuffled.SelectMany(number => Numbers(order.Take(Event(number), Noon))));
        }
    }

    private static IEnumerable<long> Numbers(IEnumerable<News> news) => news.Select(one => one.Seq!.Value);

    private static News Event(long seq) => new(
        new Audience.Participants(new CallId("call_a")), Noon, seq, new CallId("call_a"), null,
        new CallEvent.Muted(new SessionId("sess_a"), null));
}
