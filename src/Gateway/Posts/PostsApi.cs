using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Gateway.Admin;
using Calls.Gateway.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Calls.Gateway.Posts;

/// <summary>Posts and threads.</summary>
internal static class PostsApi
{
    public static void MapPosts(this IEndpointRouteBuilder api)
    {
        api.MapGet("channels/{id:channel}/posts", List);
        api.MapPost("channels/{id:channel}/posts", Create);
        api.MapGet("posts/{id:post}/thread", Thread);
        api.MapPatch("posts/{id:post}", Edit);
        api.MapDelete("posts/{id:post}", Delete);
    }

    private static async Task<IResult> List(
        ChannelId id, [AsParameters] PageQuery query, CurrentUser me, Access access, IWorkspace workspace, CancellationToken cancellation)
    {
        var page = query.Read();
        if (!page.IsAccepted) { return Problems.Of(page.Plain); }

        var member = await access.Member(id, me, cancellation);
        return member.IsAccepted
            ? Results.Ok(await workspace.Posts.List(id, page.Value!, cancellation))
            : Problems.Of(member.Plain);
    }

    private static async Task<IResult> Create(
        ChannelId id,
        NewPostRequest request,
        HttpContext context,
        CurrentUser me,
        Access access,
        IWorkspace workspace,
        CancellationToken cancellation)
    {
        var member = await access.Member(id, me, cancellation);
        if (!member.IsAccepted) { return Problems.Of(member.Plain); }

        return Replies.Made(await workspace.Posts.Create(
            new NewPost(
                id,
                request.ThreadId,
                me.Id,
                PostType.Text,
                request.Text,
                ImmutableDictionary<string, string>.Empty,
                request.Files ?? [],
                request.OperationId ?? Replies.OperationId(context)),
            cancellation));
    }

    private static async Task<IResult> Thread(
        PostId id, [AsParameters] PageQuery query, CurrentUser me, Access access, IWorkspace workspace, CancellationToken cancellation)
    {
        var page = query.Read();
        if (!page.IsAccepted) { return Problems.Of(page.Plain); }

        var found = await FindPost(id, me, access, workspace, cancellation);
        if (!found.IsAccepted) { return Problems.Of(found.Plain); }

        var first = found.Value!.ThreadId ?? id;
        return await workspace.Posts.Thread(first, page.Value!, cancellation) is { } thread
            ? Results.Ok(thread)
            : Problems.Of(Refusal.NotFound);
    }

    private static async Task<IResult> Edit(
        PostId id, PostChangeRequest request, CurrentUser me, Access access, IWorkspace workspace, CancellationToken cancellation)
    {
        var found = await FindPost(id, me, access, workspace, cancellation);
        if (!found.IsAccepted) { return Problems.Of(found.Plain); }

        // An administrator may take words away, but puts none into another's mouth.
        return found.Value!.Type == PostType.Text && found.Value.Author.Id == me.Id
            ? Replies.Of(await workspace.Posts.Edit(id, request.Text, null, cancellation))
            : Problems.Of(Refusal.Forbidden, "Only its author may edit a post, and nobody that of a call.");
    }

    private static async Task<IResult> Delete(
        PostId id, CurrentUser me, Access access, IWorkspace workspace, Audit audit, CancellationToken cancellation)
    {
        // An administrator need not be in the channel, as with all else that is done to one.
        var found = me.IsAdmin && await workspace.Posts.Find(id, cancellation) is { } any ? any : await FindPost(id, me, access, workspace, cancellation);
        if (!found.IsAccepted) { return Problems.Of(found.Plain); }

        var post = found.Value!;
        if (post.Type != PostType.Text || (post.Author.Id != me.Id && !me.IsAdmin))
        {
            return Problems.Of(Refusal.Forbidden, "Only its author or an administrator may delete a post, and nobody that of a call.");
        }

        var deleted = await workspace.Posts.Delete(id, cancellation);
        if (deleted.IsAccepted && post.Author.Id != me.Id) { await audit.Note(me, "post.delete", post.Author.Id, detail: post.ChannelId.Value); }

        return Replies.Of(deleted);
    }

    // Posts of channels one is not in do not exist, as far as one may know.
    private static async Task<Answer<Post>> FindPost(
        PostId id, CurrentUser me, Access access, IWorkspace workspace, CancellationToken cancellation) =>
        await workspace.Posts.Find(id, cancellation) is { } post && (await access.Member(post.ChannelId, me, cancellation)).IsAccepted
            ? post
            : Answer<Post>.Refuse(Refusal.NotFound);

    private sealed record NewPostRequest
    {
        public required string Text { get; init; }

        public PostId? ThreadId { get; init; }

        public ImmutableArray<FileId>? Files { get; init; }

        public string? OperationId { get; init; }
    }

    private sealed record PostChangeRequest
    {
        public required string Text { get; init; }
    }
}
