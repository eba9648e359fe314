namespace Calls.Workspace.Rows;

/// <summary>A session that came by WHIP or WHEP, and the sign-in it was made with.</summary>
internal sealed class HttpSessionRow
{
    public required string Id { get; init; }

    public required string CallId { get; init; }

    public required string ChannelId { get; init; }

    public required string UserId { get; init; }

    public required string TokenHash { get; init; }
}
