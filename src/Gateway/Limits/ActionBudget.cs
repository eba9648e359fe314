namespace Calls.Gateway.Limits;

/// <summary>A bucket of tokens: how many actions somebody may still send. A value; the caller keeps the next one.</summary>
/// <param name="Tokens">Actions left at <paramref name="At"/>.</param>
internal readonly record struct ActionBudget(double Tokens, DateTimeOffset At)
{
    public static ActionBudget Full(int burst, DateTimeOffset now) => new(burst, now);

    /// <summary>Takes one action: the budget that is left, and how long to wait if there was none.</summary>
    public (ActionBudget Left, TimeSpan? Wait) Take(double perSecond, int burst, DateTimeOffset now)
    {
        // A clock that was set back gives nothing and takes nothing.
        var earned = Math.Max(0, (now - At).TotalSeconds) * perSecond;
        var tokens = Math.Min(burst, Tokens + earned);
        return tokens >= 1
            ? (new ActionBudget(tokens - 1, now), null)
            : (new ActionBudget(tokens, now), TimeSpan.FromSeconds((1 - tokens) / perSecond));
    }

    /// <summary>When it is full again if nothing is taken: then it says nothing that a new one would not.</summary>
    public DateTimeOffset FullAt(double perSecond, int burst) => At + TimeSpan.FromSeconds((burst - Tokens) / perSecond);
}
