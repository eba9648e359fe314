namespace Calls.Grains.Calls;

/// <summary>When each session's gateway was last heard of. Not saved: after a re-activation all count as heard.</summary>
internal sealed class HubsHeard
{
    private readonly Dictionary<SessionId, DateTimeOffset> _heardAt = [];

    public void Heard(SessionId session, DateTimeOffset now) => _heardAt[session] = now;

    /// <summary>What it means that a gateway was not heard of for as long as it may be silent.</summary>
    public CallOutcome Silent(CallState call, CallLimits limits, DateTimeOffset now)
    {
        var silentSince = now - GatewayFanOut.ForgottenAfter;
        var outcome = CallOutcome.Accept(call);
        foreach (var session in call.Sessions)
        {
            if (session.Hub == HubLink.Held && _heardAt.GetValueOrDefault(session.Id) <= silentSince)
            {
                outcome = outcome.Then(next => SessionTransitions.HubSilent(next, session.Id, limits, now));
            }
        }

        return outcome;
    }

    /// <summary>Forgets the sessions that have left.</summary>
    /// <returns>Which.</returns>
    public IReadOnlyList<SessionId> ForgetGone(CallState call)
    {
        var present = call.Sessions.Select(session => session.Id).ToHashSet();
        List<SessionId> gone = [.. _heardAt.Keys.Where(session => !present.Contains(session))];
        foreach (var session in gone) { _heardAt.Remove(session); }

        return gone;
    }
}
