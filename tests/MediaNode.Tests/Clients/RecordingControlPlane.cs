using System.Collections.Concurrent;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;

namespace Calls.MediaNode.Tests.Clients;

/// <summary>A control plane that remembers what it is told, and can be deaf for a while.</summary>
internal sealed class RecordingControlPlane : IMediaNodeEvents
{
    private readonly ConcurrentQueue<NodeEvent> _events = new();
    private long _acknowledged;

    public IReadOnlyList<NodeEvent> Taken => [.. _events];

    public List<NodeEventBatch> Batches { get; } = [];

    public List<NodeRegistration> Registrations { get; } = [];

    public int Heartbeats { get; private set; }

    /// <summary>Batches that are answered by an exception, as when the network is down.</summary>
    public int DeafFor { get; set; }

    /// <summary>Batches that are answered with "who are you?".</summary>
    public int ForgetfulFor { get; set; }

    /// <summary>Nothing is answered, as when the network between the two is cut.</summary>
    public bool IsGone { get; set; }

    /// <summary>What heartbeats are answered.</summary>
    public NodeState? Wanted { get; set; }

    /// <summary>What the node says it is, in its last heartbeat.</summary>
    public NodeState? Told { get; private set; }

    public Task<NodeRegistered> Register(NodeRegistration registration, CancellationToken cancellation)
    {
        RequireThere();
        lock (_events) { Registrations.Add(registration); }

        return Task.FromResult(new NodeRegistered(1, Interlocked.Read(ref _acknowledged)));
    }

    public Task<NodeHeartbeatAnswer?> Heartbeat(MediaNodeId node, NodeHeartbeat heartbeat, CancellationToken cancellation)
    {
        RequireThere();
        Heartbeats++;
        Told = heartbeat.State;
        return Task.FromResult<NodeHeartbeatAnswer?>(new NodeHeartbeatAnswer(Interlocked.Read(ref _acknowledged), Wanted));
    }

    public Task<NodeEventsAnswer?> Events(MediaNodeId node, NodeEventBatch batch, CancellationToken cancellation)
    {
        RequireThere();
        lock (_events)
        {
            Batches.Add(batch);
            if (DeafFor-- > 0) { throw new HttpRequestException("deaf"); }

            if (ForgetfulFor-- > 0) { return Task.FromResult<NodeEventsAnswer?>(null); }

            for (var i = 0; i < batch.Events.Length; i++)
            {
                if (batch.FirstSequence + i != _acknowledged + 1) { continue; }

                _events.Enqueue(batch.Events[i]);
                _acknowledged++;
            }

            return Task.FromResult<NodeEventsAnswer?>(new NodeEventsAnswer(_acknowledged));
        }
    }

    private void RequireThere()
    {
        if (IsGone) { throw new HttpRequestException("gone"); }
    }
}
