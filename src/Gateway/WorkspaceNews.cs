using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Channels;
using Calls.Contracts.Gateways;
using Calls.Contracts.Ids;
using Calls.Contracts.Users;
using Calls.Contracts.Workspace;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Calls.Gateway;

/// <summary>
/// Carries what changed in the workspace to those who are online. Runs wherever the workspace is written, so also where only
/// grains are. What is for everyone goes to the channels of the user it is about: whoever shares one with them hears it.
/// </summary>
internal sealed class WorkspaceNews(IWorkspace workspace, IGrainFactory grains, TimeProvider time, ILogger<WorkspaceNews> log) : BackgroundService
{
    // Of one channel, or of one user. More wait only where a grain does not answer; what was missed is read by REST.
    private const int WaitingMax = 1_000;

    // How long a channel may take to say who listens; after that its listeners miss what is told of a user.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly Lanes _lanes = new(WaitingMax);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in workspace.Feed.Read(stoppingToken))
        {
            if (!_lanes.TryAdd(LaneOf(change), () => Pass(change, stoppingToken)))
            {
                GatewayTelemetry.NewsDropped();
                GatewayLog.NewsDropped(log, LaneOf(change), WaitingMax);
            }
        }
    }

    // What is told of one channel, or of one user, is told in its order.
    private static string LaneOf(WorkspaceChange change) =>
        change.Channel?.Value ?? (change.Event as CallEvent.UserChanged)?.User.Id.Value ?? change.AlsoTo?.Value ?? "";

    private async Task Pass(WorkspaceChange change, CancellationToken cancellation)
    {
        try
        {
            await Tell(change, cancellation);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            if (!cancellation.IsCancellationRequested) { GatewayLog.NewsFailed(log, fault); }
        }
    }

    private async Task Tell(WorkspaceChange change, CancellationToken cancellation)
    {
        // The user first: their gateway then listens to the channel.
        if (change.AlsoTo is { } user) { await grains.GetGrain<IUserGrain>(user.Value).Announce(change.Event, call: null, change.Channel); }

        if (change.Channel is { } channel)
        {
            await grains.GetGrain<IChannelGrain>(channel.Value).Announce(change.Event);
        }
        else if (change.Event is CallEvent.UserChanged { User: var about })
        {
            var shared = await workspace.Channels.IdsOf(about.Id, cancellation);
            var gateways = await Task.WhenAll(shared.Select(GatewaysOf));
            await grains.GetGrain<IUserGrain>(about.Id.Value)
                .AnnounceWidely(change.Event, shared, [.. gateways.SelectMany(some => some).DistinctBy(gateway => gateway.Gateway)]);
        }
    }

    private async Task<ImmutableArray<GatewaySubscription>> GatewaysOf(ChannelId channel)
    {
        try
        {
            return await grains.GetGrain<IChannelGrain>(channel.Value).Gateways().WaitAsync(s_patience, time);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            GatewayLog.NewsFailed(log, fault);
            return [];
        }
    }
}
