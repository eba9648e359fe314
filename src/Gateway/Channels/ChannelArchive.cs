using Calls.Contracts.Channels;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Gateway.Admin;
using Calls.Gateway.Auth;
using Microsoft.AspNetCore.Http;

namespace Calls.Gateway.Channels;

/// <summary>Archiving a channel, which ends its call, and un-archiving it.</summary>
internal sealed class ChannelArchive(Access access, IWorkspace workspace, IGrainFactory grains, Audit audit)
{
    public async Task<IResult> Set(ChannelId id, bool archived, CurrentUser me, CancellationToken cancellation)
    {
        var runs = await access.Runs(id, me, cancellation);
        if (!runs.IsAccepted) { return Problems.Of(runs); }

        var changed = await workspace.Channels.SetArchived(id, archived, cancellation);
        if (!changed.IsAccepted) { return Problems.Of(changed.Plain); }

        if (archived) { await grains.GetGrain<IChannelGrain>(id.Value).Archived(me.Id); }

        await audit.Note(me, archived ? "channel.archive" : "channel.unarchive", detail: id.Value);
        return Results.NoContent();
    }
}
