using Calls.Contracts.Hosts;
using Calls.Grains.Calls;

namespace Calls.Grains.Hosts;

/// <summary>
/// Who holds the chair, who inherits it, and what it may do. Applied by the call, so that a leave and its succession are one
/// save, and so that a control whose author has lost the chair on the way is refused.
/// </summary>
internal static class HostTransitions
{
    /// <summary>
    /// Settles the chair after a join or leave: the locked host if here, else the present host if here, else whoever of
    /// those here joined first. Empty only when the call is: then nothing changes.
    /// </summary>
    public static CallOutcome Settle(CallOutcome outcome)
    {
        var call = outcome.State;
        if (call.Sessions.IsEmpty) { return outcome; }

        var heir = call.LockedUser is { } locked && call.Has(locked) ? locked
            : call.Has(call.Host) ? call.Host
            : call.Sessions[0].User;
        if (heir == call.Host) { return outcome; }

        var returned = heir == call.LockedUser;
        return (outcome with { State = call with { Host = heir } }).Announce(new CallEvent.HostChanged(
            heir, returned, By: null, returned ? HostChangeReason.Returned : HostChangeReason.Succeeded));
    }

    /// <summary>Applies a control, if its author holds the chair or is an admin.</summary>
    public static CallOutcome Control(CallState call, HostAuthor author, HostControl control, DateTimeOffset now) =>
        Refuse(call.Phase == CallPhase.Live ? call.Host : null, author) is { } refusal
            ? CallOutcome.Refuse(call, refusal)
            : control switch
            {
                HostControl.Make(var to) => Transfer(call, to, author.User),
                HostControl.Mute(var session) => ActionTransitions.SetMuted(call, session, muted: true, author.User),
                HostControl.MuteOthers => ActionTransitions.MuteOthers(call, author.User),
                HostControl.AskUnmute(var session) => ActionTransitions.AskUnmute(call, session, author.User),
                HostControl.StopScreen(var session) => ActionTransitions.StopScreen(call, session, author.User),
                HostControl.LowerHand(var session) => ActionTransitions.LowerHand(call, session, author.User),
                HostControl.Remove remove => Remove(call, remove, author.User, now),

                // A host who is an admin too acts as host: that is what the others see.
                HostControl.End => CallTransitions.End(
                    call, call.Host == author.User ? CallEndReason.EndedByHost : CallEndReason.EndedByAdmin, author.User, now),
                _ => throw new InvalidOperationException($"Unknown control {control}."),
            };

    /// <summary>Why somebody may not use a host control; null when they may.</summary>
    /// <param name="host">Who holds the chair; null where nobody is in the call.</param>
    public static Refusal? Refuse(UserId? host, HostAuthor author) =>
        host is null ? Refusal.NoCall
        : author.IsAdmin || host == author.User ? null
        : Refusal.Forbidden;

    /// <summary>Whose media a control changes: the answer waits for the node to hold it.</summary>
    /// <param name="call">As it was before the control.</param>
    public static bool Concerns(CallState call, HostAuthor author, HostControl control, SessionId session) => control switch
    {
        HostControl.Mute(var target) => session == target,
        HostControl.StopScreen(var target) => session == target,
        HostControl.MuteOthers => call.Find(session) is { } other && other.User != author.User,
        HostControl.Remove remove => session == remove.SessionId
            || (remove.AllSessions && call.Find(session)?.User == call.Find(remove.SessionId)?.User),
        _ => false,
    };

    private static CallOutcome Transfer(CallState call, UserId to, UserId by)
    {
        if (!call.Has(to)) { return CallOutcome.Refuse(call, Refusal.NotInCall); }

        // The same again is a client's retry.
        if (call.Host == to && call.LockedUser == to) { return CallOutcome.Accept(call); }

        return CallOutcome.Accept(call with { Host = to, LockedUser = to })
            .Announce(new CallEvent.HostChanged(to, Locked: true, by, HostChangeReason.Transferred));
    }

    private static CallOutcome Remove(CallState call, HostControl.Remove remove, UserId by, DateTimeOffset now)
    {
        if (call.Find(remove.SessionId) is not { } target) { return CallOutcome.Refuse(call, Refusal.SessionGone); }

        // Nobody else could let them in again.
        if (remove.Block && target.User == by) { return CallOutcome.Refuse(call, Refusal.Invalid, "You cannot block yourself."); }

        var blocks = remove.Block && !call.Blocked.Contains(target.User);
        var outcome = CallOutcome.Accept(blocks ? call with { Blocked = call.Blocked.Add(target.User) } : call);
        var leaving = call.Sessions.Where(session => session == target || (remove.AllSessions && session.User == target.User));
        foreach (var session in leaving)
        {
            outcome = outcome
                .Then(next => CallTransitions.Leave(next, session.Id, LeaveReason.Removed, by, now))
                .And(new CallEffect.TellUser(session.User, new CallEvent.Removed(session.Id, by, remove.Block)));
        }

        return outcome;
    }
}
