using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Microsoft.Extensions.Logging;

namespace Calls.Gateway;

/// <summary>What the edge logs. Ids 2000 to 2999, never reused.</summary>
internal static partial class GatewayLog
{
    [LoggerMessage(2001, LogLevel.Error, "Hub command {Command} failed")]
    public static partial void CommandFailed(ILogger log, Exception fault, string command);

    [LoggerMessage(2002, LogLevel.Error, "Request {Method} {Path} failed")]
    public static partial void RequestFailed(ILogger log, Exception fault, string method, string path);

    [LoggerMessage(2003, LogLevel.Information, "Session {Session} of call {Call} is closed: {Reason}")]
    public static partial void SessionClosed(ILogger log, SessionId session, CallId call, LeaveReason reason);

    [LoggerMessage(2004, LogLevel.Warning, "A renewal failed; it is tried again in {Seconds} s")]
    public static partial void RenewalFailed(ILogger log, Exception fault, double seconds);

    [LoggerMessage(2005, LogLevel.Warning, "A check of sign-ins and memberships failed; it is made again in the next round")]
    public static partial void CheckFailed(ILogger log, Exception fault);

    [LoggerMessage(2006, LogLevel.Warning, "Connection {Connection} reads too slowly and is closed")]
    public static partial void TooSlow(ILogger log, string connection);

    [LoggerMessage(2007, LogLevel.Warning, "News of the workspace could not be passed on")]
    public static partial void NewsFailed(ILogger log, Exception fault);

    [LoggerMessage(2008, LogLevel.Warning, "Events of media node {Node} did not reach their calls; the node sends them again")]
    public static partial void NodeEventsFailed(ILogger log, Exception fault, MediaNodeId node);

    [LoggerMessage(2013, LogLevel.Warning, "Call {Call} does not take the events of media node {Node} in time; it will read the node's roster")]
    public static partial void NodeEventsLate(ILogger log, CallId call, MediaNodeId node);

    [LoggerMessage(2009, LogLevel.Warning, "Missed events of call {Call} could not be read")]
    public static partial void CatchUpFailed(ILogger log, Exception fault, CallId call);

    [LoggerMessage(2010, LogLevel.Information, "{Admin} did {Action}")]
    public static partial void Audited(ILogger log, UserId admin, string action);

    [LoggerMessage(2011, LogLevel.Warning, "News of {About} is not passed on: {Max} wait before it")]
    public static partial void NewsDropped(ILogger log, string about, int max);
}
