using Calls.Contracts.Regions;

namespace Calls.Grains.Regions;

/// <summary>Which node takes the next call.</summary>
internal static class NodePlacement
{
    // A node takes a hundred sessions if it is weak and ten thousand if it is strong, whatever a short look at it says.
    private const double SessionLoadMin = 0.0001;
    private const double SessionLoadMax = 0.01;
    private const double SessionLoadUnknown = 0.001;

    /// <summary>
    /// The least loaded that takes calls, what was placed since its report included; of equals the first by name, so that tests and
    /// operators can foretell it.
    /// </summary>
    /// <param name="placed">Sessions that were sent to a node since it reported its load.</param>
    /// <param name="notThese">Nodes that have just refused.</param>
    public static MediaNodeId? Choose(
        ImmutableArray<NodeReport> nodes, IReadOnlyDictionary<MediaNodeId, int> placed, ImmutableArray<MediaNodeId> notThese)
    {
        var sessionLoad = LoadOfSession(nodes);
        return nodes
            .Where(node => node.TakesCalls && !notThese.Contains(node.Node))
            .OrderBy(node => node.Load.Load + (placed.GetValueOrDefault(node.Node) * sessionLoad))
            .ThenBy(node => node.Node.Value, StringComparer.Ordinal)
            .Select(node => (MediaNodeId?)node.Node)
            .FirstOrDefault();
    }

    private static double LoadOfSession(ImmutableArray<NodeReport> nodes)
    {
        var sessions = nodes.Sum(node => node.Load.Sessions);
        return sessions == 0
            ? SessionLoadUnknown
            : Math.Clamp(nodes.Sum(node => node.Load.Load) / sessions, SessionLoadMin, SessionLoadMax);
    }
}
