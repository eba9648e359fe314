using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;

namespace Calls.Gateway.Auth;

/// <summary>What somebody may know and do of a channel.</summary>
internal sealed class Access(IWorkspace workspace)
{
    /// <summary>The membership; or not_a_member where the channel may be seen, and not_found where it may not.</summary>
    public async Task<Answer<Membership>> Member(ChannelId channel, CurrentUser me, CancellationToken cancellation) =>
        await workspace.Channels.FindMember(channel, me.Id, cancellation) is { } membership
            ? membership
            : Answer<Membership>.Refuse(
                await workspace.Channels.MaySee(channel, me.Id, cancellation) ? Refusal.NotAMember : Refusal.NotFound);

    /// <summary>Refused unless they run the channel: its own admin, or a system administrator, who need not be in it.</summary>
    public async Task<Answer> Runs(ChannelId channel, CurrentUser me, CancellationToken cancellation)
    {
        if (me.IsAdmin)
        {
            return await workspace.Channels.Find(channel, cancellation) is null ? Answer.Refuse(Refusal.NotFound) : Answer.Accepted;
        }

        var membership = await Member(channel, me, cancellation);
        if (!membership.IsAccepted) { return membership.Plain; }

        return membership.Value!.IsAdmin ? Answer.Accepted : Answer.Refuse(Refusal.Forbidden);
    }
}
