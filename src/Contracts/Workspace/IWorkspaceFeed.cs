using Calls.Contracts.Calls;

namespace Calls.Contracts.Workspace;

/// <summary>What changed in the workspace by this process's hand.</summary>
public interface IWorkspaceFeed
{
    /// <summary>
    /// Each change after it was saved, in order, to one reader. Changes are held while nobody reads, up to a bound; the oldest
    /// give way, since what was missed is read by REST.
    /// </summary>
    IAsyncEnumerable<WorkspaceChange> Read(CancellationToken cancellation);
}

/// <summary>One change, already in the form that clients are told.</summary>
/// <param name="Channel">To its online members; null: to everyone.</param>
/// <param name="AlsoTo">A user who hears of it though not, or no longer, a member.</param>
public sealed record WorkspaceChange(ChannelId? Channel, UserId? AlsoTo, CallEvent Event);
