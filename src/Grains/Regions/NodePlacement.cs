using Calls.Contracts.Regions;

namespace Calls.Grains.Regions;

/// <summary>Which node takes the next call.</summary>
internal static class NodePlacement
{
    /// <summary>The least loaded that takes calls; of equals the first by name, so that tests and operators can foretell it.</summary>
    public static MediaNodeId? Choose(IEnumerable<NodeReport> nodes, ImmutableArray<MediaNodeId> notThese) => nodes
        .Where(node => node.TakesCalls && !notThese.Contains(node.Node))
        .OrderBy(node => node.Load.Load)
        .ThenBy(node => node.Node.Value, StringComparer.Ordinal)
        .Select(node => (MediaNodeId?)node.Node)
        .FirstOrDefault();
}
