namespace Calls.Grains.MediaNodes;

internal sealed partial class MediaNodeGrain
{
    [LoggerMessage(1600, LogLevel.Information, "Media node {Node} registered its run {Incarnation}, version {Version}, at {ApiUrl}")]
    private static partial void Registered(ILogger log, MediaNodeId node, string incarnation, string version, string? apiUrl);

    [LoggerMessage(1601, LogLevel.Warning, "Media node {Node} is {Health}")]
    private static partial void HealthChanged(ILogger log, MediaNodeId node, NodeHealth health);

    [LoggerMessage(1602, LogLevel.Warning, "Media node {Node} did not answer {Command}: {Detail}")]
    private static partial void Unreachable(ILogger log, MediaNodeId node, string command, string? detail);

    [LoggerMessage(1603, LogLevel.Warning, "Events of media node {Node} were lost; {Calls} calls read their rosters")]
    private static partial void EventsWereLost(ILogger log, MediaNodeId node, int calls);

    [LoggerMessage(1605, LogLevel.Information, "Media node {Node} was given up and is back: {Calls} calls that it still had are closed there: {Done}")]
    private static partial void Emptied(ILogger log, MediaNodeId node, int calls, bool done);

    [LoggerMessage(1604, LogLevel.Information, "Media node {Node} shall take no new calls: {Draining}")]
    private static partial void Drains(ILogger log, MediaNodeId node, bool draining);
}
