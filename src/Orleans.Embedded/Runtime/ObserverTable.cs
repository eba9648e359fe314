using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Objects outside the grains that can be called. Held weakly; calls to one run one at a time.</summary>
internal sealed class ObserverTable
{
    public const string GrainType = "sys.client";

    private readonly ConcurrentDictionary<GrainId, Mailbox> _observers = new();

    public GrainId Add(IGrainObserver observer)
    {
        var id = GrainId.Create(GrainType, Guid.NewGuid().ToString("N"));
        _observers[id] = new Mailbox(new WeakReference<IGrainObserver>(observer));
        return id;
    }

    public void Remove(GrainId id) => _observers.TryRemove(id, out _);

    /// <summary>A target that is gone does not answer: whoever waits, waits for the timeout, as for a client that left.</summary>
    public void Deliver(GrainCall call)
    {
        if (!_observers.TryGetValue(call.Target, out var mailbox)) { return; }

        if (!mailbox.TryDeliver(call)) { _observers.TryRemove(call.Target, out _); }
    }

    private sealed class Mailbox(WeakReference<IGrainObserver> target)
    {
        private readonly Lock _lock = new();
        private readonly Queue<GrainCall> _calls = new();
        private bool _running;

        public bool TryDeliver(GrainCall call)
        {
            if (!target.TryGetTarget(out _)) { return false; }

            lock (_lock)
            {
                _calls.Enqueue(call);
                if (_running) { return true; }

                _running = true;
            }

            ThreadPool.UnsafeQueueUserWorkItem(static mailbox => _ = mailbox.Run(), this, preferLocal: false);
            return true;
        }

        private async Task Run()
        {
            while (true)
            {
                GrainCall? call;
                lock (_lock)
                {
                    if (!_calls.TryDequeue(out call))
                    {
                        _running = false;
                        return;
                    }
                }

                if (call.IsStale || !target.TryGetTarget(out var observer)) { continue; }

                try
                {
                    await call.RunOn(observer);
                }
                catch (Exception problem)
                {
                    call.Refuse(problem);
                }
            }
        }
    }
}
