using Calls.Contracts.MediaNodes;

namespace Calls.Grains.MediaNodes;

/// <summary>A node that answers in time or counts as unreachable, whichever way it is reached.</summary>
internal sealed class MediaNodeClient(IMediaNode node, TimeProvider time)
{
    /// <summary>A node answers in milliseconds; a client that waits for its command must not wait for a dead one.</summary>
    public static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(2);

    public async Task<NodeAnswer<T>> Ask<T>(Func<IMediaNode, CancellationToken, Task<NodeAnswer<T>>> command)
    {
        using var limit = new CancellationTokenSource(CommandTimeout, time);
        try
        {
            return await command(node, limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return NodeAnswer<T>.Refuse(NodeError.Unreachable, "No answer in time.");
        }
        catch (HttpRequestException problem)
        {
            return NodeAnswer<T>.Refuse(NodeError.Unreachable, problem.Message);
        }
    }
}
