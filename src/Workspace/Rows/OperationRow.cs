namespace Calls.Workspace.Rows;

/// <summary>What an operation made, so that a repeat makes no second one.</summary>
internal sealed class OperationRow
{
    /// <summary>Who, and their operation id; before them what it makes, unless it is a post.</summary>
    public required string Key { get; init; }

    public required string MadeId { get; init; }

    public required DateTimeOffset At { get; init; }
}
