using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Gateway.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Calls.Gateway.Channels;

/// <summary>Conversations.</summary>
internal static class ChannelsApi
{
    private const int MembersMax = 1_000; // Of one request; a larger channel takes several.

    public static void MapChannels(this IEndpointRouteBuilder api)
    {
        api.MapGet("channels", List);
        api.MapPost("channels", Create);
        api.MapGet("channels/{id:channel}", Read);
        api.MapPatch("channels/{id:channel}", Change);
        api.MapPost("channels/{id:channel}/archive", (ChannelId id, CurrentUser me, ChannelArchive archive, CancellationToken cancellation) =>
            archive.Set(id, true, me, cancellation));
        api.MapPost("channels/{id:channel}/unarchive", (ChannelId id, CurrentUser me, ChannelArchive archive, CancellationToken cancellation) =>
            archive.Set(id, false, me, cancellation));
        api.MapPost("channels/{id:channel}/read", MarkRead);
    }

    private static async Task<IResult> List(
        [AsParameters] PageQuery query,
        bool? browse,
        CurrentUser me,
        IWorkspace workspace,
        ChannelAnswers answers,
        CancellationToken cancellation)
    {
        var page = query.Read();
        if (!page.IsAccepted) { return Problems.Of(page.Plain); }

        if (browse == true) { return Results.Ok(await workspace.Channels.Browse(me.Id, page.Value!, cancellation)); }

        var views = await workspace.Channels.ListOf(me.Id, page.Value!, cancellation);
        var channels = await Task.WhenAll(views.Items.Select(view => answers.Of(view, me)));
        return Results.Ok(new Page<Channel>([.. channels], views.Next));
    }

    private static async Task<IResult> Create(
        NewChannelRequest request,
        HttpContext context,
        CurrentUser me,
        IWorkspace workspace,
        ChannelAnswers answers,
        CancellationToken cancellation)
    {
        if (me.User.Role == UserRole.Guest && request.Kind is (ChannelKind.Public or ChannelKind.Private))
        {
            return Problems.Of(Refusal.Forbidden, "A guest makes no channels; ask a member.");
        }

        var members = request.Members ?? [];
        if (members.Length > MembersMax) { return Problems.Of(Refusal.Invalid, $"At most {MembersMax} members at once."); }

        var made = await workspace.Channels.Create(
            new NewChannel(request.Kind, request.Name, request.DisplayName, members, Replies.OperationId(context)), me.Id, cancellation);
        if (!made.IsAccepted) { return Problems.Of(made.Plain); }

        var view = await workspace.Channels.View(made.Value!.Id, me.Id, cancellation);
        return view is null
            ? Problems.Of(Refusal.NotFound)
            : Results.Json(await answers.Of(view, me), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> Read(
        ChannelId id, CurrentUser me, Access access, IWorkspace workspace, ChannelAnswers answers, CancellationToken cancellation)
    {
        var member = await access.Member(id, me, cancellation);
        if (!member.IsAccepted) { return Problems.Of(member.Plain); }

        var view = await workspace.Channels.View(id, me.Id, cancellation);
        return view is null ? Problems.Of(Refusal.NotFound) : Results.Ok(await answers.Of(view, me));
    }

    private static async Task<IResult> Change(
        ChannelId id,
        ChannelChangeRequest request,
        CurrentUser me,
        Access access,
        CallsSwitch callsSwitch,
        IWorkspace workspace,
        ChannelAnswers answers,
        CancellationToken cancellation)
    {
        if (request.DisplayName is { } name)
        {
            var runs = await access.Runs(id, me, cancellation);
            var renamed = runs.IsAccepted ? (await workspace.Channels.Rename(id, name, cancellation)).Plain : runs;
            if (!renamed.IsAccepted) { return Problems.Of(renamed); }
        }

        if (request.CallsEnabled is { } enabled)
        {
            var switched = await callsSwitch.Set(id, enabled, me, cancellation);
            if (!switched.IsAccepted) { return Problems.Of(switched); }
        }

        return await workspace.Channels.View(id, me.Id, cancellation) is { } view
            ? Results.Ok(await answers.Of(view, me))
            : Replies.Of(await access.Runs(id, me, cancellation));
    }

    private static async Task<IResult> MarkRead(
        ChannelId id, CurrentUser me, Access access, IWorkspace workspace, CancellationToken cancellation)
    {
        var member = await access.Member(id, me, cancellation);
        if (member.IsAccepted) { await workspace.Channels.MarkRead(id, me.Id, cancellation); }

        return Replies.Of(member.Plain);
    }

    private sealed record NewChannelRequest
    {
        public required ChannelKind Kind { get; init; }

        public string? Name { get; init; }

        public string? DisplayName { get; init; }

        public ImmutableArray<UserId>? Members { get; init; }
    }

    private sealed record ChannelChangeRequest(string? DisplayName, bool? CallsEnabled);
}
