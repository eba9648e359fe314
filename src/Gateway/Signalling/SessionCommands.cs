using System.Diagnostics;
using Calls.Contracts.Calls;
using Calls.Contracts.Channels;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Participants;
using Calls.Contracts.Users;
using Calls.Gateway.Auth;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Calls.Gateway.Signalling;

/// <summary>What a client may do with its own session, carried to the grains.</summary>
internal sealed class SessionCommands(
    SessionConnections sessions,
    GatewayObserver observer,
    IGrainFactory grains,
    IOptionsMonitor<GatewayOptions> options,
    TimeProvider time,
    ILogger<SessionCommands> log)
{
    public async Task<HubReply> Join(HubConnection connection, JoinCommand command)
    {
        if (command.Problem() is { } problem) { return HubReply.Refuse(Refusal.Invalid, problem); }

        return HubReply.Of(await CallEntry.Enter(
            grains,
            command.ChannelId,
            new OpenCall(connection.UserId, command.Title, command.ThreadId),
            call => Join(connection, command, call)));
    }

    public async Task<HubReply> Offer(HubConnection connection, OfferCommand command)
    {
        var participant = await Find(connection, command.SessionId);
        return participant.IsAccepted
            ? HubReply.Of(await participant.Value!.Offer(
                connection.Name, new MediaOffer(command.SessionId, command.Sdp, command.Generation, command.Number)))
            : HubReply.Of(participant.Plain);
    }

    public async Task<HubReply> Resume(HubConnection connection, ResumeCommand command)
    {
        var found = await Locate(connection, command.SessionId);
        var resumed = found.IsAccepted
            ? await Resume(connection, command, found.Value!.CallId, found.Value.ChannelId)
            : Answer<ResumedSession>.Refuse(found.Plain);
        GatewayTelemetry.Resumed(resumed.Refusal);
        return HubReply.Of(resumed);
    }

    public async Task<HubReply> Leave(HubConnection connection, SessionCommand command)
    {
        var participant = await Find(connection, command.SessionId);

        // A second goodbye is a client's retry.
        if (participant.Refusal == Refusal.SessionGone) { return HubReply.Done(); }

        if (!participant.IsAccepted) { return HubReply.Of(participant.Plain); }

        var answer = await participant.Value!.Leave(connection.Name, command.SessionId);
        if (answer.IsAccepted && sessions.Find(command.SessionId) is { } held) { sessions.Drop(held); }

        return HubReply.Of(answer);
    }

    public async Task<HubReply> Act(HubConnection connection, SessionId session, SessionAction action)
    {
        var participant = await Find(connection, session);
        if (!participant.IsAccepted) { return HubReply.Of(participant.Plain); }

        var done = await participant.Value!.Act(connection.Name, session, action);
        return !done.IsAccepted ? HubReply.Of(done.Plain)
            : action is SessionAction.RaiseHand ? HubReply.Done(new RaisedHand(done.Value!.RaisedAt))
            : HubReply.Done();
    }

    public async Task<HubReply> Move(HubConnection connection, MoveCommand command)
    {
        if (command.Problem() is { } problem) { return HubReply.Refuse(Refusal.Invalid, problem); }

        var found = await Locate(connection, command.SessionId);
        if (found.IsAccepted) { return HubReply.Of(await Move(connection, command, found.Value!)); }

        // Of a repeated move the session it came from is gone; the call that it went to knows the operation.
        if (found.Refusal == Refusal.SessionGone && command.OperationId is not null)
        {
            foreach (var current in await grains.GetGrain<IUserGrain>(connection.UserId.Value).CurrentCalls())
            {
                var moved = await Move(connection, command, current);
                if (moved.IsAccepted) { return HubReply.Of(moved); }
            }
        }

        return HubReply.Of(found.Plain);
    }

    public async Task<HubReply> Sync(HubConnection connection, SyncCommand command)
    {
        var call = await grains.GetGrain<ICallGrain>(command.CallId.Value).Look();
        if (call?.Sessions.Any(session => session.UserId == connection.UserId) != true)
        {
            return HubReply.Refuse(Refusal.NotInCall, "You are not in this call; join it first.");
        }

        foreach (var mine in sessions.Sessions.Where(session => session.Call == call.Id && session.Connection == connection))
        {
            await grains.GetGrain<ICallGrain>(call.Id.Value).TellVoices(mine.Id);
        }

        return HubReply.Done(new SyncedCall(call));
    }

    /// <summary>The connection closed: the grace of its sessions begins.</summary>
    public async Task ConnectionLost(HubConnection connection)
    {
        foreach (var session in sessions.Remove(connection)) { await TellLost(connection, session); }
    }

    private Task<Answer<JoinedSession>> Join(HubConnection connection, JoinCommand command, CallId call) =>
        Enter(connection, call, command.ChannelId, Wish(connection, command) with { Muted = command.Muted });

    private Task<Answer<JoinedSession>> Move(HubConnection connection, MoveCommand command, CurrentCall call) =>
        Enter(connection, call.CallId, call.ChannelId, Wish(connection, command) with { From = command.SessionId });

    private JoinSession Wish(HubConnection connection, IEntryCommand command) => new(
        CallEntry.NewSession(),
        CallEntry.NewToken(),
        command.OperationId,
        connection.Name,
        observer.Subscription,
        command.Device,
        Muted: false,
        command.Video,
        command.VoiceSlots ?? 0,
        SessionKind.Participant,
        Activity.Current?.Id ?? command.Traceparent);

    private async Task<Answer<JoinedSession>> Enter(HubConnection connection, CallId call, ChannelId channel, JoinSession wish)
    {
        // Known before the call hears of it, so that no event of the call is missed.
        var expected = Held(wish.Session, call, channel, connection);
        sessions.Expect(expected);
        var answer = Answer<JoinedSession>.Refuse(Refusal.Unavailable);
        try
        {
            answer = await Participant(call, connection.UserId).Join(wish);
        }
        finally
        {
            if (!answer.IsAccepted) { sessions.Withdraw(expected); }
        }

        if (!answer.IsAccepted) { return answer; }

        var joined = answer.Value!;
        await Open(connection, expected, joined.SessionId, joined.Call.Seq);
        return joined with { Media = Complete(joined.Media, connection.UserId) };
    }

    // The answer may name the session that the same operation made before, which may have had another connection.
    private async Task Open(HubConnection connection, HeldSession expected, SessionId session, long seq)
    {
        var held = expected;
        if (session != expected.Id)
        {
            sessions.Withdraw(expected);
            held = Held(session, expected.Call, expected.Channel, connection);
            sessions.Expect(held);
        }

        if (!sessions.Open(held, seq)) { await TellLost(connection, held); }
    }

    private async Task<Answer<ResumedSession>> Resume(HubConnection connection, ResumeCommand command, CallId call, ChannelId channel)
    {
        var expected = Held(command.SessionId, call, channel, connection);
        sessions.Expect(expected);
        var answer = Answer<Contracts.Participants.ResumedSession>.Refuse(Refusal.Unavailable);
        try
        {
            answer = await Participant(call, connection.UserId).Resume(new ResumeSession(
                command.SessionId, new ResumeToken(command.ResumeToken), CallEntry.NewToken(), connection.Name, observer.Subscription, command.LastSeq));
        }
        finally
        {
            if (!answer.IsAccepted) { sessions.Withdraw(expected); }
        }

        if (!answer.IsAccepted) { return Answer<ResumedSession>.Refuse(answer.Plain); }

        var resumed = answer.Value!.Resumed;
        var known = resumed.Call?.Seq ?? resumed.Events?.Max(news => news.Seq) ?? command.LastSeq;
        if (!sessions.Open(expected, known)) { await TellLost(connection, expected); }

        return new ResumedSession(
            answer.Value.ResumeToken,
            resumed.Events is { } events ? [.. events.Select(EventMessage.Of)] : null,
            resumed.Call,
            Complete(resumed.Media, connection.UserId));
    }

    private async Task<Answer<IParticipantGrain>> Find(HubConnection connection, SessionId session)
    {
        var found = await Locate(connection, session);
        return found.IsAccepted
            ? new Answer<IParticipantGrain>(Participant(found.Value!.CallId, connection.UserId), null, null)
            : Answer<IParticipantGrain>.Refuse(found.Plain);
    }

    // Of sessions made through another gateway, or before this one was started, only the grains know.
    private async Task<Answer<CurrentCall>> Locate(HubConnection connection, SessionId session)
    {
        if (sessions.Find(session) is { } held)
        {
            return held.User == connection.UserId
                ? new CurrentCall(held.Call, held.Channel)
                : Answer<CurrentCall>.Refuse(Refusal.NotYourSession);
        }

        foreach (var current in await grains.GetGrain<IUserGrain>(connection.UserId.Value).CurrentCalls())
        {
            var call = await grains.GetGrain<ICallGrain>(current.CallId.Value).Look();
            if (call?.Sessions.FirstOrDefault(other => other.SessionId == session) is { } found)
            {
                return found.UserId == connection.UserId ? current : Answer<CurrentCall>.Refuse(Refusal.NotYourSession);
            }
        }

        return Answer<CurrentCall>.Refuse(Refusal.SessionGone);
    }

    private async Task TellLost(HubConnection connection, HeldSession session)
    {
        try
        {
            await Participant(session.Call, session.User).ConnectionLost(connection.Name, session.Id);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The call notices by the renewals that do not come.
            GatewayLog.CommandFailed(log, fault, "ConnectionLost");
        }
    }

    private static HeldSession Held(SessionId session, CallId call, ChannelId channel, HubConnection connection) =>
        new(session, call, channel, connection.UserId, connection, connection.User.TokenHash);

    private MediaGrant Complete(MediaGrant media, UserId user) =>
        media with { IceServers = [.. TurnCredentials.For(user, options.CurrentValue.Ice, time.GetUtcNow())] };

    private IParticipantGrain Participant(CallId call, UserId user) =>
        grains.GetGrain<IParticipantGrain>(new ParticipantKey(call, user).GrainKey);
}
