namespace Calls.Workspace.Rows;

/// <summary>Which post an operation made, so that a repeat makes no second one.</summary>
internal sealed class OperationRow
{
    /// <summary>Author and operation id.</summary>
    public required string Key { get; init; }

    public required string PostId { get; init; }

    public required DateTimeOffset At { get; init; }
}
