using Calls.Contracts.Calls;
using Calls.Contracts.Gateways;
using Calls.Gateway.Signalling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Calls.Gateway.Channels;

/// <summary>
/// Tells every connection of this gateway when the workspace's word on who may start calls has changed. Each gateway tells its own as
/// soon as it knows: no grain is asked, and no channel.
/// </summary>
internal sealed class PolicyNews(
    CallsSwitch callsSwitch, SessionConnections sessions, IOptionsMonitor<GatewayOptions> options, TimeProvider time) : IHostedService, IDisposable
{
    private readonly Lock _lock = new();
    private string _told = "";
    private IDisposable? _listening;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _told = callsSwitch.Policy;
        _listening = options.OnChange(_ => Tell());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _listening?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _listening?.Dispose();

    // Any setting may have changed; and one change may be said more than once.
    private void Tell()
    {
        lock (_lock)
        {
            if (callsSwitch.Policy == _told) { return; }

            _told = callsSwitch.Policy;
            sessions.Deliver(new News(
                new Audience.Everyone(), time.GetUtcNow(), Seq: null, CallId: null, ChannelId: null, new CallEvent.StartPolicyChanged(_told)));
        }
    }
}
