using System.Collections.Concurrent;
using System.Diagnostics;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;

namespace Calls.MediaNode.Telemetry;

/// <summary>
/// The node's part of a join's trace, under the trace context that came with the reservation: reserve, connect, first packet.
/// Spans are written when their end is known, with their own times.
/// </summary>
internal sealed class JoinTraces(TimeProvider time)
{
    public const string SourceName = "Calls.Media";

    private static readonly ActivitySource s_source = new(SourceName);

    private readonly ConcurrentDictionary<SessionId, Join> _joins = new();

    /// <summary>A session was reserved; nothing is kept when the join is not traced.</summary>
    public void Reserved(SessionId session, int generation, string? traceParent, DateTimeOffset startedAt)
    {
        if (!ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)) { return; }

        var join = new Join(parent, generation, time.GetUtcNow());
        if (_joins.TryGetValue(session, out var known) && known.Generation >= generation) { return; }

        _joins[session] = join;
        Write("media.reserve", join, startedAt, join.ReservedAt, null);
    }

    public void Answered(SessionId session)
    {
        if (_joins.TryGetValue(session, out var join)) { join.AnsweredAt ??= time.GetUtcNow(); }
    }

    public void Note(NodeEvent news)
    {
        switch (news)
        {
            case NodeEvent.Connected one when Find(one.Session, one.Generation) is { } join:
                join.ConnectedAt = one.At;
                Write("media.connect", join, join.AnsweredAt ?? join.ReservedAt, one.At, activity => activity
                    .SetTag("calls.transport", one.Transport)
                    .SetTag("calls.srtp_profile", one.Profile)
                    .SetTag("calls.ice_ms", one.IceMs)
                    .SetTag("calls.dtls_ms", one.DtlsMs));
                break;
            case NodeEvent.FirstPacket one when Find(one.Session, one.Generation) is { } join:
                Write("media.first_packet", join, join.ConnectedAt ?? join.ReservedAt, one.At, activity => activity
                    .SetTag("calls.role", one.Role.ToString()));
                break;
            case NodeEvent.Disconnected one when Find(one.Session, one.Generation) is { } join:
                if (join.ConnectedAt is null)
                {
                    Write("media.connect", join, join.AnsweredAt ?? join.ReservedAt, one.At, activity => activity
                        .SetStatus(ActivityStatusCode.Error, one.Reason.ToString()));
                }

                _joins.TryRemove(KeyValuePair.Create(one.Session, join));
                break;
            default:
                break;
        }
    }

    private Join? Find(SessionId session, int generation) =>
        _joins.TryGetValue(session, out var join) && join.Generation == generation ? join : null;

    private static void Write(string name, Join join, DateTimeOffset from, DateTimeOffset to, Action<Activity>? describe)
    {
        using var activity = s_source.StartActivity(name, ActivityKind.Internal, join.Parent, startTime: from);
        if (activity is null) { return; }

        describe?.Invoke(activity);
        activity.SetEndTime(to.UtcDateTime);
    }

    private sealed class Join(ActivityContext parent, int generation, DateTimeOffset reservedAt)
    {
        public ActivityContext Parent { get; } = parent;

        public int Generation { get; } = generation;

        public DateTimeOffset ReservedAt { get; } = reservedAt;

        public DateTimeOffset? AnsweredAt { get; set; }

        public DateTimeOffset? ConnectedAt { get; set; }
    }
}
