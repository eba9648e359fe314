using Calls.Contracts.Workspace;

namespace Calls.Workspace.Rows;

internal sealed class PostRow
{
    /// <summary>Given by the database, rising: the order of posts, and the cursor of their pages.</summary>
    public long Number { get; init; }

    public required string Id { get; init; }

    public required string ChannelId { get; init; }

    public string? ThreadId { get; init; }

    public required string AuthorId { get; init; }

    public required PostType Type { get; init; }

    public required string Text { get; set; }

    /// <summary>A JSON object of strings.</summary>
    public required string Props { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EditedAt { get; set; }
}
