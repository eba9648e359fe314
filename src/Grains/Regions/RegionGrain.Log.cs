namespace Calls.Grains.Regions;

internal sealed partial class RegionGrain
{
    [LoggerMessage(1700, LogLevel.Information, "In {Region}: media node {Node} takes calls: {TakesCalls}")]
    private static partial void NodeReported(ILogger log, string region, MediaNodeId node, bool takesCalls);

    [LoggerMessage(1701, LogLevel.Warning, "In {Region} no media node takes a call; {Known} are known, {Refused} have just refused")]
    private static partial void NoNode(ILogger log, string region, int known, int refused);
}
