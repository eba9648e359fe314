using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Microsoft.Extensions.Logging;

namespace Calls.Gateway.MediaNodes;

/// <summary>What media nodes report, carried to the grains: the node's own, and the calls its events are about.</summary>
internal sealed class GrainMediaNodeEvents(IGrainFactory grains, TimeProvider time, ILogger<GrainMediaNodeEvents> log) : IMediaNodeEvents
{
    /// <summary>
    /// How long one call may hold up the node's later events, among them the first of whoever joins another call: those have 15 s for their
    /// media. Too short, and a busy call reads its roster for nothing.
    /// </summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(3);

    public Task<NodeRegistered> Register(NodeRegistration registration, CancellationToken cancellation) =>
        Node(registration.Node.Id).Register(registration);

    public Task<NodeHeartbeatAnswer?> Heartbeat(MediaNodeId node, NodeHeartbeat heartbeat, CancellationToken cancellation) =>
        Node(node).Heartbeat(heartbeat);

    public async Task<NodeEventsAnswer?> Events(MediaNodeId node, NodeEventBatch batch, CancellationToken cancellation)
    {
        // 1. Which of them are new?
        var fresh = await Node(node).NewEvents(batch.Incarnation, batch.FirstSequence, batch.Events.Length);
        if (fresh is null) { return null; }

        if (fresh.HasGap || fresh.Skip >= batch.Events.Length) { return new NodeEventsAnswer(fresh.Acknowledged); }

        // 2. Each call hears of its own, in order; calls do not wait for each other, nor for long.
        try
        {
            var calls = batch.Events.Skip(fresh.Skip).Where(news => news.AboutCall is not null).GroupBy(news => news.AboutCall!.Value);
            await Task.WhenAll(calls.Select(call => Tell(call.Key, node, batch.Incarnation, [.. call])));
            if (batch.Events.Any(news => news is NodeEvent.Resync)) { await Node(node).Resync(batch.Incarnation); }
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Not confirmed, so they come again; calls know what they have.
            GatewayLog.NodeEventsFailed(log, fault, node);
            return new NodeEventsAnswer(fresh.Acknowledged);
        }

        // 3. Taken.
        return await Node(node).EventsTaken(batch.Incarnation, batch.FirstSequence + batch.Events.Length - 1);
    }

    private async Task Tell(CallId id, MediaNodeId node, string incarnation, ImmutableArray<NodeEvent> news)
    {
        var call = grains.GetGrain<ICallGrain>(id.Value);
        try
        {
            await call.NodeReported(node, incarnation, news).WaitAsync(CallTimeout, time);
        }
        catch (TimeoutException)
        {
            // It takes them later, or never: behind them it is told to look for itself.
            GatewayLog.NodeEventsLate(log, id, node);
            _ = call.EventsLost(node, incarnation);
        }
    }

    private IMediaNodeGrain Node(MediaNodeId node) => grains.GetGrain<IMediaNodeGrain>(node.Value);
}
