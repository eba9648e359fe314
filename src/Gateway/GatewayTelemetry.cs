using System.Diagnostics;
using System.Diagnostics.Metrics;
using Calls.Contracts.Calls;

namespace Calls.Gateway;

/// <summary>What the edge counts and traces. No user content and no ids in labels.</summary>
internal static class GatewayTelemetry
{
    public const string Name = "Calls.Gateway";

    public static readonly ActivitySource Source = new(Name);

    private const string Accepted = "accepted";

    private static readonly Meter s_meter = new(Name);
    private static readonly Counter<long> s_commands =
        s_meter.CreateCounter<long>("calls.gateway.commands", "{command}", "Commands by name and result.");
    private static readonly Counter<long> s_delivered =
        s_meter.CreateCounter<long>("calls.gateway.events.delivered", "{event}", "Events handed to hub connections.");
    private static readonly Counter<long> s_newsDropped =
        s_meter.CreateCounter<long>("calls.gateway.news.dropped", "{change}", "Changes of the workspace not passed on: their grain does not answer.");
    private static readonly Counter<long> s_resumes =
        s_meter.CreateCounter<long>("calls.gateway.resumes", "{resume}", "Resumes by outcome.");
    private static readonly UpDownCounter<long> s_connections =
        s_meter.CreateUpDownCounter<long>("calls.gateway.connections", "{connection}", "Hub connections open.");

    public static void Command(string name, Refusal? refusal) => s_commands.Add(
        1, new KeyValuePair<string, object?>("command", name), new KeyValuePair<string, object?>("result", Result(refusal)));

    public static void Delivered() => s_delivered.Add(1);

    public static void NewsDropped() => s_newsDropped.Add(1);

    public static void Resumed(Refusal? refusal) => s_resumes.Add(1, new KeyValuePair<string, object?>("outcome", Result(refusal)));

    public static void Connections(int change) => s_connections.Add(change);

    /// <summary>A span that continues the client's trace, if it named one.</summary>
    public static Activity? Start(string name, string? traceParent) =>
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
            ? Source.StartActivity(name, ActivityKind.Server, parent)
            : Source.StartActivity(name, ActivityKind.Server);

    private static string Result(Refusal? refusal) => refusal is { } code ? Problems.CodeOf(code) : Accepted;
}
