using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Gateway.Admin;
using Calls.Gateway.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Calls.Gateway.Channels;

/// <summary>Who is in a conversation.</summary>
internal static class MembersApi
{
    public static void MapMembers(this IEndpointRouteBuilder api)
    {
        api.MapGet("channels/{id:channel}/members", List);
        api.MapPost("channels/{id:channel}/members", Add);
        api.MapDelete("channels/{id:channel}/members/{user:user}", Remove);
        api.MapPatch("channels/{id:channel}/members/{user:user}", Change);
    }

    private static async Task<IResult> List(
        ChannelId id, [AsParameters] PageQuery query, CurrentUser me, Access access, IWorkspace workspace, CancellationToken cancellation)
    {
        var page = query.Read();
        if (!page.IsAccepted) { return Problems.Of(page.Plain); }

        var member = await access.Member(id, me, cancellation);
        return member.IsAccepted
            ? Results.Ok(await workspace.Channels.Members(id, page.Value!, cancellation))
            : Problems.Of(member.Plain);
    }

    private static async Task<IResult> Add(
        ChannelId id, AddMemberRequest request, CurrentUser me, Access access, IWorkspace workspace, Audit audit, CancellationToken cancellation)
    {
        // A public channel may be entered by whoever sees it; anybody else is brought in by a member.
        var member = await access.Member(id, me, cancellation);
        var enters = request.UserId == me.Id && member.Refusal == Refusal.NotAMember;
        var byRight = !member.IsAccepted && !enters && me.IsAdmin && (await access.Runs(id, me, cancellation)).IsAccepted;
        if (!member.IsAccepted && !enters && !byRight) { return Problems.Of(member.Plain); }

        var added = await workspace.Channels.AddMember(id, request.UserId, cancellation);
        if (added.IsAccepted && byRight) { await audit.Note(me, "channel.member_add", request.UserId, detail: id.Value); }

        return Replies.Made(added);
    }

    private static async Task<IResult> Remove(
        ChannelId id, UserId user, CurrentUser me, Access access, IWorkspace workspace, Audit audit, CancellationToken cancellation)
    {
        var allowed = user == me.Id
            ? (await access.Member(id, me, cancellation)).Plain
            : await access.Runs(id, me, cancellation);
        if (!allowed.IsAccepted) { return Problems.Of(allowed); }

        var byRight = user != me.Id && await IsByRight(id, me, workspace, cancellation);
        var removed = await workspace.Channels.RemoveMember(id, user, cancellation);
        if (removed.IsAccepted && byRight) { await audit.Note(me, "channel.member_remove", user, detail: id.Value); }

        return Replies.Of(removed);
    }

    private static async Task<IResult> Change(
        ChannelId id,
        UserId user,
        MemberChangeRequest request,
        CurrentUser me,
        Access access,
        IWorkspace workspace,
        Audit audit,
        CancellationToken cancellation)
    {
        if (request.IsAdmin is not null)
        {
            var runs = await access.Runs(id, me, cancellation);
            if (!runs.IsAccepted) { return Problems.Of(runs); }
        }
        else
        {
            var member = await access.Member(id, me, cancellation);
            if (!member.IsAccepted) { return Problems.Of(member.Plain); }
        }

        if (request.Muted is not null && user != me.Id) { return Problems.Of(Refusal.Forbidden, "A channel is muted by oneself only."); }

        var byRight = request.IsAdmin is not null && await IsByRight(id, me, workspace, cancellation);
        var changed = await workspace.Channels.ChangeMember(id, user, request.IsAdmin, request.Muted, cancellation);
        if (changed.IsAccepted && byRight)
        {
            await audit.Note(me, request.IsAdmin == true ? "channel.admin_on" : "channel.admin_off", user, detail: id.Value);
        }

        return Replies.Of(changed);
    }

    // What the channel's own admins do is their channel's business; what is done by a system administrator's right alone is noted.
    private static async Task<bool> IsByRight(ChannelId id, CurrentUser me, IWorkspace workspace, CancellationToken cancellation) =>
        me.IsAdmin && await workspace.Channels.FindMember(id, me.Id, cancellation) is not { IsAdmin: true };

    private sealed record AddMemberRequest
    {
        public required UserId UserId { get; init; }
    }

    private sealed record MemberChangeRequest(bool? Muted, bool? IsAdmin);
}
