using Calls.Contracts.MediaNodes;

namespace Calls.MediaNode.Control;

/// <summary>Brings the backlog to the control plane: one batch in flight, sent again until it is acknowledged.</summary>
internal sealed class EventReports(ControlPlaneLink link, EventBacklog backlog, NodeIdentity identity, TimeProvider time)
{
    /// <summary>What is not urgent waits so long for company.</summary>
    private static readonly TimeSpan s_batchWindow = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan s_againAfter = TimeSpan.FromMilliseconds(250);

    public async Task Run(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await backlog.WaitForNews(s_batchWindow, stopping);
            while (backlog.NextBatch(identity.Incarnation) is { } batch)
            {
                if (!await Report(batch, stopping)) { await Task.Delay(s_againAfter, time, stopping); }
            }
        }
    }

    // True if the control plane took something.
    private async Task<bool> Report(NodeEventBatch batch, CancellationToken stopping)
    {
        if (!await link.EnsureRegistered(stopping)) { return false; }

        var answer = await link.Ask((plane, stop) => plane.Events(identity.Id, batch, stop), stopping);
        if (answer is null) { return false; }

        backlog.Acknowledge(answer.Acknowledged);
        return answer.Acknowledged >= batch.FirstSequence;
    }
}
