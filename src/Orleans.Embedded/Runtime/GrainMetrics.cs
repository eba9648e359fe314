using System.Diagnostics.Metrics;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Figures under Orleans' own names and units. No grain keys in them.</summary>
internal sealed class GrainMetrics
{
    private const string MeterName = "Microsoft.Orleans";

    // Milliseconds; each bucket counts the calls up to its bound and above the one before it.
    private static readonly double[] s_boundsMilliseconds = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768];

    private readonly long[] _buckets = new long[s_boundsMilliseconds.Length + 1];
    private readonly Counter<long> _timedOut;
    private readonly Counter<long> _created;
    private readonly Counter<long> _destroyed;
    private readonly Dictionary<string, (Histogram<double> Latency, Counter<long> Errors)> _storage = [];
    private long _answered;
    private long _ticksTotal;

    public GrainMetrics(IMeterFactory factory, Silo silo)
    {
        var meter = factory.Create(MeterName);
        meter.CreateObservableCounter("orleans-app-requests-latency-count", () => Interlocked.Read(ref _answered));
        meter.CreateObservableCounter(
            "orleans-app-requests-latency-sum", () => (long)TimeSpan.FromTicks(Interlocked.Read(ref _ticksTotal)).TotalMilliseconds, "ms");
        meter.CreateObservableCounter("orleans-app-requests-latency-bucket", Buckets);
        meter.CreateObservableUpDownCounter("orleans-catalog-activations", () => silo.Directory.Count);
        _timedOut = meter.CreateCounter<long>("orleans-app-requests-timedout");
        _created = meter.CreateCounter<long>("orleans-catalog-activation-created");
        _destroyed = meter.CreateCounter<long>("orleans-catalog-activation-destroyed");
        foreach (var operation in (string[])["read", "write", "clear"])
        {
            _storage[operation] = (
                meter.CreateHistogram<double>($"orleans-storage-{operation}-latency", "ms"),
                meter.CreateCounter<long>($"orleans-storage-{operation}-errors"));
        }
    }

    public void Answered(TimeSpan latency)
    {
        Interlocked.Increment(ref _answered);
        Interlocked.Add(ref _ticksTotal, latency.Ticks);
        var bucket = Array.FindIndex(s_boundsMilliseconds, bound => latency.TotalMilliseconds <= bound);
        Interlocked.Increment(ref _buckets[bucket < 0 ? s_boundsMilliseconds.Length : bucket]);
    }

    public void TimedOut(GrainId target) =>
        _timedOut.Add(1, new KeyValuePair<string, object?>("grain_type", target.Type.ToString()));

    public void Created() => _created.Add(1);

    public void Destroyed() => _destroyed.Add(1);

    public void StorageDone(string operation, string stateName, TimeSpan latency) =>
        _storage[operation].Latency.Record(latency.TotalMilliseconds, new KeyValuePair<string, object?>("state_name", stateName));

    public void StorageFailed(string operation, string stateName) =>
        _storage[operation].Errors.Add(1, new KeyValuePair<string, object?>("state_name", stateName));

    private IEnumerable<Measurement<long>> Buckets() => _buckets.Select((_, i) => new Measurement<long>(
        Interlocked.Read(ref _buckets[i]),
        new KeyValuePair<string, object?>(
            "duration", i < s_boundsMilliseconds.Length ? $"{s_boundsMilliseconds[i]}ms" : $">{s_boundsMilliseconds[^1]}ms")));
}
