using Calls.Contracts.MediaNodes;
using Calls.Grains.Hosts;

namespace Calls.Grains.Calls;

/// <summary>How a call starts, fills, empties and ends.</summary>
internal static class CallTransitions
{
    /// <summary>Opens the call; nobody is in it yet. Repeating it changes nothing.</summary>
    public static CallOutcome Start(CallState call, CallId id, CallStart start, CallLimits limits, DateTimeOffset now)
    {
        if (call.IsRunning) { return CallOutcome.Accept(call); }

        if (call.Phase == CallPhase.Ended) { return CallOutcome.Refuse(call, Refusal.NoCall); }

        return CallOutcome.Accept(new CallState
        {
            Phase = CallPhase.Starting,
            Id = id,
            Channel = start.Channel,
            Title = start.Title,
            StartedAt = now,
            StartedBy = start.StartedBy,
            StartsMuted = start.StartsMuted,
            Host = start.StartedBy,
            JoinDeadline = now + limits.MediaConnectTimeout,
        });
    }

    /// <summary>Names the call's post and its chat.</summary>
    public static CallOutcome AttachPost(CallState call, PostId post, PostId thread)
    {
        if (!call.IsRunning) { return CallOutcome.Refuse(call, Refusal.NoCall); }

        return CallOutcome.Accept(call.Post is null ? call with { Post = post, Thread = thread } : call);
    }

    /// <summary>Whether a session may join: as a new one, as one that is here already, or not.</summary>
    public static Answer<SessionState> Admit(CallState call, CallJoin join, CallLimits limits, DateTimeOffset now)
    {
        // Before its post is there nobody knows of the call.
        if (!call.IsRunning || call.Thread is null) { return Answer<SessionState>.Refuse(Refusal.NoCall); }

        if (call.Find(join.Session) is { } here) { return here; }

        if (call.Blocked.Contains(join.User)) { return Answer<SessionState>.Refuse(Refusal.Blocked); }

        var session = Made(call, join, limits, now);
        if (join.From is { } from) { return TakeOver(call, from, session); }

        if (limits.SessionsPerUserMax > 0 && call.Sessions.Count(other => other.User == join.User) >= limits.SessionsPerUserMax)
        {
            return Answer<SessionState>.Refuse(Refusal.CallFull, "You are in this call on as many devices as one user may be; leave it on another one first.");
        }

        return limits.SessionsMax > 0 && call.Sessions.Length >= limits.SessionsMax
            ? Answer<SessionState>.Refuse(Refusal.CallFull)
            : session;
    }

    /// <summary>
    /// Puts an admitted session where another one of the same user was: the roster has no gap, and neither the chair nor the
    /// order of the hands moves. A screen stays behind, since another device shows another.
    /// </summary>
    public static CallOutcome Move(CallState call, SessionId from, SessionState session)
    {
        if (call.Find(from) is not { } old) { return CallOutcome.Refuse(call, Refusal.SessionGone); }

        var outcome = FreeScreen(call, old);
        var next = outcome.State with
        {
            Sessions = outcome.State.Sessions.Replace(outcome.State.Find(from)!, session),
            Closing = call.Closing.Add(from),
        };
        return (outcome with { State = next })
            .Announce(new CallEvent.ParticipantJoined(CallView.Of(session)))
            .Announce(new CallEvent.ParticipantLeft(from, old.User, LeaveReason.Moved, By: null))
            .And(new CallEffect.SessionOver(LeaveReason.Moved))
            .And(new CallEffect.TellSession(from, old.Gateway, new CallEvent.SessionEnded(from, LeaveReason.Moved, By: null)));
    }

    private static Answer<SessionState> TakeOver(CallState call, SessionId from, SessionState session)
    {
        if (call.Find(from) is not { } old) { return Answer<SessionState>.Refuse(Refusal.SessionGone); }

        return old.User != session.User
            ? Answer<SessionState>.Refuse(Refusal.NotYourSession)
            : session with { Muted = old.Muted, RaisedAt = old.RaisedAt, JoinedAt = old.JoinedAt };
    }

    private static SessionState Made(CallState call, CallJoin join, CallLimits limits, DateTimeOffset now) =>
        new()
        {
            Id = join.Session,
            User = join.User,
            JoinedAt = now,
            Muted = StartsMuted(call, join),
            Video = join.Video,
            Kind = join.Kind,
            VoiceSlots = join.VoiceSlots > 0 ? join.VoiceSlots : limits.VoiceSlots,
            DeviceName = join.Device?.Name,
            DevicePlatform = join.Device?.Platform,
            DeviceVersion = join.Device?.Version,
            Gateway = join.Gateway?.Gateway,
            Hub = join.Gateway is null ? HubLink.None : HubLink.Held,
            MediaDeadline = now + limits.MediaConnectTimeout,
            Generation = 1,
            PermitVersion = 1,
            HeldVersion = 1,
        };

