using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;

namespace Calls.Grains;

/// <summary>Spans and figures of the control plane. No ids in labels: there are too many calls and people for that.</summary>
internal static class GrainTelemetry
{
    /// <summary>The name of both the activity source and the meter.</summary>
    public const string Name = "Calls.Grains";

    private static readonly ActivitySource s_source = new(Name);
    private static readonly Meter s_meter = new(Name);

    private static readonly UpDownCounter<long> s_calls =
        s_meter.CreateUpDownCounter<long>("calls.live", "{call}", "Calls with somebody in them.");

    private static readonly UpDownCounter<long> s_sessions =
        s_meter.CreateUpDownCounter<long>("calls.sessions", "{session}", "Sessions in calls, by state.");

    private static readonly Counter<long> s_joins = s_meter.CreateCounter<long>("calls.joins", "{session}", "Sessions that joined.");

    private static readonly Histogram<double> s_firstPacket =
        s_meter.CreateHistogram<double>("calls.join.first_packet", "s", "From a join to the first packet of its media.");

    private static readonly Counter<long> s_left =
        s_meter.CreateCounter<long>("calls.sessions.left", "{session}", "Sessions that are over, by reason.");

    private static readonly Counter<long> s_commands =
        s_meter.CreateCounter<long>("calls.commands", "{command}", "Commands answered, by name and result.");

    private static readonly Counter<long> s_events =
        s_meter.CreateCounter<long>("calls.events", "{event}", "Events handed to gateways.");

    /// <summary>Begins the span of a command. It continues the caller's trace where the host carries it, else the client's own.</summary>
    public static Activity? Start(string command, string? traceParent = null) =>
        Activity.Current is null && ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
            ? s_source.StartActivity(command, ActivityKind.Internal, parent)
            : s_source.StartActivity(command);

    public static Answer Answered(string command, Answer answer)
    {
        Count(command, answer.Refusal);
        return answer;
    }

    public static Answer<T> Answered<T>(string command, Answer<T> answer)
    {
        Count(command, answer.Refusal);
        return answer;
    }

    public static void CallsChanged(int by) => s_calls.Add(by);

    public static void SessionsChanged(SessionConnection state, int by) =>
        s_sessions.Add(by, new KeyValuePair<string, object?>("state", NameOf(state)));

    public static void Joined() => s_joins.Add(1);

    public static void FirstPacket(TimeSpan afterJoin) => s_firstPacket.Record(afterJoin.TotalSeconds);

    public static void Left(LeaveReason reason) => s_left.Add(1, new KeyValuePair<string, object?>("reason", NameOf(reason)));

    public static void Delivered(int gateways) => s_events.Add(gateways);

    private static void Count(string command, Refusal? refusal)
    {
        var result = refusal is { } reason ? NameOf(reason) : "accepted";
        s_commands.Add(
            1, new KeyValuePair<string, object?>("command", command), new KeyValuePair<string, object?>("result", result));
        Activity.Current?.SetTag("calls.result", result);
    }

    private static string NameOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
