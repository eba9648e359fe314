using System.Collections.Immutable;
using System.Text.Json;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Workspace.Rows;
using Microsoft.EntityFrameworkCore;

namespace Calls.Workspace;

/// <summary>Rows to posts: authors, files and counts of replies are read once per page.</summary>
internal static class PostReader
{
    public static async Task<IReadOnlyList<Post>> Assemble(
        WorkspaceDb db, IReadOnlyList<PostRow> rows, CancellationToken cancellation)
    {
        var ids = rows.Select(row => row.Id).ToList();
        var authorIds = rows.Select(row => row.AuthorId).Distinct().ToList();
        var authors = await db.Users.AsNoTracking()
            .Where(user => authorIds.Contains(user.Id))
            .ToDictionaryAsync(user => user.Id, user => user.ToUser(), cancellation);
        var files = (await db.Files.AsNoTracking()
            .Where(file => file.PostId != null && ids.Contains(file.PostId))
            .OrderBy(file => file.CreatedAt)
            .ToListAsync(cancellation)).ToLookup(file => file.PostId!, file => file.ToInfo());
        var replies = await db.Posts
            .Where(reply => reply.ThreadId != null && ids.Contains(reply.ThreadId))
            .GroupBy(reply => reply.ThreadId!)
            .Select(thread => new { thread.Key, Count = thread.Count() })
            .ToDictionaryAsync(thread => thread.Key, thread => thread.Count, cancellation);

        return [.. rows.Select(row => new Post(
            PostId.From(row.Id),
            ChannelId.From(row.ChannelId),
            row.ThreadId is null ? null : PostId.From(row.ThreadId),
            authors[row.AuthorId],
            row.Type,
            row.Text,
            ReadProps(row.Props),
            [.. files[row.Id]],
            row.CreatedAt,
            row.EditedAt,
            replies.GetValueOrDefault(row.Id)))];
    }

    public static async Task<Post> Assemble(WorkspaceDb db, PostRow row, CancellationToken cancellation) =>
        (await Assemble(db, [row], cancellation))[0];

    public static ImmutableDictionary<string, string> ReadProps(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(json)!.ToImmutableDictionary();

    public static string WriteProps(IReadOnlyDictionary<string, string> props) => JsonSerializer.Serialize(props);
}
