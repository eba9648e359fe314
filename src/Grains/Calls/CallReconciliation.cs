using Calls.Contracts.MediaNodes;

namespace Calls.Grains.Calls;

/// <summary>The roster against what the node says is alive: after a re-activation, and when events were lost.</summary>
internal static class CallReconciliation
{
    public static CallOutcome Apply(CallState call, NodeRoster roster, CallLimits limits, DateTimeOffset now)
    {
        if (call.Phase != CallPhase.Live) { return CallOutcome.Accept(call); }

        var outcome = CallOutcome.Accept(Disown(call, roster));
        foreach (var session in call.Sessions)
        {
            var there = roster.Sessions.FirstOrDefault(entry => entry.Session == session.Id && entry.Generation == session.Generation);
            outcome = outcome.Then(next => there is null
                ? Missing(next, session)
                : Compare(next, session, there, limits, now));
        }

        return outcome;
    }

    // What the node has and the call does not know was left behind: a leave whose close was lost, a join that was never saved.
    private static CallState Disown(CallState call, NodeRoster roster)
    {
        var strangers = roster.Sessions.Select(entry => entry.Session)
            .Where(id => call.Find(id) is null && !call.Closing.Contains(id));
        return call with { Closing = call.Closing.AddRange(strangers) };
    }

    // Media that the node no longer has counts as lost; room is made for the next one, and its client asked for it.
    private static CallOutcome Missing(CallState call, SessionState session) =>
        session.MoveDue ? CallOutcome.Accept(call) : MediaTransitions.Move(call, session.Id);

    private static CallOutcome Compare(
        CallState call, SessionState session, NodeRosterEntry there, CallLimits limits, DateTimeOffset now)
    {
        var outcome = there.State switch
        {
            NodeSessionState.Connected => SessionTransitions.MediaUp(call, session.Id, session.Generation),
            NodeSessionState.Stalled => SessionTransitions.MediaLost(call, session.Id, session.Generation, limits, now),
            _ => CallOutcome.Accept(call),
        };
        if (there.Permissions == outcome.State.Find(session.Id)!.Permissions) { return outcome; }

        // The node may hold a higher number than ours if a save was lost: ours must win.
        return outcome with { State = Outbid(outcome.State, session.Id, there.Permissions.Version) };
    }

    private static CallState Outbid(CallState call, SessionId id, long version)
    {
        var session = call.Find(id)!;
        return call.Replace(session, session with
        {
            PermitVersion = Math.Max(session.PermitVersion, version + 1),
            HeldVersion = version,
        });
    }
}
