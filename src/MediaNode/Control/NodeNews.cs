using System.Collections.Immutable;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Media.Datagrams;
using Calls.Media.Rooms;
using Calls.MediaNode.Loops;
using Calls.MediaNode.Telemetry;

namespace Calls.MediaNode.Control;

/// <summary>What the rooms say, put into the words of the node API and into the backlog.</summary>
internal sealed class NodeNews(EventBacklog backlog, JoinTraces traces, MediaNodeMetrics metrics, LoopClock clock) : ILoopNews
{
    /// <inheritdoc/>
    public void Say(CallId call, RoomEvent news, MonotonicTime now)
    {
        metrics.Note(news);
        if (Translate(call, news, clock.At(now)) is not { } report) { return; }

        traces.Note(report);
        backlog.Add(report);
    }

    internal static NodeEvent? Translate(CallId call, RoomEvent news, DateTimeOffset at) => news switch
    {
        RoomEvent.Connected one => new NodeEvent.Connected(
            at,
            call,
            new SessionId(one.Session),
            one.Generation,
            one.Transport == TransportKind.Udp ? "udp" : "tcp",
            one.Profile.ToString(),
            (int)one.Ice.TotalMilliseconds,
            (int)one.Dtls.TotalMilliseconds),
        RoomEvent.FirstPacket one => new NodeEvent.FirstPacket(
            at, call, new SessionId(one.Session), one.Generation, (LineRole)one.Role),
        RoomEvent.Stalled one => new NodeEvent.Stalled(at, call, new SessionId(one.Session), one.Generation),
        RoomEvent.Resumed one => new NodeEvent.Resumed(at, call, new SessionId(one.Session), one.Generation),
        RoomEvent.Disconnected one => new NodeEvent.Disconnected(
            at, call, new SessionId(one.Session), one.Generation, (DisconnectReason)one.Reason),
        RoomEvent.Speaking one => new NodeEvent.Speaking(
            at, call, [.. one.Sessions.Select(id => new SessionId(id))], Session(one.Dominant)),
        RoomEvent.Slots one => new NodeEvent.Slots(at, call, Sessions(one.Voices), Session(one.Spare)),
        RoomEvent.SessionSlots one => new NodeEvent.SessionSlots(at, call, new SessionId(one.Session), Sessions(one.Voices)),
        _ => null,   // the loop's own business: fragments and addresses
    };

    private static ImmutableArray<SessionId?> Sessions(ImmutableArray<string?> ids) => [.. ids.Select(Session)];

    private static SessionId? Session(string? id) => id is null ? null : new SessionId(id);
}
