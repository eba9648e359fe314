using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Calls.Contracts.Ids;
using Calls.Media.Tracks;
using Calls.MediaNode.Tests.Clients;
using Calls.Support;

namespace Calls.MediaNode.Tests.Telemetry;

public sealed class MediaNodeMetricsTests
{
    private static readonly CallId s_call = NodeHost.NewId<CallId>();

    [Fact]
    public async Task A_join_is_measured_step_by_step_and_sessions_are_counted_by_state()
    {
        await using var node = await NodeHost.Start();
        using var seen = new Recorded(node.Get<IMeterFactory>());
        var waiting = node.Session(s_call);
        await node.Node.Reserve(waiting, NodeHost.Room(), default);
        using var alice = await node.Join(node.Session(s_call));
        using var bob = await node.Join(node.Session(s_call));
        alice.Say("hello");
        bob.ListenFor("hello");
        await node.Node.Close(waiting, default);

        await Eventually.True(
            "all steps of both joins",
            () => seen.Count("calls.media.connect.duration", "ice") == 2
                && seen.Count("calls.media.connect.duration", "dtls") == 2
                && seen.Count("calls.media.connect.duration", "first_packet") == 1);
        Assert.Equal(3, seen.Count("calls.media.commands.duration", "reserve"));
        Assert.Equal(2, seen.Count("calls.media.commands.duration", "answer"));
        Assert.Equal(1, seen.Count("calls.media.commands.duration", "close"));
        Assert.Equal(2, seen.Values("calls.media.handshake.cpu").Count(cost => cost is > 0 and < 1));
        Assert.Equal((0, 2), (seen.Last("calls.media.sessions", "reserved"), seen.Last("calls.media.sessions", "connected")));
        Assert.Equal(1, seen.Last("calls.media.packets.forwarded"));
    }

    // Of two measurements with the same labels an exporter keeps one.
    [Fact]
    public async Task A_reason_for_dropping_is_one_number_wherever_the_packet_ended()
    {
        await using var node = await NodeHost.Start();
        using var seen = new Recorded(node.Get<IMeterFactory>());
        var counters = node.Runtime.Loops.Loops[0].Counters;
        counters.UnknownSources += 2;
        counters.Media.Drops.Add(DropReason.UnknownSource);
        counters.TooBig += 3;
        counters.Media.Drops.Add(DropReason.TooBig);

        var reasons = seen.Read("calls.media.packets.dropped");

        Assert.Equal(reasons.Count, reasons.Select(one => one.Tag).Distinct().Count());
        Assert.Equal(3, reasons.Single(one => one.Tag == "unknown_source").Value);
        Assert.Equal(4, reasons.Single(one => one.Tag == "too_big").Value);
    }

    [Fact]
    public async Task The_load_tells_how_long_turns_take()
    {
        await using var node = await NodeHost.Start();
        using var alice = await node.Join(node.Session(s_call));
        var description = await Eventually.Sees(
            "a transit time",
            () =>
            {
                alice.Say("word");
                return node.Node.Describe(default);
            },
            seen => seen.Load.TransitP99Ms > 0);

        Assert.InRange(description.Load.TransitP99Ms, 0.001, 100_000);
    }

    /// <summary>What one node's meter has recorded; tests run several nodes at once.</summary>
    private sealed class Recorded : IDisposable
    {
        private readonly ConcurrentQueue<(string Name, string Tag, double Value)> _measured = new();
        private readonly MeterListener _listener = new();

        public Recorded(IMeterFactory factory)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == factory) { listener.EnableMeasurementEvents(instrument); }
            };
            _listener.SetMeasurementEventCallback<double>((one, value, tags, _) => Note(one, value, tags));
            _listener.SetMeasurementEventCallback<long>((one, value, tags, _) => Note(one, value, tags));
            _listener.SetMeasurementEventCallback<int>((one, value, tags, _) => Note(one, value, tags));
            _listener.Start();
        }

        public int Count(string name, string tag) => _measured.Count(one => one.Name == name && one.Tag == tag);

        public IEnumerable<double> Values(string name) => _measured.Where(one => one.Name == name).Select(one => one.Value);

        public IReadOnlyList<(string Tag, double Value)> Read(string name)
        {
            _measured.Clear();
            _listener.RecordObservableInstruments();
            return [.. _measured.Where(one => one.Name == name).Select(one => (one.Tag, one.Value))];
        }

        public double Last(string name, string tag = "")
        {
            _listener.RecordObservableInstruments();
            return _measured.Last(one => one.Name == name && one.Tag == tag).Value;
        }

        public void Dispose() => _listener.Dispose();

        private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            _measured.Enqueue((instrument.Name, tags.IsEmpty ? "" : tags[0].Value?.ToString() ?? "", value));
    }
}
