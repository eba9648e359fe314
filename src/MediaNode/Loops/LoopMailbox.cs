using System.Collections.Concurrent;
using Calls.Media.Datagrams;

namespace Calls.MediaNode.Loops;

/// <summary>Something for a loop to do on its own thread.</summary>
internal interface ILoopWork
{
    void Run(LoopRooms rooms, MonotonicTime now);

    /// <summary>It will not be run: the loop has ended.</summary>
    void Abandon();
}

/// <summary>The way into a loop from other threads. Bounded: who finds it full is refused, and may come again.</summary>
internal sealed class LoopMailbox
{
    /// <summary>A second of commands at the highest rate a control plane has any use for.</summary>
    public const int Capacity = 4_096;

    // What a turn takes at most: a storm of commands must not delay the voices.
    private const int WorkPerTurn = 64;

    private readonly ConcurrentQueue<ILoopWork> _queue = new();
    private int _count;
    private volatile bool _closed;

    public bool IsEmpty => _queue.IsEmpty;

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

    /// <summary>Runs what has come, in order; true if there was any.</summary>
    public bool Drain(LoopRooms rooms, MonotonicTime now)
    {
        var done = 0;
        while (done < WorkPerTurn && _queue.TryDequeue(out var work))
        {
            Interlocked.Decrement(ref _count);
            work.Run(rooms, now);
            done++;
        }

        return done > 0;
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
