using Calls.Contracts.Calls;
using Calls.Contracts.Channels;
using Calls.Contracts.Users;
using Calls.Contracts.Workspace;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Calls.Gateway;

/// <summary>
/// Carries what changed in the workspace to those who are online. Runs wherever the workspace is written, so also where only
/// grains are. What is for everyone goes to the channels of the user it is about: whoever shares one with them hears it.
/// </summary>
internal sealed class WorkspaceNews(IWorkspace workspace, IGrainFactory grains, ILogger<WorkspaceNews> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in workspace.Feed.Read(stoppingToken))
        {
            try
            {
                await Tell(change, stoppingToken);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                // Missed news is read by REST.
                GatewayLog.NewsFailed(log, fault);
            }
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
            await grains.GetGrain<IUserGrain>(about.Id.Value).Announce(change.Event, call: null, channel: null);
            foreach (var shared in await workspace.Channels.IdsOf(about.Id, cancellation))
            {
                await grains.GetGrain<IChannelGrain>(shared.Value).Announce(change.Event);
            }
        }
    }
}
