namespace Calls.Grains.Calls;

/// <summary>What a rule decided: the state to be saved, what to tell then, and what to answer.</summary>
internal sealed record CallOutcome(CallState State, Answer Answer, ImmutableArray<CallEffect> Effects)
{
    public static CallOutcome Accept(CallState state, params ImmutableArray<CallEffect> effects) => new(state, Answer.Accepted, effects);

    public static CallOutcome Refuse(CallState state, Refusal refusal, string? detail = null) =>
        new(state, Answer.Refuse(refusal, detail), []);

    /// <summary>Tells the sessions one thing more, as the next number.</summary>
    public CallOutcome Announce(CallEvent news)
    {
        var sequence = State.Sequence + 1;
        return this with { State = State with { Sequence = sequence }, Effects = Effects.Add(new CallEffect.Announce(sequence, news)) };
    }

    /// <summary>Asks for one thing more.</summary>
    public CallOutcome And(CallEffect effect) => this with { Effects = Effects.Add(effect) };

    /// <summary>Goes on from this outcome's state with another rule; both are told, the second answers.</summary>
    public CallOutcome Then(Func<CallState, CallOutcome> rule)
    {
        var next = rule(State);
        return next with { Effects = Effects.AddRange(next.Effects) };
    }
}
