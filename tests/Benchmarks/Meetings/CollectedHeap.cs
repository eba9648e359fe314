using System.Diagnostics.Tracing;
using System.Globalization;
using System.Net.Http.Headers;
using Calls.Benchmarks.Joins;
using Calls.Support;
using Microsoft.Diagnostics.NETCore.Client;

namespace Calls.Benchmarks.Meetings;

/// <summary>What the managed heap of a running program holds right after a full collection, which it is asked for from outside.</summary>
internal sealed class CollectedHeap(CallsProgram program) : IDisposable
{
    /// <summary>A setting of the program: lets <c>/metrics</c> be read at its main address.</summary>
    public static readonly KeyValuePair<string, string> Setting = new("Calls__Telemetry__MetricsToken", Token);

    private const string Token = "benchmark";
    private const long CollectKeyword = 0x800000; // GCHeapCollect: who starts to listen to it starts a full collection
    private const string Collections = "dotnet_gc_collections_total";
    private const string Sizes = "dotnet_gc_last_collection_heap_size_bytes";
    private const string Holes = "dotnet_gc_last_collection_heap_fragmentation_size_bytes";
    private const string Full = "gc_heap_generation=\"gen2\"";

    private readonly HttpClient _http = new()
    {
        BaseAddress = program.Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token) },
    };

    /// <summary>Bytes of objects, without the holes between them.</summary>
    public async Task<long> Read()
    {
        // The second finds dead what the first one's finalizers let go.
        await Collect();
        await Collect();
        var metrics = await Metrics();
        return (long)(Sum(metrics, Sizes) - Sum(metrics, Holes));
    }

    public void Dispose() => _http.Dispose();

    private async Task Collect()
    {
        var before = Sum(await Metrics(), Collections, Full);
        var client = new DiagnosticsClient(program.ProcessId);
        using var session = await client.StartEventPipeSessionAsync(
            [new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, CollectKeyword)], requestRundown: false, token: default);
        var reading = session.EventStream.CopyToAsync(Stream.Null);
        await Eventually.Sees("a full collection", async () => Sum(await Metrics(), Collections, Full), seen => seen > before);
        await session.StopAsync(default);
        await reading;
    }

    private async Task<string[]> Metrics() => (await _http.GetStringAsync("metrics")).Split('\n');

    private static double Sum(string[] metrics, string name, string label = "") => metrics
        .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Split("} ")[1].Split(' ')[0], CultureInfo.InvariantCulture));
}
