namespace Calls.Workspace.Rows;

internal sealed class MembershipRow
{
    public required string ChannelId { get; init; }

    public required string UserId { get; init; }

    public bool IsAdmin { get; set; }

    public bool Muted { get; set; }

    /// <summary>The number of the last post that was read.</summary>
    public long ReadUpTo { get; set; }
}
