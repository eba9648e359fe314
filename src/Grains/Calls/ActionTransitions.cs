using Calls.Contracts.MediaNodes;

namespace Calls.Grains.Calls;

/// <summary>What people do in a call: by themselves, or the host to them (<c>by</c>).</summary>
internal static class ActionTransitions
{
    /// <summary>What the session's own user wishes.</summary>
    public static CallOutcome Act(CallState call, SessionId id, SessionAction action, DateTimeOffset now) => action switch
    {
        SessionAction.Mute => SetMuted(call, id, muted: true, by: null),
        SessionAction.Unmute => SetMuted(call, id, muted: false, by: null),
        SessionAction.DeclineUnmute => DeclineUnmute(call, id),
        SessionAction.RaiseHand => RaiseHand(call, id, now),
        SessionAction.LowerHand => LowerHand(call, id, by: null),
        SessionAction.React(var emoji) => React(call, id, emoji),
        SessionAction.StartScreen => StartScreen(call, id),
        SessionAction.StopScreen => StopScreen(call, id, by: null),
        _ => throw new InvalidOperationException($"Unknown action {action}."),
    };

    /// <summary>Whose media an action changes: the answer waits for the node to hold it.</summary>
    public static bool Concerns(SessionId actor, SessionAction action, SessionId session) => session == actor
        && action is SessionAction.Mute or SessionAction.Unmute or SessionAction.StartScreen or SessionAction.StopScreen;

    /// <summary>Mutes or unmutes; the node is to hold it (<see cref="CallDuty.Permit"/>).</summary>
    public static CallOutcome SetMuted(CallState call, SessionId id, bool muted, UserId? by)
    {
        if (call.Find(id) is not { } session) { return CallOutcome.Refuse(call, Refusal.SessionGone); }

        if (session.Muted == muted) { return CallOutcome.Accept(call); }

        if (session.Kind == SessionKind.Listener) { return NoVoice(call); }

        var next = session with
        {
            Muted = muted,
            PermitVersion = session.PermitVersion + 1,
            UnmuteAskedBy = muted ? session.UnmuteAskedBy : null,
        };
        return CallOutcome.Accept(call.Replace(session, next))
            .Announce(muted ? new CallEvent.Muted(id, by) : new CallEvent.Unmuted(id, by));
    }

    /// <summary>Mutes every session whose user is not the one who asks (D3).</summary>
    public static CallOutcome MuteOthers(CallState call, UserId by)
    {
        var outcome = CallOutcome.Accept(call);
        foreach (var session in call.Sessions.Where(session => session.User != by))
        {
            outcome = outcome.Then(next => SetMuted(next, session.Id, muted: true, by));
        }

        return outcome;
    }

    /// <summary>Asks the user of a muted session to unmute. Asking again asks again.</summary>
    public static CallOutcome AskUnmute(CallState call, SessionId id, UserId by)
    {
        if (call.Find(id) is not { } session) { return CallOutcome.Refuse(call, Refusal.SessionGone); }

        if (session.Kind == SessionKind.Listener) { return NoVoice(call); }

        return session.Muted
            ? CallOutcome.Accept(call.Replace(session, session with { UnmuteAskedBy = by }))
                .And(new CallEffect.TellUser(session.User, new CallEvent.UnmuteRequested(id, by)))
            : CallOutcome.Accept(call);
    }

    /// <summary>The asked one stays muted; who asked is told.</summary>
    public static CallOutcome DeclineUnmute(CallState call, SessionId id) => call.Find(id) switch
    {
        null => CallOutcome.Refuse(call, Refusal.SessionGone),
        { UnmuteAskedBy: { } asker } session => CallOutcome.Accept(call.Replace(session, session with { UnmuteAskedBy = null }))
            .And(new CallEffect.TellUser(asker, new CallEvent.UnmuteDeclined(id))),
        _ => CallOutcome.Accept(call),
    };

    /// <summary>A hand goes up. One that is up keeps its time, and so its place among the hands.</summary>
    public static CallOutcome RaiseHand(CallState call, SessionId id, DateTimeOffset now) => call.Find(id) switch
    {
        null => CallOutcome.Refuse(call, Refusal.SessionGone),
        { RaisedAt: null } session => CallOutcome.Accept(call.Replace(session, session with { RaisedAt = now }))
            .Announce(new CallEvent.HandRaised(id, now)),
        _ => CallOutcome.Accept(call),
    };

    /// <summary>A hand comes down.</summary>
    public static CallOutcome LowerHand(CallState call, SessionId id, UserId? by) => call.Find(id) switch
    {
        null => CallOutcome.Refuse(call, Refusal.SessionGone),
        { RaisedAt: not null } session => CallOutcome.Accept(call.Replace(session, session with { RaisedAt = null }))
            .Announce(new CallEvent.HandLowered(id, by)),
        _ => CallOutcome.Accept(call),
    };

    /// <summary>An emoji for a moment; nothing of it is kept.</summary>
    public static CallOutcome React(CallState call, SessionId id, Emoji emoji)
    {
        if (call.Find(id) is null) { return CallOutcome.Refuse(call, Refusal.SessionGone); }

        return emoji.Problem() is { } problem
            ? CallOutcome.Refuse(call, Refusal.Invalid, problem)
            : CallOutcome.Accept(call, new CallEffect.TellAll(new CallEvent.Reacted(id, emoji)));
    }

    /// <summary>Takes the one screen slot, if it is free.</summary>
    public static CallOutcome StartScreen(CallState call, SessionId id)
    {
        if (call.Find(id) is not { } session) { return CallOutcome.Refuse(call, Refusal.SessionGone); }

        if (session.Presents) { return CallOutcome.Accept(call); }

        if (session.Kind == SessionKind.Listener) { return CallOutcome.Refuse(call, Refusal.Invalid, "A listener shares no screen."); }

        return call.Presenter is { } owner
            ? CallOutcome.Refuse(call, Refusal.ScreenTaken, $"The screen of {owner.User} is being shared in session {owner.Id}; wait until it stops.")
            : CallOutcome.Accept(call.Replace(session, session with { Presents = true, PermitVersion = session.PermitVersion + 1 }))
                .Announce(new CallEvent.ScreenStarted(id));
    }

    /// <summary>Frees the screen slot, if this session holds it.</summary>
    public static CallOutcome StopScreen(CallState call, SessionId id, UserId? by) => call.Find(id) switch
    {
        null => CallOutcome.Refuse(call, Refusal.SessionGone),
        { Presents: true } session => CallOutcome
            .Accept(call.Replace(session, session with { Presents = false, PermitVersion = session.PermitVersion + 1 }))
            .Announce(new CallEvent.ScreenStopped(id, by, by is null ? ScreenStopReason.Stopped : ScreenStopReason.StoppedByHost)),
        _ => CallOutcome.Accept(call),
    };

    private static CallOutcome NoVoice(CallState call) => CallOutcome.Refuse(call, Refusal.Invalid, "A listener has no voice to give free.");
}
