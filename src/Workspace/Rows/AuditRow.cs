namespace Calls.Workspace.Rows;

internal sealed class AuditRow
{
    public long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string ByUserId { get; init; }

    public required string Action { get; init; }

    public string? WhomUserId { get; init; }

    public string? CallId { get; init; }

    public string? Detail { get; init; }
}
