using System.Diagnostics;
using Calls.Contracts.Calls;
using Calls.Contracts.Channels;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Participants;
using Calls.Contracts.Workspace;
using Calls.Gateway.Auth;
using Calls.Gateway.Signalling;
using Microsoft.AspNetCore.Http;

namespace Calls.Gateway.Whip;

/// <summary>Sessions without a hub connection: they live as long as their media.</summary>
internal sealed class WhipSessions(IRecords records, IGrainFactory grains)
{
    private const string SdpType = "application/sdp";

    public async Task<IResult> Begin(string name, SessionKind kind, ChannelId channel, HttpContext context, CurrentUser me)
    {
        if (!string.Equals(context.Request.ContentType?.Split(';')[0].Trim(), SdpType, StringComparison.OrdinalIgnoreCase))
        {
            return Problems.Of(Refusal.UnsupportedMedia, $"Send the offer as {SdpType}.");
        }

        var operation = Replies.OperationId(context);
        if (JoinCommand.ProblemOf(operation, voiceSlots: null, device: null) is { } wrong) { return Problems.Of(Refusal.Invalid, wrong); }

        using var reader = new StreamReader(context.Request.Body);
        var offer = await reader.ReadToEndAsync(context.RequestAborted);

        // 1. A call, and a session in it.
        var joined = await Join(name, kind, channel, operation, me);
        if (!joined.IsAccepted) { return Problems.Of(joined.Plain); }

        // 2. Known to every gateway, so that it is closed when its sign-in or membership is over. Until it has an answer it has no media,
        // and without media it ends by itself.
        var (call, session) = (joined.Value!.Call.Id, joined.Value.SessionId);
        await records.AddHttpSession(new HttpSession(session, call, channel, me.Id, me.TokenHash), context.RequestAborted);

        // 3. Its media; a session that cannot have any does not stay.
        var participant = Participant(call, me.Id);
        var answer = await participant.Offer(Connection(session), new MediaOffer(session, offer, null, null));
        if (answer.IsAccepted && kind == SessionKind.Publisher && joined.Value.Muted)
        {
            await participant.Act(Connection(session), session, new SessionAction.Unmute());
        }

        if (!answer.IsAccepted)
        {
            await participant.Leave(Connection(session), session);
            return Problems.Of(answer.Plain);
        }

        context.Response.Headers.Location = $"/api/v1/{name}/{call.Value}/{session.Value}";
        return Results.Content(answer.Value!.Sdp, SdpType, null, StatusCodes.Status201Created);
    }

    public async Task<IResult> End(CallId call, SessionId session, CurrentUser me)
    {
        return Replies.Of(await Participant(call, me.Id).Leave(Connection(session), session));
    }

    private Task<Answer<JoinedSession>> Join(string name, SessionKind kind, ChannelId channel, string? operation, CurrentUser me) =>
        CallEntry.Enter(grains, channel, new OpenCall(me.Id, null, null), call =>
        {
            var session = CallEntry.NewSession();
            return Participant(call, me.Id).Join(new JoinSession(
                session,
                CallEntry.NewToken(),
                operation,
                Connection(session),
                Gateway: null,
                new Device(name, null, null),
                Muted: false,
                Video: false,
                VoiceSlots: kind == SessionKind.Listener ? 1 : 0,
                kind,
                Activity.Current?.Id));
        });

    private IParticipantGrain Participant(CallId call, UserId user) =>
        grains.GetGrain<IParticipantGrain>(new ParticipantKey(call, user).GrainKey);

    // The same on every gateway: whoever deletes the resource need not reach the one that made it.
    private static ConnectionId Connection(SessionId session) => new("http/" + session.Value);
}
