using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Microsoft.Extensions.Logging;

namespace Calls.Gateway.MediaNodes;

/// <summary>What media nodes report, carried to the grains: the node's own, and the calls its events are about.</summary>
internal sealed class GrainMediaNodeEvents(IGrainFactory grains, ILogger<GrainMediaNodeEvents> log) : IMediaNodeEvents
{
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

        // 2. Each call hears of its own, in order; calls do not wait for each other.
        try
        {
            var calls = batch.Events.Skip(fresh.Skip).Where(news => news.AboutCall is not null).GroupBy(news => news.AboutCall!.Value);
            await Task.WhenAll(calls.Select(call =>
                grains.GetGrain<ICallGrain>(call.Key.Value).NodeReported(node, batch.Incarnation, [.. call])));
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

    private IMediaNodeGrain Node(MediaNodeId node) => grains.GetGrain<IMediaNodeGrain>(node.Value);
}
