using Microsoft.Extensions.Logging;

namespace Calls.MediaNode.Telemetry;

/// <summary>What a media node logs. Ids 3000 to 3999, never reused; no user content.</summary>
internal static partial class MediaNodeLog
{
    [LoggerMessage(3000, LogLevel.Information, "Media node {NodeId} listens on UDP {Addresses}; answers name {Advertised}; {Threads} threads, SRTP by {Engine}")]
    public static partial void Listening(this ILogger log, string nodeId, string addresses, string advertised, int threads, string engine);

    [LoggerMessage(3001, LogLevel.Warning, "The system granted {GrantedBytes} of {AskedBytes} bytes for receive buffers; raise net.core.rmem_max or packets are lost in bursts")]
    public static partial void SmallBuffers(this ILogger log, int grantedBytes, int askedBytes);

    [LoggerMessage(3002, LogLevel.Information, "Media path warmed up: {Packets} packets in {Elapsed}")]
    public static partial void WarmedUp(this ILogger log, int packets, TimeSpan elapsed);

    [LoggerMessage(3003, LogLevel.Information, "Media node stopped; {Sessions} sessions were closed")]
    public static partial void Stopped(this ILogger log, int sessions);

    [LoggerMessage(3004, LogLevel.Information, "The system does not cut runs of datagrams up (UDP_SEGMENT): each goes out by itself from now on")]
    public static partial void SegmentsRefused(this ILogger log);

    [LoggerMessage(3010, LogLevel.Information, "Registered with the control plane; heartbeat every {Seconds} s")]
    public static partial void Registered(this ILogger log, int seconds);

    [LoggerMessage(3011, LogLevel.Warning, "The control plane cannot be reached: {Reason}")]
    public static partial void ControlPlaneLost(this ILogger log, string reason);

    [LoggerMessage(3012, LogLevel.Information, "The control plane answers again")]
    public static partial void ControlPlaneBack(this ILogger log);

    [LoggerMessage(3013, LogLevel.Error, "No control plane for {After}; all sessions are closed")]
    public static partial void Orphaned(this ILogger log, TimeSpan after);

    [LoggerMessage(3014, LogLevel.Information, "Media node is now {State}")]
    public static partial void StateChanged(this ILogger log, string state);

    [LoggerMessage(3020, LogLevel.Error, "A fault in the media core; at worst it ended one session")]
    public static partial void SessionFault(this ILogger log, Exception fault);

    [LoggerMessage(3021, LogLevel.Error, "Heartbeats or reports failed by a fault of ours and are started again")]
    public static partial void LinkFault(this ILogger log, Exception fault);
}
