namespace Calls.Gateway.Signalling;

/// <summary>
/// Asks many the same, round after round. Whoever is slow to answer makes room for the next: they hold up neither the others nor the
/// next round, and are not asked again while the question stands.
/// </summary>
/// <param name="failed">Told of each that failed; it is asked again with the next round.</param>
internal sealed class Rounds(TimeProvider time, Action<Exception> failed)
{
    /// <summary>How long a round waits for one answer. Grains answer within milliseconds, or have lost their storage or their silo.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    // Questions at once: enough to pass quickly, few enough to leave room for commands.
    private const int AtOnceMax = 16;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Question> _standing = new(StringComparer.Ordinal);

    /// <summary>Ends when each has answered or was too slow.</summary>
    /// <param name="name">What a question is known by, whoever asks it.</param>
    /// <param name="patience">For one answer; null: <see cref="Patience"/>.</param>
    public Task Each<T>(
        IEnumerable<T> items, Func<T, string> name, Func<T, Task> ask, CancellationToken cancellation, TimeSpan? patience = null) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = cancellation },
            async (item, stopped) =>
            {
                var question = Ask(name(item), () => ask(item), cancellation);
                if (question.IsSlow) { return; }

                await question.Answer.WaitAsync(patience ?? Patience, time, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                question.IsSlow = !question.Answer.IsCompleted;
            });

    private Question Ask(string name, Func<Task> ask, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (!_standing.TryGetValue(name, out var question))
            {
                _standing[name] = question = new Question(Answer(name, ask, cancellation));
            }

            return question;
        }
    }

    private async Task Answer(string name, Func<Task> ask, CancellationToken cancellation)
    {
        await Task.Yield(); // Not under the lock.
        try
        {
            await ask();
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            if (!cancellation.IsCancellationRequested) { failed(fault); }
        }
        finally
        {
            lock (_lock) { _standing.Remove(name); }
        }
    }

    private sealed class Question(Task answer)
    {
        public Task Answer => answer;

        /// <summary>Whether a round has waited for it in vain.</summary>
        public bool IsSlow { get; set; }
    }
}