    /// <summary>Adds a session that was admitted and has its room on the media node.</summary>
    public static CallOutcome Join(CallState call, SessionState session, DateTimeOffset now)
    {
        if (!call.IsRunning) { return CallOutcome.Refuse(call, Refusal.NoCall); }

        var isFirst = call.Phase == CallPhase.Starting;
        var isNewHere = !call.Has(session.User);
        var next = call with
        {
            Phase = CallPhase.Live,
            JoinDeadline = null,
            Host = isFirst ? session.User : call.Host,
            Sessions = call.Sessions.Add(session),
            Attendees = call.Attendees.Contains(session.User) ? call.Attendees : call.Attendees.Add(session.User),
            SessionsMax = Math.Max(call.SessionsMax, call.Sessions.Length + 1),
        };
        var outcome = CallOutcome.Accept(CountAlone(next, now))
            .Announce(new CallEvent.ParticipantJoined(CallView.Of(session)));
        if (isFirst)
        {
            outcome = outcome.Announce(new CallEvent.HostChanged(session.User, Locked: false, By: null, HostChangeReason.Started));
        }

        outcome = HostTransitions.Settle(outcome);
        if (isNewHere) { outcome = outcome.And(new CallEffect.UserEntered(session.User)); }

        return outcome.And(isFirst
            ? new CallEffect.AnnounceToChannel(new CallEvent.CallStarted(CallView.Of(outcome.State)))
            : new CallEffect.RosterChanged());
    }

    /// <summary>Takes a session out; the chair passes on if it was the host's last. The last one out ends the call.</summary>
    public static CallOutcome Leave(CallState call, SessionId id, LeaveReason reason, UserId? by, DateTimeOffset now)
    {
        // Gone already is what the caller wants.
        if (call.Find(id) is not { } session) { return CallOutcome.Accept(call); }

        var outcome = FreeScreen(call, session);
        var next = outcome.State with { Sessions = outcome.State.Sessions.RemoveAll(other => other.Id == id), Closing = call.Closing.Add(id) };
        outcome = (outcome with { State = CountAlone(next, now) })
            .Announce(new CallEvent.ParticipantLeft(id, session.User, reason, by))
            .And(new CallEffect.SessionOver(reason));
        if (reason != LeaveReason.Left)
        {
            outcome = outcome.And(new CallEffect.TellSession(id, session.Gateway, new CallEvent.SessionEnded(id, reason, by)));
        }

        if (!next.Has(session.User)) { outcome = outcome.And(new CallEffect.UserLeft(session.User)); }

        return next.Sessions.IsEmpty
            ? outcome.Then(empty => End(empty, CallEndReason.LastLeft, by: null, now))
            : HostTransitions.Settle(outcome).And(new CallEffect.RosterChanged());
    }

    /// <summary>Ends the call.</summary>
    /// <param name="by">The host or admin who did it; null for the service itself.</param>
    public static CallOutcome End(CallState call, CallEndReason reason, UserId? by, DateTimeOffset now) =>
        call.IsRunning ? Close(call, reason, by, now) : CallOutcome.Refuse(call, Refusal.NoCall);

    /// <summary>A call that nobody joined in time, has lasted too long, or holds one lonely person ends.</summary>
    public static CallOutcome Elapse(CallState call, CallLimits limits, DateTimeOffset now) => call switch
    {
        { Phase: CallPhase.Starting } when now >= call.JoinDeadline => End(call, CallEndReason.Failed, by: null, now),
        { Phase: CallPhase.Live } when limits.DurationMax > TimeSpan.Zero && now >= call.StartedAt + limits.DurationMax =>
            End(call, CallEndReason.MaxDuration, by: null, now),
        { Phase: CallPhase.Live } when limits.AloneMax > TimeSpan.Zero && now >= call.AloneSince + limits.AloneMax =>
            End(call, CallEndReason.Alone, by: null, now),
        _ => CallOutcome.Accept(call),
    };

    private static CallOutcome Close(CallState call, CallEndReason reason, UserId? by, DateTimeOffset now)
    {
        // What came to no life is announced to nobody and leaves no record.
        var wasLive = call.Phase == CallPhase.Live;
        var next = call with
        {
            Phase = CallPhase.Ended,
            Sessions = [],
            Closing = [],
            JoinDeadline = null,
            End = new CallEnd { Reason = reason, At = now, RecordDone = !wasLive },
        };
        if (!wasLive) { return CallOutcome.Accept(next with { End = next.End with { Reason = CallEndReason.Failed } }); }

        var news = new CallEvent.CallEnded(reason, by, now, (long)(now - call.StartedAt).TotalMilliseconds);
        var outcome = CallOutcome.Accept(next).Announce(news).And(new CallEffect.AnnounceToChannel(news));
        foreach (var session in call.Sessions)
        {
            outcome = outcome
                .And(new CallEffect.SessionOver(LeaveReason.CallEnded))
                .And(new CallEffect.TellSession(
                    session.Id, session.Gateway, new CallEvent.SessionEnded(session.Id, LeaveReason.CallEnded, by)));
        }

        foreach (var user in call.Sessions.Select(session => session.User).Distinct())
        {
            outcome = outcome.And(new CallEffect.UserLeft(user));
        }

        return outcome;
    }

    private static CallOutcome FreeScreen(CallState call, SessionState leaving) => leaving.Presents
        ? CallOutcome.Accept(call.Replace(leaving, leaving with { Presents = false }))
            .Announce(new CallEvent.ScreenStopped(leaving.Id, By: null, ScreenStopReason.Left))
        : CallOutcome.Accept(call);

    // S27: muted by the kind of channel. A publisher starts unmuted (it has no button), a listener has no voice.
    private static bool StartsMuted(CallState call, CallJoin join) => join.Kind switch
    {
        SessionKind.Listener => true,
        SessionKind.Publisher => join.Muted,
        _ => call.StartsMuted || join.Muted,
    };

    private static CallState CountAlone(CallState call, DateTimeOffset now) =>
        call with { AloneSince = call.Participants == 1 ? call.AloneSince ?? now : null };
}
