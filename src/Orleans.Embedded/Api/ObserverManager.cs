using System.Collections;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Utilities;

/// <summary>Observers of one grain, who are forgotten unless they subscribe again in time. Not thread-safe: a grain's own.</summary>
/// <param name="expiration">How long a subscription lasts.</param>
/// <param name="log">Where a dropped observer is noted.</param>
public class ObserverManager<TObserver>(TimeSpan expiration, ILogger log)
    : ObserverManager<IAddressable, TObserver>(expiration, log);

/// <summary>Observers of one grain by an identity of its choice.</summary>
/// <param name="expiration">How long a subscription lasts.</param>
/// <param name="log">Where a dropped observer is noted.</param>
public partial class ObserverManager<TIdentity, TObserver>(TimeSpan expiration, ILogger log) : IEnumerable<TObserver>
    where TIdentity : notnull
{
    private readonly Dictionary<TIdentity, Entry> _entries = [];
    private readonly ILogger _log = log;

    /// <summary>How long a subscription lasts.</summary>
    public TimeSpan ExpirationDuration { get; set; } = expiration;

    /// <summary>The clock; the system's unless set.</summary>
    public Func<DateTime> GetDateTime { get; set; } = () => TimeProvider.System.GetUtcNow().UtcDateTime;

    /// <summary>How many there are, expired ones included.</summary>
    public int Count => _entries.Count;

    /// <summary>All by identity.</summary>
    public IReadOnlyDictionary<TIdentity, TObserver> Observers =>
        _entries.ToDictionary(pair => pair.Key, pair => pair.Value.Observer);

    /// <summary>Adds an observer, or renews it.</summary>
    public void Subscribe(TIdentity id, TObserver observer) => _entries[id] = new Entry(observer, GetDateTime());

    /// <summary>Removes an observer.</summary>
    public void Unsubscribe(TIdentity id) => _entries.Remove(id);

    /// <summary>Removes all.</summary>
    public void Clear() => _entries.Clear();

    /// <summary>Removes those that did not renew in time.</summary>
    public void ClearExpired()
    {
        var now = GetDateTime();
        foreach (var id in _entries.Where(pair => IsExpired(pair.Value, now)).Select(pair => pair.Key).ToList())
        {
            _entries.Remove(id);
        }
    }

    /// <summary>Tells each in turn and waits for it; one that fails is dropped.</summary>
    public async Task Notify(Func<TObserver, Task> notification, Func<TObserver, bool>? predicate = null)
    {
        ArgumentNullException.ThrowIfNull(notification);
        foreach (var (id, observer) in Listeners(predicate))
        {
            try
            {
                await notification(observer);
            }
            catch (Exception problem)
            {
                Drop(id, problem);
            }
        }
    }

    /// <summary>Tells each in turn; one that fails at once is dropped.</summary>
    public void Notify(Action<TObserver> notification, Func<TObserver, bool>? predicate = null)
    {
        ArgumentNullException.ThrowIfNull(notification);
        foreach (var (id, observer) in Listeners(predicate))
        {
            try
            {
                notification(observer);
            }
            catch (Exception problem)
            {
                Drop(id, problem);
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerator<TObserver> GetEnumerator() => _entries.Values.Select(entry => entry.Observer).ToList().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    [LoggerMessage(1, LogLevel.Debug, "Observer {Observer} was dropped because it failed")]
    private static partial void LogDropped(ILogger log, string observer, Exception problem);

    private List<(TIdentity Id, TObserver Observer)> Listeners(Func<TObserver, bool>? predicate)
    {
        ClearExpired();
        return [.. _entries
            .Where(pair => predicate is null || predicate(pair.Value.Observer))
            .Select(pair => (pair.Key, pair.Value.Observer))];
    }

    private void Drop(TIdentity id, Exception problem)
    {
        LogDropped(_log, id.ToString() ?? string.Empty, problem);
        _entries.Remove(id);
    }

    private bool IsExpired(Entry entry, DateTime now) => now - entry.SeenAt > ExpirationDuration;

    private readonly record struct Entry(TObserver Observer, DateTime SeenAt);
}
