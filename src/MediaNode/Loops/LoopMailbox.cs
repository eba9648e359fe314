using System.Collections.Concurrent;
using Calls.Media.Datagrams;

namespace Calls.MediaNode.Loops;

/// <summary>Something for a loop to do on its own thread.</summary>
internal interface ILoopWork
{
    void Run(LoopRooms rooms, MonotonicTime now);

    /// <summary>About how long it takes, in units of 30 µs.</summary>
    int Weight => 1;

    /// <summary>It will not be run: the loop has ended.</summary>
    void Abandon();
}

/// <summary>The way into a loop from other threads. Bounded: who finds it full is refused, and may come again.</summary>
internal sealed class LoopMailbox
{
    /// <summary>A second of commands at the highest rate a control plane has any use for.</summary>
    public const int Capacity = 4_096;

    // What a turn takes at most, about 2 ms: a storm of commands must not delay the voices.
    private const int WeightPerTurn = 64;

    private readonly ConcurrentQueue<ILoopWork> _queue = new();
    private int _count;
    private int _left = WeightPerTurn;
    private volatile bool _closed;

    public bool IsEmpty => _queue.IsEmpty;

    /// <summary>Is there something, and may this turn still take it?</summary>
    public bool HasWork => _left > 0 && !_queue.IsEmpty;

    public bool TryPost(ILoopWork work)
    {
        if (_closed || Interlocked.Increment(ref _count) > Capacity)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }

        _queue.Enqueue(work);
        if (_closed) { AbandonAll(); }

        return true;
    }

    /// <summary>Another turn begins, which may take its share.</summary>
    public void BeginTurn() => _left = WeightPerTurn;

    /// <summary>Runs what has come, in order, as far as this turn may; true if there was any.</summary>
    public bool Drain(LoopRooms rooms, MonotonicTime now)
    {
        var any = false;
        while (_left > 0 && _queue.TryDequeue(out var work))
        {
            Interlocked.Decrement(ref _count);
            _left -= work.Weight;
            work.Run(rooms, now);
            any = true;
        }

        return any;
    }

    /// <summary>Takes nothing more, and lets the waiting know.</summary>
    public void Close()
    {
        _closed = true;
        AbandonAll();
    }

    private void AbandonAll()
    {
        while (_queue.TryDequeue(out var work)) { work.Abandon(); }
    }
}
