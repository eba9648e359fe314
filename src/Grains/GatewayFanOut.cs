using Calls.Contracts.Gateways;

namespace Calls.Grains;

/// <summary>
/// The gateways that somebody here hears through: each event crosses the cluster once per gateway, and no turn waits for any.
/// A gateway that does not renew is forgotten, since an observer that is gone says nothing.
/// </summary>
internal sealed class GatewayFanOut(TimeProvider time)
{
    /// <summary>Gateways renew every 10 s; two lost renewals are forgiven.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromSeconds(25);

    private readonly Dictionary<GatewayId, Entry> _gateways = [];

    /// <summary>Those that are still heard of.</summary>
    public ImmutableArray<GatewaySubscription> Present
    {
        get
        {
            Forget();
            return [.. _gateways.Values.Select(entry => entry.Subscription)];
        }
    }

    /// <summary>The gateway is there.</summary>
    /// <returns>Whether it is new here.</returns>
    public bool Renew(GatewaySubscription gateway)
    {
        var isNew = !_gateways.ContainsKey(gateway.Gateway);
        _gateways[gateway.Gateway] = new Entry(gateway, time.GetTimestamp());
        return isNew;
    }

    /// <summary>The gateway has nobody any more who would listen.</summary>
    public void Remove(GatewayId gateway) => _gateways.Remove(gateway);

    public void Tell(News news) => Tell(news, []);

    /// <summary>Tells others, too; each gateway once.</summary>
    public void Tell(News news, ImmutableArray<GatewaySubscription> others)
    {
        var all = Present.UnionBy(others, subscription => subscription.Gateway).ToList();
        foreach (var subscription in all) { Send(subscription.Observer, news); }

        GrainTelemetry.Delivered(all.Count);
    }

    public void TellOne(GatewayId gateway, News news)
    {
        if (!_gateways.TryGetValue(gateway, out var entry)) { return; }

        Send(entry.Subscription.Observer, news);
        GrainTelemetry.Delivered(1);
    }

    private static void Send(IGatewayObserver observer, News news) => _ = observer.Tell(news);

    private void Forget()
    {
        foreach (var (gateway, entry) in _gateways)
        {
            if (time.GetElapsedTime(entry.HeardAt) >= ForgottenAfter) { _gateways.Remove(gateway); }
        }
    }

    private readonly record struct Entry(GatewaySubscription Subscription, long HeardAt);
}
