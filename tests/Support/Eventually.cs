using System.Diagnostics;

namespace Calls.Support;

/// <summary>
/// Waits for evidence instead of sleeping. Who waits says what they expect; a timeout says that and what was seen last.
/// The only place under <c>tests/</c> that may poll.
/// </summary>
public static class Eventually
{
    /// <summary>Long enough for a busy machine with two cores: a wait that succeeds never takes this long.</summary>
    public static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan s_pollEvery = TimeSpan.FromMilliseconds(5);

    /// <summary>Looks again and again until what is seen holds, and returns it.</summary>
    /// <param name="expected">What is waited for, as the timeout's message should say it.</param>
    /// <param name="look">Takes a look. An exception counts as "not yet" and is named by the timeout.</param>
    /// <param name="holds">Whether what was seen is what is waited for.</param>
    /// <param name="within">The patience; <see cref="DefaultWait"/> when null.</param>
    public static async Task<T> Sees<T>(string expected, Func<Task<T>> look, Func<T, bool> holds, TimeSpan? within = null)
    {
        ArgumentNullException.ThrowIfNull(look);
        ArgumentNullException.ThrowIfNull(holds);
        var clock = Stopwatch.StartNew();
        var patience = within ?? DefaultWait;
        while (true)
        {
            string seen;
            Exception? fault = null;
            try
            {
                var value = await look();
                if (holds(value)) { return value; }

                seen = Describe(value);
            }
            catch (Exception problem)
            {
                fault = problem;
                seen = $"{problem.GetType().Name}: {problem.Message}";
            }

            if (clock.Elapsed >= patience) { throw Late(expected, seen, clock.Elapsed, fault); }

            await Task.Delay(s_pollEvery);
        }
    }

    /// <inheritdoc cref="Sees{T}(string, Func{Task{T}}, Func{T, bool}, TimeSpan?)"/>
    public static Task<T> Sees<T>(string expected, Func<T> look, Func<T, bool> holds, TimeSpan? within = null) =>
        Sees(expected, () => Task.FromResult(look()), holds, within);

    /// <summary>Looks until the condition is true.</summary>
    public static Task True(string expected, Func<bool> look, TimeSpan? within = null) =>
        Sees(expected, look, seen => seen, within);

    /// <summary>Looks until an assertion passes; the timeout carries its last failure.</summary>
    public static Task Passes(string expected, Func<Task> assertion, TimeSpan? within = null) =>
        Sees(
            expected,
            async () =>
            {
                await assertion();
                return true;
            },
            passed => passed,
            within);

    /// <summary>Awaits a task that was armed before the act, and says what did not come.</summary>
    public static async Task<T> Comes<T>(string expected, Task<T> armed, TimeSpan? within = null)
    {
        ArgumentNullException.ThrowIfNull(armed);
        await Comes(expected, (Task)armed, within);
        return await armed;
    }

    /// <inheritdoc cref="Comes{T}(string, Task{T}, TimeSpan?)"/>
    public static async Task Comes(string expected, Task armed, TimeSpan? within = null)
    {
        ArgumentNullException.ThrowIfNull(armed);
        var patience = within ?? DefaultWait;
        using var stop = new CancellationTokenSource();
        if (await Task.WhenAny(armed, Task.Delay(patience, stop.Token)) != armed)
        {
            throw Late(expected, $"a task that is {armed.Status}", patience, null);
        }

        await stop.CancelAsync();
        await armed;
    }

    private static TimeoutException Late(string expected, string seen, TimeSpan after, Exception? fault) =>
        new($"Expected {expected}; after {after.TotalSeconds:0.0} s saw {seen}.", fault);

    private static string Describe<T>(T value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        System.Collections.IEnumerable many => "[" + string.Join(", ", many.Cast<object?>()) + "]",
        _ => value.ToString() ?? typeof(T).Name,
    };
}
