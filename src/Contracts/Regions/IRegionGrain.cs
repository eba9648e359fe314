using Calls.Contracts.MediaNodes;

namespace Calls.Contracts.Regions;

/// <summary>The media nodes of a region, and which of them takes the next call. Key: <see cref="RegionName.GrainKey"/>.</summary>
[Alias("IRegionGrain")]
public interface IRegionGrain : IGrainWithStringKey
{
    /// <summary>A node is here and takes calls, or not; forgotten when not heard of for 15 s.</summary>
    [Alias("Report")]
    Task Report(NodeReport report);

    /// <summary>The node that takes the next call: the least loaded that takes any. Null when there is none.</summary>
    /// <param name="notThese">Nodes that have just refused.</param>
    /// <param name="sessions">How many sessions will go there: counted as load until the node reports its own.</param>
    [Alias("Place")]
    Task<MediaNodeId?> Place(ImmutableArray<MediaNodeId> notThese, int sessions);

    /// <summary>The nodes of the region.</summary>
    [ReadOnly, Alias("Nodes")]
    Task<ImmutableArray<NodeReport>> Nodes();
}

/// <summary>How a node does, as placement needs it.</summary>
/// <param name="TakesCalls">Active, and not late with its heartbeats.</param>
[GenerateSerializer, Immutable, Alias("NodeReport")]
public sealed record NodeReport(MediaNodeId Node, bool TakesCalls, NodeLoad Load);
