namespace Calls.Grains.Calls;

/// <summary>How a session's hub connection and media come, go and come back.</summary>
internal static class SessionTransitions
{
    /// <summary>The hub connection closed: the grace period begins.</summary>
    public static CallOutcome HubClosed(CallState call, SessionId id, CallLimits limits, DateTimeOffset now) =>
        HubGone(call, id, HubLink.Closed, limits, now);

    /// <summary>The gateway was not heard of: the grace period begins, and its next word ends it.</summary>
    public static CallOutcome HubSilent(CallState call, SessionId id, CallLimits limits, DateTimeOffset now) =>
        call.Find(id) is { Hub: HubLink.Held } ? HubGone(call, id, HubLink.Silent, limits, now) : CallOutcome.Accept(call);

    /// <summary>A gateway says that it holds the session's connection.</summary>
    public static CallOutcome HubHeard(CallState call, SessionId id, GatewayId gateway) =>
        call.Find(id) is { Hub: HubLink.Silent } session && session.Gateway == gateway
            ? Change(call, session, session with { Hub = HubLink.Held, HubDeadline = null })
            : CallOutcome.Accept(call);

    /// <summary>The session is on a hub connection of this gateway from now on. The gateway that had it is told.</summary>
    public static CallOutcome Resume(CallState call, SessionId id, GatewayId gateway)
    {
        if (call.Find(id) is not { } session) { return CallOutcome.Refuse(call, Refusal.SessionGone); }

        var outcome = Change(call, session, session with { Hub = HubLink.Held, HubDeadline = null, Gateway = gateway });

        // Within one gateway the old connection is told there: it alone can tell the two apart.
        return session.Gateway is { } former && former != gateway
            ? outcome.And(new CallEffect.TellSession(id, former, new CallEvent.SessionEnded(id, LeaveReason.Moved, By: null)))
            : outcome;
    }

    /// <summary>Media flows.</summary>
    public static CallOutcome MediaUp(CallState call, SessionId id, int generation) =>
        Present(call, id, generation) is { Media: not MediaLink.Up } session
            ? Change(call, session, session with { Media = MediaLink.Up, MediaWasUp = true, MediaDeadline = null })
            : CallOutcome.Accept(call);

    /// <summary>
    /// Media is gone without the service's wish: the grace period begins. Media that never was keeps its deadline.
    /// </summary>
    public static CallOutcome MediaLost(CallState call, SessionId id, int generation, CallLimits limits, DateTimeOffset now) =>
        Present(call, id, generation) is { Media: MediaLink.Up } session
            ? Change(call, session, session with { Media = MediaLink.Lost, MediaDeadline = now + limits.Grace })
            : CallOutcome.Accept(call);

    /// <summary>Ends every session whose time is up.</summary>
    public static CallOutcome Elapse(CallState call, DateTimeOffset now)
    {
        var outcome = CallOutcome.Accept(call);
        foreach (var session in call.Sessions)
        {
            if (Overdue(session, now) is { } reason)
            {
                outcome = outcome.Then(next => next.Phase == CallPhase.Live
                    ? CallTransitions.Leave(next, session.Id, reason, by: null, now)
                    : CallOutcome.Accept(next));
            }
        }

        return outcome;
    }

    /// <summary>After a re-activation: nobody is judged by time in which nobody could report.</summary>
    public static CallState Reawaken(CallState call, CallLimits limits, DateTimeOffset now) => call with
    {
        JoinDeadline = call.JoinDeadline is null ? null : now + limits.MediaConnectTimeout,
        Sessions = [.. call.Sessions.Select(session => session with
        {
            HubDeadline = session.HubDeadline is null ? null : now + limits.Grace,
            MediaDeadline = session.MediaDeadline is null ? null
                : now + (session.MediaWasUp ? limits.Grace : limits.MediaConnectTimeout),
        })],
    };

    /// <summary>Makes a change and tells the others if they see the session differently now.</summary>
    internal static CallOutcome Change(CallState call, SessionState from, SessionState to)
    {
        var outcome = CallOutcome.Accept(call.Replace(from, to));
        return (from.Connection, to.Connection) switch
        {
            (not SessionConnection.Disconnected, SessionConnection.Disconnected) =>
                outcome.Announce(new CallEvent.ParticipantDisconnected(to.Id)),
            (var before, var now) when before != now => outcome.Announce(new CallEvent.ParticipantReconnected(to.Id, now)),
            _ => outcome,
        };
    }

    private static CallOutcome HubGone(CallState call, SessionId id, HubLink link, CallLimits limits, DateTimeOffset now)
    {
        if (call.Find(id) is not { } session) { return CallOutcome.Refuse(call, Refusal.SessionGone); }

        return session.Hub is HubLink.None
            ? CallOutcome.Accept(call)
            : Change(call, session, session with { Hub = link, HubDeadline = session.HubDeadline ?? now + limits.Grace });
    }

    // News of an older generation is about a peer connection that is over.
    private static SessionState? Present(CallState call, SessionId id, int generation) =>
        call.Find(id) is { } session && session.Generation == generation ? session : null;

    private static LeaveReason? Overdue(SessionState session, DateTimeOffset now) =>
        now >= session.HubDeadline ? LeaveReason.ConnectionLost
        : now >= session.MediaDeadline ? (session.MediaWasUp ? LeaveReason.MediaLost : LeaveReason.MediaTimeout)
        : null;
}
