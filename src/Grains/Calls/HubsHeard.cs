namespace Calls.Grains.Calls;

/// <summary>When each session's gateway was last heard of. Not saved: after a re-activation all count as heard.</summary>
internal sealed class HubsHeard(TimeProvider time)
{
    private readonly Dictionary<SessionId, long> _heardAt = [];

    public void Heard(SessionId session) => _heardAt[session] = time.GetTimestamp();

    /// <summary>What it means that a gateway was not heard of for as long as it may be silent.</summary>
    public CallOutcome Silent(CallState call, CallLimits limits, DateTimeOffset now)
    {
        var outcome = CallOutcome.Accept(call);
        foreach (var session in call.Sessions)
        {
            if (session.Hub == HubLink.Held && IsSilent(session.Id))
            {
                outcome = outcome.Then(next => SessionTransitions.HubSilent(next, session.Id, limits, now));
            }
        }

        return outcome;
    }

    /// <summary>Forgets the sessions that have left.</summary>
    public void ForgetGone(CallState call)
    {
        var present = call.Sessions.Select(session => session.Id).ToHashSet();
        foreach (var gone in _heardAt.Keys.Where(session => !present.Contains(session))) { _heardAt.Remove(gone); }
    }

    private bool IsSilent(SessionId session) =>
        !_heardAt.TryGetValue(session, out var heardAt) || time.GetElapsedTime(heardAt) >= GatewayFanOut.ForgottenAfter;
}
