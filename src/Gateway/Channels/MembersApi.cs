using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
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
        ChannelId id, AddMemberRequest request, CurrentUser me, Access access, IWorkspace workspace, CancellationToken cancellation)
    {
        // A public channel may be entered by whoever sees it; anybody else is brought in by a member.
        var member = await access.Member(id, me, cancellation);
        var enters = request.UserId == me.Id && member.Refusal == Refusal.NotAMember;
        var runs = me.IsAdmin && (await access.Runs(id, me, cancellation)).IsAccepted;
        return member.IsAccepted || enters || runs
            ? Replies.Made(await workspace.Channels.AddMember(id, request.UserId, cancellation))
            : Problems.Of(member.Plain);
    }

    private static async Task<IResult> Remove(
        ChannelId id, UserId user, CurrentUser me, Access access, IWorkspace workspace, CancellationToken cancellation)
    {
        var allowed = user == me.Id
            ? (await access.Member(id, me, cancellation)).Plain
            : await access.Runs(id, me, cancellation);
        return Replies.Of(allowed.IsAccepted ? await workspace.Channels.RemoveMember(id, user, cancellation) : allowed);
    }

    private static async Task<IResult> Change(
        ChannelId id,
        UserId user,
        MemberChangeRequest request,
        CurrentUser me,
        Access access,
        IWorkspace workspace,
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

        return Replies.Of(await workspace.Channels.ChangeMember(id, user, request.IsAdmin, request.Muted, cancellation));
    }

    private sealed record AddMemberRequest
    {
        public required UserId UserId { get; init; }
    }

    private sealed record MemberChangeRequest(bool? Muted, bool? IsAdmin);
}
