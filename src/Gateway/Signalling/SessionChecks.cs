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
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.CurrentValue.Sessions.AuthCheck, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            timer.Period = options.CurrentValue.Sessions.AuthCheck;
            try
            {
                await CheckAll(stoppingToken);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                GatewayLog.CheckFailed(log, fault, options.CurrentValue.Sessions.AuthCheck.TotalSeconds);
            }
        }
    }

    private async Task CheckAll(CancellationToken cancellation)
    {
        // 1. Sign-ins, each once however many connections it has.
        var connections = sessions.Connections;
        var held = sessions.Sessions;
        var signIns = connections.Select(connection => connection.User.TokenHash).Concat(held.Select(session => session.TokenHash)).Distinct();
        var over = new HashSet<string>(StringComparer.Ordinal);
        foreach (var hash in signIns)
        {
            if (!await IsSignedIn(hash, cancellation)) { over.Add(hash); }
        }

        foreach (var connection in connections.Where(connection => over.Contains(connection.User.TokenHash)))
        {
            // Their sessions were closed and told a round ago; or there were none.
            if (connection.SignedOut || held.All(session => session.Connection != connection)) { connection.Abort(); }

            connection.SignedOut = true;
        }

        // 2. Memberships, one look for each user, and one for each channel that has a call here.
        var channelsOf = new Dictionary<UserId, ImmutableHashSet<ChannelId>>();
        foreach (var user in connections.Select(connection => connection.UserId).Concat(held.Select(session => session.User)).Distinct())
        {
            channelsOf[user] = [.. await workspace.Channels.IdsOf(user, cancellation)];
        }

        var archived = new HashSet<ChannelId>();
        foreach (var channel in held.Select(session => session.Channel).Distinct())
        {
            if (await workspace.Channels.Find(channel, cancellation) is { Archived: true }) { archived.Add(channel); }
        }

        // 3. Sessions.
        foreach (var session in held)
        {
            if (over.Contains(session.TokenHash)) { await Close(session, LeaveReason.SignedOut); }
            else if (!channelsOf[session.User].Contains(session.Channel)) { await Close(session, LeaveReason.NoLongerMember); }
            else if (archived.Contains(session.Channel)) { await grains.GetGrain<IChannelGrain>(session.Channel.Value).Archived(session.User); }
            else if (session.Connection is null) { await DropIfGone(session); }
        }

        // 4. Which channels each connection hears of.
        foreach (var connection in connections.Where(connection => !connection.SignedOut))
        {
            if (!connection.Channels.SetEquals(channelsOf[connection.UserId])) { await CheckChannels(connection, cancellation); }
        }
    }

    private async Task<bool> IsSignedIn(string tokenHash, CancellationToken cancellation) =>
        await records.FindSignIn(tokenHash, cancellation) is { User: var user }
        && await workspace.Users.Find(user, cancellation) is { Deactivated: false };

    private async Task Close(HeldSession session, LeaveReason reason)
    {
        var participant = grains.GetGrain<IParticipantGrain>(new ParticipantKey(session.Call, session.User).GrainKey);
        await participant.Close(session.Id, reason);

        // Told by the call's own event; who has no connection hears nothing.
        if (session.Connection is null) { sessions.Drop(session); }
    }

    private async Task DropIfGone(HeldSession session)
    {
        var present = await grains.GetGrain<ICallGrain>(session.Call.Value).SessionsOf(session.User);
        if (!present.Contains(session.Id)) { sessions.Drop(session); }
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
