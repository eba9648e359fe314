using System.Diagnostics.Metrics;
using Calls.Contracts.MediaNodes;
using Calls.Media.Tracks;
using Calls.MediaNode.Control;
using Calls.MediaNode.Loops;

namespace Calls.MediaNode.Telemetry;

/// <summary>The node's metrics. Loops count for themselves; here the counts are summed when somebody reads them.</summary>
internal sealed class MediaNodeMetrics : IDisposable
{
    public const string MeterName = "Calls.Media";

    private static readonly (TrafficKind Kind, string Name)[] s_kinds =
    [
        (TrafficKind.Voice, "voice"), (TrafficKind.Screen, "screen"), (TrafficKind.ScreenAudio, "screen_audio"),
        (TrafficKind.Rtcp, "rtcp"), (TrafficKind.Stun, "stun"), (TrafficKind.Dtls, "dtls"),
    ];

    private readonly Meter _meter;
    private readonly Histogram<double> _transit;
    private readonly Histogram<double> _connect;
    private readonly Counter<long> _disconnects;

    public MediaNodeMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _transit = _meter.CreateHistogram(
            "calls.media.transit",
            "s",
            "From receiving a batch to having handed all to the system; 1 turn in 64.",
            advice: Buckets(50e-6, 100e-6, 200e-6, 500e-6, 1e-3, 2e-3, 5e-3, 10e-3, 20e-3, 50e-3, 100e-3));
        _connect = _meter.CreateHistogram(
            "calls.media.connect.duration",
            "s",
            "Steps of connecting: ice, dtls.",
            advice: Buckets(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 15));
        _disconnects = _meter.CreateCounter<long>("calls.media.disconnects", "{session}", "Sessions that ended, by reason.");
    }

    public void NoteTransit(TimeSpan time) => _transit.Record(time.TotalSeconds);

    /// <summary>Counts what an event says. On a loop's thread, but never for a packet.</summary>
    public void Note(NodeEvent news)
    {
        switch (news)
        {
            case NodeEvent.Connected connected:
                _connect.Record(connected.IceMs / 1e3, new("step", "ice"), new("transport", connected.Transport));
                _connect.Record(connected.DtlsMs / 1e3, new("step", "dtls"), new("transport", connected.Transport));
                break;
            case NodeEvent.Disconnected ended:
                _disconnects.Add(1, new KeyValuePair<string, object?>("reason", ended.Reason.ToString()));
                break;
            default:
                break;
        }
    }

    /// <summary>Begins to show what the loops count.</summary>
    public void Watch(LoopSet loops, EventBacklog backlog, string engine)
    {
        WatchSessions(loops, engine);
        WatchTraffic(loops);
        WatchLoops(loops);
        _meter.CreateObservableGauge("calls.media.events.backlog", () => backlog.Count, "{event}");
        _meter.CreateObservableGauge("calls.media.events.oldest", () => backlog.Age.TotalSeconds, "s");
        _meter.CreateObservableCounter("calls.media.events.resyncs", () => backlog.Resyncs, "{resync}");
    }

    public void Dispose() => _meter.Dispose();

    private void WatchSessions(LoopSet loops, string engine)
    {
        _meter.CreateObservableUpDownCounter("calls.media.calls", () => loops.Loops.Sum(loop => loop.Counters.Rooms), "{call}");
        _meter.CreateObservableUpDownCounter("calls.media.sessions", () => loops.Sessions, "{session}");
        _meter.CreateObservableGauge(
            "calls.media.srtp.engine", () => new Measurement<int>(1, new KeyValuePair<string, object?>("engine", engine)));
        _meter.CreateObservableGauge("calls.media.slab.used", () => loops.Loops.Sum(loop => loop.SlabsUsed), "{slab}");
        Sum("calls.media.slots.switches", "{switch}", loops, loop => loop.Media.SlotSwitches);
        Sum("calls.media.speaking.changes", "{change}", loops, loop => loop.Media.SpeakingChanges);
        Sum("calls.media.ice.restarts", "{restart}", loops, loop => loop.Media.IceRestarts);
        Sum("calls.media.ice.moves", "{move}", loops, loop => loop.Media.IceMoves);
        Sum("calls.media.consent.lost", "{session}", loops, loop => loop.Media.ConsentLost);
        Sum("calls.media.handshake.failures", "{handshake}", loops, loop => loop.Media.HandshakeFailures);
        Sum("calls.media.faults", "{fault}", loops, loop => loop.Faults);
    }

    private void WatchTraffic(LoopSet loops)
    {
        _meter.CreateObservableCounter("calls.media.packets", () => Traffic(loops, m => m.PacketsIn, m => m.PacketsOut), "{packet}");
        _meter.CreateObservableCounter("calls.media.bytes", () => Traffic(loops, m => m.BytesIn, m => m.BytesOut), "By");
        _meter.CreateObservableCounter("calls.media.packets.dropped", () => Drops(loops), "{packet}");
        _meter.CreateObservableCounter("calls.media.send.errors", () => SendErrors(loops), "{packet}");
    }

    private void WatchLoops(LoopSet loops)
    {
        Each("calls.media.thread.busy", "s", loops, loop => loop.Busy.TotalSeconds);
        Each("calls.media.thread.turns", "{turn}", loops, loop => loop.Turns);
        Each("calls.media.thread.empty_turns", "{turn}", loops, loop => loop.EmptyTurns);
        Each("calls.media.thread.handovers", "{packet}", loops, loop => loop.Handovers);
    }

    private void Sum(string name, string unit, LoopSet loops, Func<LoopCounters, long> read) =>
        _meter.CreateObservableCounter(name, () => loops.Loops.Sum(loop => read(loop.Counters)), unit);

    private void Each(string name, string unit, LoopSet loops, Func<LoopCounters, double> read) =>
        _meter.CreateObservableCounter(
            name,
            () => loops.Loops.Select((loop, i) => new Measurement<double>(
                read(loop.Counters), new KeyValuePair<string, object?>("thread", i))),
            unit);

    private static IEnumerable<Measurement<long>> Traffic(
        LoopSet loops, Func<MediaCounters, Func<TrafficKind, long>> inward, Func<MediaCounters, Func<TrafficKind, long>> outward)
    {
        foreach (var (kind, name) in s_kinds)
        {
            yield return Of(loops, inward, kind, name, "in");
            yield return Of(loops, outward, kind, name, "out");
        }
    }

    private static Measurement<long> Of(
        LoopSet loops, Func<MediaCounters, Func<TrafficKind, long>> read, TrafficKind kind, string name, string direction) =>
        new(
            loops.Loops.Sum(loop => read(loop.Counters.Media)(kind)),
            new KeyValuePair<string, object?>("direction", direction),
            new KeyValuePair<string, object?>("kind", name));

    private static IEnumerable<Measurement<long>> Drops(LoopSet loops)
    {
        foreach (var reason in Enum.GetValues<DropReason>())
        {
            yield return Reason(loops.Loops.Sum(loop => loop.Counters.Media.Drops[reason]), SnakeCase(reason.ToString()));
        }

        yield return Reason(loops.Loops.Sum(loop => loop.Counters.UnknownSources), "unknown_source");
        yield return Reason(loops.Loops.Sum(loop => loop.Counters.TooBig), "too_big");
        yield return Reason(loops.Loops.Sum(loop => loop.Counters.HandoversRefused), "handover_full");
        yield return Reason(loops.Loops.Sum(loop => loop.Counters.HandshakesRefused), "handshake_queue");
    }

    private static IEnumerable<Measurement<long>> SendErrors(LoopSet loops)
    {
        yield return Reason(loops.Loops.Sum(loop => loop.Output.Errors.Full), "full");
        yield return Reason(loops.Loops.Sum(loop => loop.Output.Errors.Unreachable), "unreachable");
        yield return Reason(loops.Loops.Sum(loop => loop.Output.Errors.TooBig), "too_big");
        yield return Reason(loops.Loops.Sum(loop => loop.Output.Errors.Other), "other");
    }

    private static Measurement<long> Reason(long count, string reason) =>
        new(count, new KeyValuePair<string, object?>("reason", reason));

    private static string SnakeCase(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static InstrumentAdvice<double> Buckets(params double[] bounds) => new() { HistogramBucketBoundaries = bounds };
}
