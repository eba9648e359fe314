using Calls.Contracts.Regions;
using Calls.Grains.MediaNodes;

namespace Calls.Grains.Regions;

/// <summary>The media nodes of a region. In memory: every node reports anew within one heartbeat.</summary>
[GrainType("region")]
internal sealed partial class RegionGrain(TimeProvider time, ILogger<RegionGrain> log) : Grain, IRegionGrain
{
    private readonly Dictionary<MediaNodeId, (NodeReport Report, DateTimeOffset HeardAt)> _nodes = [];

    public Task Report(NodeReport report)
    {
        if (!_nodes.TryGetValue(report.Node, out var known) || known.Report.TakesCalls != report.TakesCalls)
        {
            NodeReported(log, this.GetPrimaryKeyString(), report.Node, report.TakesCalls);
        }

        _nodes[report.Node] = (report, time.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task<MediaNodeId?> Place(ImmutableArray<MediaNodeId> notThese)
    {
        var node = NodePlacement.Choose(Present(), notThese);
        if (node is null) { NoNode(log, this.GetPrimaryKeyString(), _nodes.Count, notThese.Length); }

        return Task.FromResult(node);
    }

    public Task<ImmutableArray<NodeReport>> Nodes() => Task.FromResult<ImmutableArray<NodeReport>>([.. Present()]);

    private IEnumerable<NodeReport> Present()
    {
        var deadSince = time.GetUtcNow() - NodeLiveness.DeadAfter;
        foreach (var (id, node) in _nodes)
        {
            if (node.HeardAt <= deadSince) { _nodes.Remove(id); }
        }

        return _nodes.Values.Select(node => node.Report);
    }
}
