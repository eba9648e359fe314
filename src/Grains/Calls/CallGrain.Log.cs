using Calls.Contracts.MediaNodes;

namespace Calls.Grains.Calls;

internal sealed partial class CallGrain
{
    [LoggerMessage(1200, LogLevel.Information, "Call {Call} is carried by {Node}")]
    private static partial void PlacedOn(ILogger log, CallId call, MediaNodeId node);

    [LoggerMessage(1201, LogLevel.Information, "Call {Call} came back as {Phase} with {Sessions} sessions")]
    private static partial void Reawakened(ILogger log, CallId call, CallPhase phase, int sessions);

    [LoggerMessage(1202, LogLevel.Information, "Session {Session} joined {Call}; {Sessions} are in it")]
    private static partial void Joined(ILogger log, CallId call, SessionId session, int sessions);

    [LoggerMessage(1203, LogLevel.Information, "Media of {Session} in {Call} is over: {Reason}")]
    private static partial void MediaOver(ILogger log, CallId call, SessionId session, DisconnectReason reason);

    [LoggerMessage(1204, LogLevel.Information, "Call {Call} ended ({Reason}) after {Duration}")]
    private static partial void Ended(ILogger log, CallId call, CallEndReason reason, TimeSpan duration);

    [LoggerMessage(1205, LogLevel.Warning, "The run of {Node} that carried {Call} is over; the call moves")]
    private static partial void NodeGone(ILogger log, CallId call, MediaNodeId node);

    [LoggerMessage(1206, LogLevel.Information, "Session {Session} of {Call} moves to generation {Generation}")]
    private static partial void Moved(ILogger log, CallId call, SessionId session, int generation);

    [LoggerMessage(1207, LogLevel.Warning, "Call {Call} could not {What} now ({Error}); it will be tried again")]
    private static partial void Owed(ILogger log, CallId call, string what, NodeError? error);

    [LoggerMessage(1208, LogLevel.Warning, "Call {Call} could not {What} in the workspace; it will be tried again")]
    private static partial void WorkspaceFailed(ILogger log, CallId call, string what, Exception problem);
}
