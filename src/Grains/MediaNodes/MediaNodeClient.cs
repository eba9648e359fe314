using Calls.Contracts.MediaNodes;

namespace Calls.Grains.MediaNodes;

/// <summary>A node that answers in time or counts as unreachable, whichever way it is reached.</summary>
internal sealed class MediaNodeClient(IMediaNode node, TimeSpan timeout, TimeProvider time)
{
    public async Task<NodeAnswer<T>> Ask<T>(Func<IMediaNode, CancellationToken, Task<NodeAnswer<T>>> command)
    {
        using var limit = new CancellationTokenSource(timeout, time);
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
