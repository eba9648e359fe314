using Calls.Contracts.Calls;
using Calls.Contracts.Workspace;

namespace Calls.Workspace.Rows;

/// <summary>A call after its end.</summary>
internal sealed class CallRow
{
    public required string Id { get; init; }

    public required string ChannelId { get; init; }

    public required string ThreadId { get; init; }

    public string? Title { get; init; }

    public required string StartedBy { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public required CallEndReason Reason { get; init; }

    /// <summary>User ids, comma-separated.</summary>
    public required string Participants { get; init; }

    public required int SessionsMax { get; init; }

    public ChannelKind? Kind { get; init; }

    // What statistics add up, so that they need not read every call.

    /// <summary>On which it began, in UTC, counted as <see cref="DateOnly.DayNumber"/>.</summary>
    public required int Day { get; init; }

    public required long DurationMs { get; init; }

    public required int ParticipantCount { get; init; }
}
