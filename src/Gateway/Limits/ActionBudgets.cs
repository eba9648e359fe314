using System.Collections.Concurrent;

namespace Calls.Gateway.Limits;

/// <summary>
/// The budgets of many, each under its key. A full one says nothing that a new one would not, and is forgotten. Where there is no room
/// for one more, all that come then share one: whoever has many names gains nothing by it, and those who have a budget keep theirs.
/// </summary>
internal sealed class ActionBudgets(int keysMax, TimeProvider time)
{
    /// <summary>How often full budgets are looked for. Each look goes through all of them.</summary>
    public static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    // No key is empty.
    private const string Shared = "";

    private readonly ConcurrentDictionary<string, Entry> _budgets = new(StringComparer.Ordinal);
    private long _sweptAt = time.GetTimestamp();

    /// <summary>How many are kept.</summary>
    public int Count => _budgets.Count;

    /// <summary>Takes one action from the key's budget; how long to wait if there was none.</summary>
    public TimeSpan? Take(string key, double perSecond, int burst)
    {
        var now = time.GetUtcNow();
        Sweep(now);
        while (true)
        {
            if (!_budgets.TryGetValue(key, out var before))
            {
                if (_budgets.Count >= keysMax) { key = Shared; }

                before = _budgets.GetOrAdd(key, new Entry(ActionBudget.Full(burst, now), now));
            }

            var (left, wait) = before.Budget.Take(perSecond, burst, now);
            if (_budgets.TryUpdate(key, new Entry(left, left.FullAt(perSecond, burst)), before)) { return wait; }
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        var sweptAt = Volatile.Read(ref _sweptAt);
        if (time.GetElapsedTime(sweptAt) < SweepEvery) { return; }

        // One of those who find it due does it.
        if (Interlocked.CompareExchange(ref _sweptAt, time.GetTimestamp(), sweptAt) != sweptAt) { return; }

        foreach (var kept in _budgets)
        {
            if (kept.Value.FullAt <= now) { _budgets.TryRemove(kept); }
        }
    }

    private readonly record struct Entry(ActionBudget Budget, DateTimeOffset FullAt);
}
