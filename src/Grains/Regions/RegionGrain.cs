using Calls.Contracts.Regions;
using Calls.Grains.MediaNodes;

namespace Calls.Grains.Regions;

/// <summary>The media nodes of a region. In memory: every node reports anew within one heartbeat.</summary>
[GrainType("region")]
internal sealed partial class RegionGrain(TimeProvider time, ILogger<RegionGrain> log) : Grain, IRegionGrain
{
    private readonly Dictionary<MediaNodeId, (NodeReport Report, long HeardAt)> _nodes = [];

    // Sessions, since the node's last report: all calls of a dead node ask within the same moment.
    private readonly Dictionary<MediaNodeId, int> _placed = [];

    public Task Report(NodeReport report)
    {
        if (!_nodes.TryGetValue(report.Node, out var known) || known.Report.TakesCalls != report.TakesCalls)
        {
            NodeReported(log, this.GetPrimaryKeyString(), report.Node, report.TakesCalls);
        }

        _nodes[report.Node] = (report, time.GetTimestamp());
        _placed.Remove(report.Node);
        return Task.CompletedTask;
    }

    public Task<MediaNodeId?> Place(ImmutableArray<MediaNodeId> notThese, int sessions)
    {
        var node = NodePlacement.Choose([.. Present()], _placed, notThese);
        if (node is { } chosen) { _placed[chosen] = _placed.GetValueOrDefault(chosen) + Math.Max(sessions, 1); }
        else { NoNode(log, this.GetPrimaryKeyString(), _nodes.Count, notThese.Length); }

        return Task.FromResult(node);
    }

    public Task<ImmutableArray<NodeReport>> Nodes() => Task.FromResult<ImmutableArray<NodeReport>>([.. Present()]);

    private IEnumerable<NodeReport> Present()
    {
        foreach (var (id, node) in _nodes)
        {
            if (time.GetElapsedTime(node.HeardAt) >= NodeLiveness.DeadAfter) { _nodes.Remove(id); }
        }

        return _nodes.Values.Select(node => node.Report);
    }
}
