namespace Calls.Grains.Calls;

/// <summary>
/// The view that was made last: who has not changed since is seen by the same snapshot. Everybody who joins a call of a thousand looks at
/// all of it, and their answers live long enough to fill the old generation.
/// </summary>
internal sealed class LastView
{
    private ImmutableArray<SessionState> _sessions = [];
    private ImmutableArray<SessionSnapshot> _seen = [];

    /// <summary>What <see cref="CallView.Of(CallState)"/> would make anew.</summary>
    public CallSnapshot Of(CallState call)
    {
        if (_sessions != call.Sessions) { (_sessions, _seen) = (call.Sessions, Look(call.Sessions)); }

        return CallView.Of(call, _seen);
    }

    // Sessions keep their order: one that is not where the last look is has left, or is new.
    private ImmutableArray<SessionSnapshot> Look(ImmutableArray<SessionState> sessions)
    {
        var seen = ImmutableArray.CreateBuilder<SessionSnapshot>(sessions.Length);
        var last = 0;
        foreach (var session in sessions)
        {
            while (last < _sessions.Length && _sessions[last].Id != session.Id) { last++; }

            var isSame = last < _sessions.Length && ReferenceEquals(_sessions[last], session);
            seen.Add(isSame ? _seen[last] : CallView.Of(session));
        }

        return seen.MoveToImmutable();
    }
}
