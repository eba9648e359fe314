using System.Threading.Channels;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;

namespace Calls.Workspace;

/// <summary>What changed, held until somebody reads it.</summary>
internal sealed class WorkspaceFeed : IWorkspaceFeed
{
    // Some minutes of a busy workspace; each is about a kilobyte.
    private const int ChangesMax = 10_000;

    private readonly Channel<WorkspaceChange> _changes = Channel.CreateBounded<WorkspaceChange>(
        new BoundedChannelOptions(ChangesMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public IAsyncEnumerable<WorkspaceChange> Read(CancellationToken cancellation) => _changes.Reader.ReadAllAsync(cancellation);

    public void Publish(ChannelId? channel, CallEvent change, UserId? alsoTo = null) =>
        _changes.Writer.TryWrite(new WorkspaceChange(channel, alsoTo, change));
}
