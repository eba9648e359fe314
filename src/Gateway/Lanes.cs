namespace Calls.Gateway;

/// <summary>Work in lanes: one after another in each, and none waits for another lane's.</summary>
/// <param name="waitingMax">How much may wait in one lane.</param>
internal sealed class Lanes(int waitingMax)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<Func<Task>>> _lanes = new(StringComparer.Ordinal);

    /// <summary>Does it when all is done that was added to the lane before.</summary>
    /// <param name="work">Throws nothing.</param>
    /// <returns>False when too much waits there; then it is not done.</returns>
    public bool TryAdd(string lane, Func<Task> work)
    {
        lock (_lock)
        {
            if (_lanes.TryGetValue(lane, out var waiting))
            {
                if (waiting.Count >= waitingMax) { return false; }

                waiting.Enqueue(work);
                return true;
            }

            _lanes[lane] = new Queue<Func<Task>>();
        }

        _ = Run(lane, work);
        return true;
    }

    private async Task Run(string lane, Func<Task>? work)
    {
        while (work is not null)
        {
            await work();
            lock (_lock)
            {
                if (!_lanes[lane].TryDequeue(out work)) { _lanes.Remove(lane); }
            }
        }
    }
}
