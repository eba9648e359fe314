using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Which grains are in memory. At most one activation of each; those that nobody uses leave.</summary>
internal sealed class ActivationDirectory : IDisposable
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private readonly Silo _silo;
    private readonly ITimer _collection;

    public ActivationDirectory(Silo silo)
    {
        _silo = silo;
        var quantum = silo.Collection.CollectionQuantum;
        _collection = silo.Time.CreateTimer(_ => CollectIdle(), null, quantum, quantum);
    }

    public int Count => _activations.Count;

    /// <summary>Hands a request to the grain's activation, made now if there is none.</summary>
    public void Deliver(GrainId id, Request request)
    {
        while (true)
        {
            if (!_activations.TryGetValue(id, out var activation))
            {
                var fresh = new Activation(_silo, id, _silo.Classes.OfType(id.Type.ToString()));
                activation = _activations.GetOrAdd(id, fresh);
                if (ReferenceEquals(activation, fresh))
                {
                    // First the request: if the activation fails, it is the one that must hear of it.
                    fresh.TryReceive(request);
                    fresh.Start();
                    return;
                }
            }

            if (activation.TryReceive(request)) { return; }

            Remove(activation);   // it left between our look and our knock
        }
    }

    public Activation? Find(GrainId id) => _activations.GetValueOrDefault(id);

    public void Remove(Activation activation) => _activations.TryRemove(new(activation.GrainId, activation));

    /// <summary>Ends all activations and waits for them.</summary>
    public async Task LeaveAll(DeactivationReason reason, CancellationToken limit)
    {
        while (!_activations.IsEmpty)
        {
            var leaving = _activations.Values.ToList();
            foreach (var activation in leaving)
            {
                activation.Deactivate(reason, limit);
            }

            await Task.WhenAll(leaving.Select(activation => activation.Deactivated)).WaitAsync(limit);
        }
    }

    public void Dispose() => _collection.Dispose();

    private void CollectIdle()
    {
        foreach (var activation in _activations.Values)
        {
            activation.LeaveIfIdle(_silo.AgeOf(activation.Class));
        }
    }
}
