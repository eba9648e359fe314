using System.Runtime;
using Calls.Media.Peers;
using Calls.MediaNode.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Calls.MediaNode.Control;

/// <summary>Starts the node with its host, and ends it with a goodbye to everybody.</summary>
internal sealed class MediaNodeService(
    LocalMediaNode node,
    MediaNodeRuntime runtime,
    MediaNodeMetrics metrics,
    MediaNodeOptions options,
    EventBacklog backlog,
    Heartbeat heartbeat,
    EventReports reports,
    TimeProvider time,
    ILogger<MediaNodeService> log) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan s_lookAgainAfter = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_farewellPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_startAgainAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_renewAddressesEvery = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Is the path warm, and do all threads run?</summary>
    public bool IsReady { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.Watch(runtime.Loops, backlog, runtime.Srtp.Name);
        // A pause of the collector stops the media threads in managed code: it shall avoid long ones while calls run.
        GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
        runtime.Start(node.Identity);
        return Task.CompletedTask;
    }

    // The control plane may be this very process: it answers once everything has started.
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _running = Run();
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        IsReady = false;
        if (options.ControlPlane.Length > 0) { await Drain(cancellationToken); }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var sessions = runtime.Loops.Sessions;
        await node.CloseAll(DisconnectReason.Drained);
        if (options.ControlPlane.Length > 0) { await TellTheEnd(cancellationToken); }

        await _stopping.CancelAsync();
        await _running;
        runtime.Loops.Stop();
        log.Stopped(sessions);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    // A node of its own tells its control plane, which moves the calls to another one; nobody is cut off in mid-word.
    private async Task Drain(CancellationToken cancellationToken)
    {
        node.StopTaking();
        try
        {
            while (node.HasSessions && node.State != Calls.Contracts.MediaNodes.NodeState.Drained)
            {
                await Task.Delay(s_lookAgainAfter, time, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host's patience is over: the rest is cut short.
        }
    }

    // Else the control plane would have to wait for missing heartbeats to learn that sessions have ended.
    private async Task TellTheEnd(CancellationToken cancellationToken)
    {
        node.FinishDrain();
        var since = time.GetTimestamp();
        try
        {
            while (backlog.Count > 0 && time.GetElapsedTime(since) < s_farewellPatience)
            {
                await Task.Delay(s_lookAgainAfter, time, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // It will learn by itself.
        }
    }

    // Nobody is told of the node before its path is warm.
    private async Task Run()
    {
        await Endure(stopping => runtime.WarmUp(options.WarmUp, stopping), isOnce: true);
        IsReady = !_stopping.IsCancellationRequested;
        await Task.WhenAll(Endure(heartbeat.Run), Endure(reports.Run), Endure(RenewAddresses));
    }

    // Apart from the heartbeats: a resolver that is down takes longer to say so than a node may be silent.
    private async Task RenewAddresses(CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(s_renewAddressesEvery, time, stopping);
            await runtime.RenewAddresses(stopping);
        }
    }

    // A node whose heartbeats have stopped is dead to everybody while its calls go on: so they never stop for good.
    private async Task Endure(Func<CancellationToken, Task> run, bool isOnce = false)
    {
        do
        {
            try
            {
                await run(_stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;   // that is how they end
            }
            catch (Exception fault)
            {
                log.LinkFault(fault);
                await Task.Delay(s_startAgainAfter, time, CancellationToken.None);
            }
        }
        while (!isOnce && !_stopping.IsCancellationRequested);
    }
}
