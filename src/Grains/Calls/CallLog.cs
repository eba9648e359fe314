using Calls.Contracts.MediaNodes;

namespace Calls.Grains.Calls;

/// <summary>What a call's grain says; its ids are 1200 to 1299.</summary>
internal static partial class CallLog
{
    [LoggerMessage(1200, LogLevel.Information, "Call {Call} is carried by {Node}")]
    public static partial void PlacedOn(this ILogger log, CallId call, MediaNodeId node);

    [LoggerMessage(1201, LogLevel.Information, "Call {Call} came back as {Phase} with {Sessions} sessions")]
    public static partial void Reawakened(this ILogger log, CallId call, CallPhase phase, int sessions);

    [LoggerMessage(1202, LogLevel.Information, "Session {Session} joined {Call}; {Sessions} are in it")]
    public static partial void Joined(this ILogger log, CallId call, SessionId session, int sessions);

    [LoggerMessage(1203, LogLevel.Information, "Media of {Session} in {Call} is over: {Reason}")]
    public static partial void MediaOver(this ILogger log, CallId call, SessionId session, DisconnectReason reason);

    [LoggerMessage(1204, LogLevel.Information, "Call {Call} ended ({Reason}) after {Duration}")]
    public static partial void Ended(this ILogger log, CallId call, CallEndReason reason, TimeSpan duration);

    [LoggerMessage(1205, LogLevel.Warning, "The run of {Node} that carried {Call} is over; the call moves")]
    public static partial void NodeGone(this ILogger log, CallId call, MediaNodeId node);

    [LoggerMessage(1206, LogLevel.Information, "Session {Session} of {Call} moves to generation {Generation}")]
    public static partial void Moved(this ILogger log, CallId call, SessionId session, int generation);

    [LoggerMessage(1207, LogLevel.Warning, "Call {Call} could not {What} now ({Error}); it will be tried again")]
    public static partial void Owed(this ILogger log, CallId call, string what, NodeError? error);

    [LoggerMessage(1208, LogLevel.Warning, "Call {Call} could not {What} in the workspace; it will be tried again")]
    public static partial void WorkspaceFailed(this ILogger log, CallId call, string what, Exception problem);

    [LoggerMessage(1210, LogLevel.Warning, "The workspace does not take the end of call {Call} into its post: {Refusal}")]
    public static partial void PostRefused(this ILogger log, CallId call, Refusal? refusal);

    [LoggerMessage(1209, LogLevel.Information, "Node {Node}, which carries {Call}, drains; the call looks for another")]
    public static partial void NodeDrains(this ILogger log, CallId call, MediaNodeId node);
}
