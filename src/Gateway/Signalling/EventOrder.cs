using Calls.Contracts.Gateways;

namespace Calls.Gateway.Signalling;

/// <summary>
/// One call's events in their order. Messages overtake each other on the way here: one that is early waits for those before
/// it, but not for ever.
/// </summary>
internal sealed class EventOrder
{
    /// <summary>How long an early event waits. A longer wait would be seen as lag; what is missing then is really lost.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromMilliseconds(200);

    // As many as a call keeps for those who resume; more waiting than that can only be a mistake.
    private const int WaitingMax = 500;

    private readonly SortedDictionary<long, News> _waiting = [];
    private DateTimeOffset _waitingSince;
    private long? _last;

    /// <summary>The number of the last event that was let through; null before the order has begun.</summary>
    public long? Last => _last;

    /// <summary>When the wait is over; null when nothing waits.</summary>
    public DateTimeOffset? Deadline => _waiting.Count > 0 ? _waitingSince + WaitMax : null;

    /// <summary>
    /// The first to listen knows everything up to this number from a snapshot; what waited for it may go. Later ones change
    /// nothing: those who listen already must hear every event.
    /// </summary>
    public IReadOnlyList<News> Begin(long seq, DateTimeOffset now)
    {
        if (_last is not null) { return []; }

        _last = seq;
        foreach (var known in _waiting.Keys.TakeWhile(number => number <= seq).ToList()) { _waiting.Remove(known); }

        return TakeReady(now);
    }

    /// <summary>Takes an event; returns those that may go now, in order. Doubles are dropped.</summary>
    public IReadOnlyList<News> Take(News news, DateTimeOffset now)
    {
        var seq = news.Seq ?? throw new ArgumentException("Only numbered events have an order.", nameof(news));
        if (seq <= _last) { return []; }

        if (_waiting.Count == 0) { _waitingSince = now; }

        _waiting[seq] = news;
        return _waiting.Count > WaitingMax ? Skip(now) : TakeReady(now);
    }

    /// <summary>The wait is over: what waits goes without what is missing, and clients see the gap.</summary>
    public IReadOnlyList<News> Elapse(DateTimeOffset now) => Deadline <= now ? Skip(now) : [];

    private List<News> Skip(DateTimeOffset now)
    {
        _last = _waiting.Keys.First() - 1;
        return TakeReady(now);
    }

    private List<News> TakeReady(DateTimeOffset now)
    {
        var ready = new List<News>();
        while (_last is { } last && _waiting.Remove(last + 1, out var next))
        {
            ready.Add(next);
            _last = last + 1;
        }

        if (ready.Count > 0) { _waitingSince = now; }

        return ready;
    }
}
