using System.Diagnostics.Metrics;
using System.Text.Json;
using Calls.Media.Peers;
using Calls.Media.Tracks;
using Calls.MediaNode.Control;
using Calls.MediaNode.Loops;

namespace Calls.MediaNode.Telemetry;

/// <summary>Shows what the loops count for themselves: summed when somebody reads it, so that counting costs a packet next to nothing.</summary>
internal static class LoopMetrics
{
    private static readonly (TrafficKind Kind, string Name)[] s_kinds =
    [
        (TrafficKind.Voice, "voice"), (TrafficKind.Screen, "screen"), (TrafficKind.ScreenAudio, "screen_audio"),
        (TrafficKind.Rtcp, "rtcp"), (TrafficKind.Stun, "stun"), (TrafficKind.Dtls, "dtls"),
    ];

    private static readonly SessionProgress[] s_states =
        [SessionProgress.Reserved, SessionProgress.Connecting, SessionProgress.Connected, SessionProgress.Stalled];

    /// <summary>Begins to show it.</summary>
    public static void Watch(Meter meter, LoopSet loops, EventBacklog backlog, string engine)
    {
        WatchSessions(meter, loops, engine);
        WatchTraffic(meter, loops);
        WatchLoops(meter, loops);
        meter.CreateObservableGauge("calls.media.events.backlog", () => backlog.Count, "{event}");
        meter.CreateObservableGauge("calls.media.events.oldest", () => backlog.Age.TotalSeconds, "s");
        meter.CreateObservableCounter("calls.media.events.resyncs", () => backlog.Resyncs, "{resync}");
        meter.CreateObservableCounter(
            "calls.media.gc.pause",
            () => GC.GetTotalPauseDuration().TotalSeconds,
            "s",
            "How long the garbage collector stopped the process, media threads included.");
    }

    private static void WatchSessions(Meter meter, LoopSet loops, string engine)
    {
        meter.CreateObservableUpDownCounter("calls.media.calls", () => loops.Loops.Sum(loop => loop.Counters.Rooms), "{call}");
        meter.CreateObservableUpDownCounter("calls.media.sessions", () => Sessions(loops), "{session}");
        meter.CreateObservableGauge(
            "calls.media.srtp.engine", () => new Measurement<int>(1, new KeyValuePair<string, object?>("engine", engine)));
        meter.CreateObservableGauge("calls.media.slab.used", () => loops.Loops.Sum(loop => loop.SlabsUsed), "{slab}");
        Sum(meter, "calls.media.slots.switches", "{switch}", loops, loop => loop.Media.SlotSwitches);
        Sum(meter, "calls.media.speaking.changes", "{change}", loops, loop => loop.Media.SpeakingChanges);
        Sum(meter, "calls.media.ice.restarts", "{restart}", loops, loop => loop.Media.IceRestarts);
        Sum(meter, "calls.media.ice.moves", "{move}", loops, loop => loop.Media.IceMoves);
        Sum(meter, "calls.media.consent.lost", "{session}", loops, loop => loop.Media.ConsentLost);
        Sum(meter, "calls.media.handshake.failures", "{handshake}", loops, loop => loop.Media.HandshakeFailures);
        Sum(meter, "calls.media.faults", "{fault}", loops, loop => loop.Faults);
    }

    private static void WatchTraffic(Meter meter, LoopSet loops)
    {
        meter.CreateObservableCounter("calls.media.packets", () => Traffic(loops, m => m.PacketsIn, m => m.PacketsOut), "{packet}");
        meter.CreateObservableCounter("calls.media.bytes", () => Traffic(loops, m => m.BytesIn, m => m.BytesOut), "By");
        Sum(meter, "calls.media.packets.forwarded", "{packet}", loops, loop => loop.Media.VoicesForwarded);
        meter.CreateObservableCounter("calls.media.packets.dropped", () => Drops(loops), "{packet}");
        meter.CreateObservableCounter("calls.media.send.errors", () => SendErrors(loops), "{packet}");
    }

    private static void WatchLoops(Meter meter, LoopSet loops)
    {
        Each(meter, "calls.media.thread.busy", "s", loops, loop => loop.Busy.TotalSeconds);
        Each(meter, "calls.media.thread.turns", "{turn}", loops, loop => loop.Turns);
        Each(meter, "calls.media.thread.empty_turns", "{turn}", loops, loop => loop.EmptyTurns);
        Each(meter, "calls.media.thread.handovers", "{packet}", loops, loop => loop.Handovers);
    }

    private static void Sum(Meter meter, string name, string unit, LoopSet loops, Func<LoopCounters, long> read) =>
        meter.CreateObservableCounter(name, () => loops.Loops.Sum(loop => read(loop.Counters)), unit);

    private static void Each(Meter meter, string name, string unit, LoopSet loops, Func<LoopCounters, double> read) =>
        meter.CreateObservableCounter(
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

    private static IEnumerable<Measurement<int>> Sessions(LoopSet loops)
    {
        foreach (var state in s_states)
        {
            yield return new Measurement<int>(
                loops.Loops.Sum(loop => loop.Counters.Media.Sessions(state)),
                new KeyValuePair<string, object?>("state", SnakeCase(state.ToString())));
        }
    }

    private static IEnumerable<Measurement<long>> Drops(LoopSet loops)
    {
        foreach (var reason in Enum.GetValues<DropReason>())
        {
            yield return Reason(loops.Loops.Sum(loop => Dropped(loop.Counters, reason)), SnakeCase(reason.ToString()));
        }

        yield return Reason(loops.Loops.Sum(loop => loop.Counters.HandoversRefused), "handover_full");
        yield return Reason(loops.Loops.Sum(loop => loop.Counters.HandshakesRefused), "handshake_queue");
    }

    // Of two measurements with the same labels only one is ever seen, so what a loop and its rooms both drop is one number.
    private static long Dropped(LoopCounters counters, DropReason reason) => counters.Media.Drops[reason] + reason switch
    {
        DropReason.UnknownSource => counters.UnknownSources,
        DropReason.TooBig => counters.TooBig,
        _ => 0,
    };

    private static IEnumerable<Measurement<long>> SendErrors(LoopSet loops)
    {
        yield return Reason(loops.Loops.Sum(loop => loop.Output.Errors.Full), "full");
        yield return Reason(loops.Loops.Sum(loop => loop.Output.Errors.Unreachable), "unreachable");
        yield return Reason(loops.Loops.Sum(loop => loop.Output.Errors.TooBig), "too_big");
        yield return Reason(loops.Loops.Sum(loop => loop.Output.Errors.Other), "other");
    }

    private static Measurement<long> Reason(long count, string reason) =>
        new(count, new KeyValuePair<string, object?>("reason", reason));

    private static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
