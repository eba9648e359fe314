using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Channels;
using Calls.Contracts.Ids;
using Calls.Contracts.Participants;
using Calls.Contracts.Workspace;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Calls.Gateway.Signalling;

/// <summary>
/// Looks again and again whether those who are here still may be (D15): a sign-in that was revoked or has expired, a user who was
/// deactivated or is no member any more, a channel that was archived. Closed sessions are told why; connections follow a round later.
/// </summary>
internal sealed class SessionChecks(
    SessionConnections sessions,
    Presence presence,
    IWorkspace workspace,
    IRecords records,
    IGrainFactory grains,
    IOptionsMonitor<GatewayOptions> options,
    TimeProvider time,
    ILogger<SessionChecks> log)
    : BackgroundService
{
    // A call that does not answer keeps nobody else's session open; it is asked again in a later round.
    private readonly Rounds _rounds = new(time, fault => GatewayLog.CheckFailed(log, fault));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.CurrentValue.Sessions.AuthCheck, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                timer.Period = options.CurrentValue.Sessions.AuthCheck;
                await CheckAll(stoppingToken);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                GatewayLog.CheckFailed(log, fault);
            }
        }
    }

    private async Task CheckAll(CancellationToken cancellation)
    {
        // 1. Sign-ins and their users: one look at all of them.
        var connections = sessions.Connections;
        var held = sessions.Sessions;

        // Each gateway looks at all of these: whichever made one may be gone.
        var http = await records.HttpSessions(cancellation);
        if (connections.Count == 0 && held.Count == 0 && http.IsEmpty) { return; }

        var over = await SignedOut(
            [.. connections.Select(connection => connection.User.TokenHash)
                .Concat(held.Select(session => session.TokenHash)).Concat(http.Select(session => session.TokenHash)).Distinct()],
            cancellation);

        foreach (var connection in connections.Where(connection => over.Contains(connection.User.TokenHash)))
        {
            // Their sessions were closed and told a round ago; or there were none.
            if (connection.SignedOut || held.All(session => session.Connection != connection)) { connection.Abort(); }

            connection.SignedOut = true;
        }

        // 2. Memberships, and the channels that have a call here: one look each.
        var channelsOf = await workspace.Channels.IdsOfEach(
            [.. connections.Select(connection => connection.UserId)
                .Concat(held.Select(session => session.User)).Concat(http.Select(session => session.User)).Distinct()],
            cancellation);
        var archived = await workspace.Channels.Closed(
            [.. held.Select(session => session.Channel).Concat(http.Select(session => session.Channel)).Distinct()], cancellation);

        // 3. Sessions.
        await _rounds.Each(
            held,
            session => session.Id.Value,
            session => Check(session.Id, session.Call, session.Channel, session.User, session.TokenHash),
            cancellation);
        await _rounds.Each(
            http,
            session => session.Id.Value,
            async session =>
            {
                await Check(session.Id, session.Call, session.Channel, session.User, session.TokenHash);
                await ForgetIfGone(session, cancellation);
            },
            cancellation);

        // 4. Which channels each connection hears of.
        await _rounds.Each(
            connections.Where(connection => !connection.SignedOut && !connection.Channels.SetEquals(ChannelsOf(connection.UserId))),
            connection => connection.Id,
            connection => CheckChannels(connection, cancellation),
            cancellation);

        async Task Check(SessionId session, CallId call, ChannelId channel, UserId user, string tokenHash)
        {
            if (over.Contains(tokenHash)) { await Close(session, call, user, LeaveReason.SignedOut); }
            else if (!ChannelsOf(user).Contains(channel)) { await Close(session, call, user, LeaveReason.NoLongerMember); }
            else if (archived.Contains(channel)) { await grains.GetGrain<IChannelGrain>(channel.Value).Archived(user); }
        }

        ImmutableHashSet<ChannelId> ChannelsOf(UserId user) => channelsOf.GetValueOrDefault(user) ?? [];
    }

    private async Task<HashSet<string>> SignedOut(ImmutableArray<string> tokenHashes, CancellationToken cancellation)
    {
        var valid = await records.FindSignIns(tokenHashes, cancellation);
        var barred = await workspace.Users.Barred([.. valid.Select(signIn => signIn.User).Distinct()], cancellation);
        return [.. tokenHashes.Except(valid.Where(signIn => !barred.Contains(signIn.User)).Select(signIn => signIn.TokenHash))];
    }

    // Its connection is told by the call's own event.
    private Task Close(SessionId session, CallId call, UserId user, LeaveReason reason) =>
        grains.GetGrain<IParticipantGrain>(new ParticipantKey(call, user).GrainKey).Close(session, reason);

    private async Task ForgetIfGone(HttpSession session, CancellationToken cancellation)
    {
        var present = await grains.GetGrain<ICallGrain>(session.Call.Value).SessionsOf(session.User);
        if (!present.Contains(session.Id)) { await records.RemoveHttpSession(session.Id, cancellation); }
    }

    private async Task CheckChannels(HubConnection connection, CancellationToken cancellation)
    {
        // Looked at anew: what came by an event since the first look is not to be lost.
        var known = connection.Channels;
        var present = (await workspace.Channels.IdsOf(connection.UserId, cancellation)).ToImmutableHashSet();
        sessions.Listen(connection, present);
        foreach (var added in present.Except(known)) { await presence.WatchChannel(added); }
    }
}
