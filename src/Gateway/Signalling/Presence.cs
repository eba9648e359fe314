using Calls.Contracts.Calls;
using Calls.Contracts.Channels;
using Calls.Contracts.Ids;
using Calls.Contracts.Users;
using Calls.Contracts.Workspace;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Calls.Gateway.Signalling;

/// <summary>Keeps the grains knowing whom this gateway holds: users, their channels, and sessions of calls. They forget after 25 s.</summary>
internal sealed class Presence(
    SessionConnections sessions,
    GatewayObserver observer,
    IWorkspace workspace,
    IGrainFactory grains,
    TimeProvider time,
    ILogger<Presence> log)
    : BackgroundService
{
    /// <summary>How often everything is renewed.</summary>
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(10);

    // A channel that has not heard of a new connection by then hears of it with the next renewal.
    private static readonly TimeSpan s_arrivalPatience = TimeSpan.FromSeconds(5);

    private readonly Rounds _rounds = new(time, fault => GatewayLog.RenewalFailed(log, fault, RenewEvery.TotalSeconds));

    /// <summary>A user connected: from now on their news comes here.</summary>
    public async Task Arrived(HubConnection connection, CancellationToken cancellation)
    {
        // First the user, so that a channel they are added to meanwhile is heard of.
        await grains.GetGrain<IUserGrain>(connection.UserId.Value).Watch(observer.Subscription);
        sessions.Listen(connection, [.. await workspace.Channels.IdsOf(connection.UserId, cancellation)]);
        await _rounds.Each(connection.Channels, channel => channel.Value, WatchChannel, cancellation, s_arrivalPatience);
    }

    /// <summary>A connection closed; with the user's last one this gateway has nobody to tell their news.</summary>
    public async Task Left(UserId user)
    {
        if (sessions.Has(user)) { return; }

        try
        {
            await grains.GetGrain<IUserGrain>(user.Value).Unwatch(observer.Subscription.Gateway);

            // Who came back meanwhile is not gone.
            if (sessions.Has(user)) { await grains.GetGrain<IUserGrain>(user.Value).Watch(observer.Subscription); }
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The grain notices by the renewals that do not come.
            GatewayLog.RenewalFailed(log, fault, RenewEvery.TotalSeconds);
        }
    }

    /// <summary>A user became a member: from now on the channel's news comes here.</summary>
    public Task WatchChannel(ChannelId channel) => grains.GetGrain<IChannelGrain>(channel.Value).Watch(observer.Subscription);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RenewEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Renew(stoppingToken);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                GatewayLog.RenewalFailed(log, fault, RenewEvery.TotalSeconds);
            }
        }
    }

    private async Task Renew(CancellationToken cancellation)
    {
        var connections = sessions.Connections;
        var calls = sessions.Sessions.Where(session => session.IsOpen).ToLookup(session => session.Call, session => session.Id);
        await _rounds.Each(
            calls, call => call.Key.Value, call => grains.GetGrain<ICallGrain>(call.Key.Value).Watch(observer.Subscription, [.. call]), cancellation);
        await _rounds.Each(
            connections.Select(connection => connection.UserId).Distinct(),
            user => user.Value,
            user => grains.GetGrain<IUserGrain>(user.Value).Watch(observer.Subscription),
            cancellation);
        await _rounds.Each(connections.SelectMany(connection => connection.Channels).Distinct(), channel => channel.Value, WatchChannel, cancellation);
    }
}
