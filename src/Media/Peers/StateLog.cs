using System.Collections.Immutable;
using Calls.Media.Datagrams;

namespace Calls.Media.Peers;

/// <summary>The last state changes of a session, for its statistics.</summary>
internal sealed class StateLog(int changesMax)
{
    private readonly Queue<StateChange> _changes = new(changesMax);

    public void Add(PeerEventKind what, MonotonicTime now)
    {
        if (_changes.Count == changesMax) { _changes.Dequeue(); }

        _changes.Enqueue(new StateChange(now, what));
    }

    public ImmutableArray<StateChange> Read() => [.. _changes];
}
