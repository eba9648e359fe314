namespace Calls.Contracts.Ids;

/// <summary>One user in one call: the key of <c>IParticipantGrain</c>, written <c>call_…/user_…</c>.</summary>
public readonly record struct ParticipantKey(CallId Call, UserId User)
{
    /// <summary>The grain key.</summary>
    public string GrainKey => $"{Call.Value}/{User.Value}";

    /// <summary>Reads a grain key.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ParticipantKey Parse(string grainKey)
    {
        var slash = grainKey.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            && CallId.TryParse(grainKey[..slash], out var call)
            && UserId.TryParse(grainKey[(slash + 1)..], out var user)
                ? new ParticipantKey(call, user)
                : throw new FormatException($"'{grainKey}' is no participant key.");
    }
}
