using Calls.Contracts.MediaNodes;
using Calls.MediaNode.Telemetry;
using Microsoft.Extensions.Logging;

namespace Calls.MediaNode.Control;

/// <summary>Tells the control plane that the node lives and how busy it is; does what it wants; gives up without it.</summary>
internal sealed class Heartbeat(
    ControlPlaneLink link,
    LocalMediaNode node,
    EventBacklog backlog,
    NodeLoadMeter load,
    MediaNodeOptions options,
    TimeProvider time,
    ILogger<Heartbeat> log)
{
    private static readonly TimeSpan s_registerAgainAfter = TimeSpan.FromSeconds(1);

    private readonly long _startedAt = time.GetTimestamp();

    public async Task Run(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var registered = await link.EnsureRegistered(stopping);
            if (registered) { await Beat(stopping); }

            node.FinishDrain();
            if (link.Silence >= options.OrphanAfter && node.HasSessions)
            {
                log.Orphaned(options.OrphanAfter);
                await node.CloseAll(Calls.Media.Peers.DisconnectReason.Closed);
            }

            await Task.Delay(registered ? link.HeartbeatEvery : s_registerAgainAfter, time, stopping);
        }
    }

    internal async Task Beat(CancellationToken stopping)
    {
        var standing = node.Standing;
        var beat = new NodeHeartbeat(
            node.Identity.Incarnation,
            standing.State,
            (long)time.GetElapsedTime(_startedAt).TotalSeconds,
            backlog.NextSequence,
            load.Read(),
            backlog.Count,
            (long)backlog.Age.TotalMilliseconds,
            standing.Version);
        var answer = await link.Ask((plane, stop) => plane.Heartbeat(node.Identity.Id, beat, stop), stopping);
        if (answer is null) { return; }

        backlog.Acknowledge(answer.Acknowledged);
        if (answer.State is { } wanted) { node.Want(wanted, asOf: standing); }
    }
}
