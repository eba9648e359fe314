using Calls.Contracts.Calls;
using Calls.Contracts.Channels;
using Calls.Contracts.Gateways;
using Calls.Contracts.Ids;
using Microsoft.Extensions.Logging;

namespace Calls.Gateway.Signalling;

/// <summary>
/// Where the news of all grains arrives, once for this gateway. An event that is missing when its successor has waited long
/// enough is passed over; a last event that was lost is noticed by the number told with the renewal, and read again.
/// </summary>
internal sealed class GatewayObserver : IGatewayObserver, IDisposable
{
    private readonly SessionConnections _sessions;
    private readonly TimeProvider _time;
    private readonly IGrainFactory _grains;
    private readonly ILogger<GatewayObserver> _log;
    private readonly ITimer _timer;
    private readonly Lazy<GatewaySubscription> _subscription;

    public GatewayObserver(SessionConnections sessions, TimeProvider time, IGrainFactory grains, ILogger<GatewayObserver> log)
    {
        _sessions = sessions;
        _time = time;
        _grains = grains;
        _log = log;
        _timer = time.CreateTimer(_ => Elapse(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        // Made at the first use: the grain host is not up when services are built.
        _subscription = new Lazy<GatewaySubscription>(() => new GatewaySubscription(
            new GatewayId(Guid.NewGuid().ToString("N")), grains.CreateObjectReference<IGatewayObserver>(this)));
    }

    /// <summary>How grains reach this gateway.</summary>
    public GatewaySubscription Subscription => _subscription.Value;

    public Task Tell(News news)
    {
        _sessions.Deliver(news);
        if (news.Seq is not null) { Elapse(); }

        // Whoever became a member hears the channel from now on.
        return news is { Audience: Audience.User, Event: CallEvent.MemberAdded { ChannelId: var channel } }
            ? _grains.GetGrain<IChannelGrain>(channel.Value).Watch(Subscription)
            : Task.CompletedTask;
    }

    public async Task TellProgress(CallId call, long seq)
    {
        if (_sessions.Behind(call, seq) is not { } last) { return; }

        try
        {
            foreach (var news in await _grains.GetGrain<ICallGrain>(call.Value).Missed(last)) { await Tell(news); }
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            GatewayLog.CatchUpFailed(_log, fault, call);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Elapse()
    {
        if (_sessions.Elapse() is not { } next) { return; }

        var wait = next - _time.GetUtcNow();
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
