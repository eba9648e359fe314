using System.Collections.Concurrent;
using Calls.Contracts.MediaNodes;

namespace Calls.MediaNode.Control;

/// <summary>
/// What the node has to report and nobody has acknowledged yet. Events are numbered when they go into a batch, without gaps;
/// a batch is given out again until it is acknowledged. Bounded: of speaking and slots only the latest is kept, and if that
/// is not enough all is dropped and said so (<see cref="NodeEvent.Resync"/>).
/// </summary>
internal sealed class EventBacklog(TimeProvider time)
{
    public const int BatchMax = 256;

    /// <summary>Minutes of a busy node without its control plane; about 2 MB.</summary>
    public const int Capacity = 10_000;

    private readonly ConcurrentQueue<NodeEvent> _intake = new();
    private readonly Lock _lock = new();
    private readonly Queue<NodeEvent> _numbered = new();
    private readonly List<NodeEvent?> _open = [];
    private readonly Dictionary<object, int> _latest = [];
    private long _firstNumbered = 1;
    private int _openCount;
    private TaskCompletionSource _news = NewSignal();
    private TaskCompletionSource _urgent = NewSignal();

    /// <summary>How often all was dropped.</summary>
    public long Resyncs { get; private set; }

    /// <summary>The number the next event will get.</summary>
    public long NextSequence
    {
        get
        {
            lock (_lock) { return _firstNumbered + _numbered.Count; }
        }
    }

    public int Count
    {
        get
        {
            lock (_lock) { return _numbered.Count + _openCount + _intake.Count; }
        }
    }

    /// <summary>The age of the oldest event that is not acknowledged.</summary>
    public TimeSpan Age
    {
        get
        {
            lock (_lock)
            {
                TakeIn();
                var oldest = _numbered.TryPeek(out var first) ? first : _open.Find(one => one is not null);
                return oldest is null ? TimeSpan.Zero : time.GetUtcNow() - oldest.At;
            }
        }
    }

    /// <summary>Takes an event, from any thread; a loop is not held up.</summary>
    public void Add(NodeEvent news)
    {
        _intake.Enqueue(news);
        Volatile.Read(ref _news).TrySetResult();
        if (news is NodeEvent.Connected or NodeEvent.Disconnected) { Volatile.Read(ref _urgent).TrySetResult(); }
    }

    /// <summary>Ends when there is something to send: at once if that is urgent, else after the window, so that batches fill.</summary>
    public async Task WaitForNews(TimeSpan window, CancellationToken cancellation)
    {
        await Volatile.Read(ref _news).Task.WaitAsync(cancellation);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(Volatile.Read(ref _urgent).Task, Task.Delay(window, time, over.Token));
        await over.CancelAsync();
        cancellation.ThrowIfCancellationRequested();

        // From here on new events signal again; what signalled before is in the intake.
        Volatile.Write(ref _news, NewSignal());
        Volatile.Write(ref _urgent, NewSignal());
    }

    /// <summary>The next batch, or the same one again if it was not acknowledged. Null when there is nothing to report.</summary>
    public NodeEventBatch? NextBatch(string incarnation)
    {
        lock (_lock)
        {
            TakeIn();
            if (_numbered.Count == 0) { Number(BatchMax); }

            return _numbered.Count == 0
                ? null
                : new NodeEventBatch(incarnation, _firstNumbered, [.. _numbered.Take(BatchMax)]);
        }
    }

    /// <summary>Forgets what was taken. A number that was never given is ignored.</summary>
    public void Acknowledge(long sequence)
    {
        lock (_lock)
        {
            while (_firstNumbered <= sequence && _numbered.TryDequeue(out _)) { _firstNumbered++; }
        }
    }

    /// <summary>
    /// Numbers all that has come so far and returns the last number: whoever reads state after this knows that it contains
    /// the events up to there.
    /// </summary>
    public long NumberAll()
    {
        lock (_lock)
        {
            TakeIn();
            Number(int.MaxValue);
            return _firstNumbered + _numbered.Count - 1;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Of these the latest says all.
    private static object? StateKey(NodeEvent news) => news switch
    {
        NodeEvent.Speaking speaking => (typeof(NodeEvent.Speaking), speaking.Call),
        NodeEvent.Slots slots => (typeof(NodeEvent.Slots), slots.Call),
        NodeEvent.SessionSlots slots => (typeof(NodeEvent.SessionSlots), slots.Call, slots.Session),
        _ => null,
    };

    private void TakeIn()
    {
        while (_intake.TryDequeue(out var news))
        {
            var key = StateKey(news);
            if (key is not null && _latest.TryGetValue(key, out var place))
            {
                _open[place] = null;
                _openCount--;
            }

            if (key is not null) { _latest[key] = _open.Count; }

            _open.Add(news);
            _openCount++;
            if (_numbered.Count + _openCount > Capacity || _open.Count > 2 * Capacity) { Shrink(); }
        }
    }

    private void Shrink()
    {
        if (_numbered.Count + _openCount <= Capacity)
        {
            Compact();   // only holes
            return;
        }

        ClearOpen();
        _open.Add(new NodeEvent.Resync(time.GetUtcNow()));
        _openCount = 1;
        Resyncs++;
    }

    private void Compact()
    {
        var kept = _open.OfType<NodeEvent>().ToList();
        ClearOpen();
        foreach (var news in kept)
        {
            if (StateKey(news) is { } key) { _latest[key] = _open.Count; }

            _open.Add(news);
        }

        _openCount = kept.Count;
    }

    private void Number(int most)
    {
        var taken = 0;
        while (taken < _open.Count && _numbered.Count < most)
        {
            if (_open[taken++] is { } news) { _numbered.Enqueue(news); }
        }

        _open.RemoveRange(0, taken);
        Compact();
    }

    private void ClearOpen()
    {
        _open.Clear();
        _latest.Clear();
        _openCount = 0;
    }
}
