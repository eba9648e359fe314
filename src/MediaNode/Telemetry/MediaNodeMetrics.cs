using System.Diagnostics.Metrics;
using Calls.Media.Datagrams;
using Calls.Media.Rooms;
using Calls.Media.Tracks;
using Calls.MediaNode.Control;
using Calls.MediaNode.Loops;

namespace Calls.MediaNode.Telemetry;

/// <summary>
/// The node's metrics that are recorded as things happen: news, commands, and samples. Nothing here is called for a packet; what
/// is counted for each is in <see cref="LoopMetrics"/>.
/// </summary>
internal sealed class MediaNodeMetrics : IDisposable
{
    public const string MeterName = "Calls.Media";

    private static readonly KeyValuePair<string, object?> s_in = new("direction", "in");
    private static readonly KeyValuePair<string, object?> s_out = new("direction", "out");

    private readonly Meter _meter;
    private readonly Histogram<double> _transit;
    private readonly Histogram<double> _fanOut;
    private readonly Histogram<double> _receiveBatch;
    private readonly Histogram<double> _sendBatch;
    private readonly Histogram<double> _sendSegments;
    private readonly Histogram<double> _connect;
    private readonly Histogram<double> _handshake;
    private readonly Histogram<double> _command;
    private readonly Histogram<double> _onset;
    private readonly Histogram<double> _loss;
    private readonly Histogram<double> _jitter;
    private readonly Histogram<double> _roundTrip;
    private readonly Counter<long> _disconnects;

    public MediaNodeMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _transit = Seconds(
            "transit", "From receiving a batch to having handed all to the system; 1 turn in 64.", 50e-6, 100e-6, 200e-6, 500e-6, 1e-3, 2e-3, 5e-3, 10e-3, 20e-3, 50e-3, 100e-3);
        _fanOut = Many("fanout", "{copy}", "Copies per voice packet that went on; 1 turn in 64, averaged over it.", 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000);
        _receiveBatch = Many("receive.batch", "{datagram}", "Datagrams per receiving call; 1 turn in 64, averaged over it.", 1, 2, 4, 8, 16, 32, 64);
        _sendBatch = Many("send.batch", "{datagram}", "Datagrams per sending call; 1 turn in 64, averaged over it.", 1, 2, 4, 8, 16, 32, 64);
        _sendSegments = Many("send.segments", "{datagram}", "Datagrams per message, as the system cuts runs up; 1 turn in 64, averaged over it.", 1, 2, 4, 8, 16, 32, 64);
        _connect = Seconds("connect.duration", "Steps of connecting: ice, dtls, first_packet.", 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 15);
        _handshake = Seconds("handshake.cpu", "Processor time of a handshake that succeeded.", 0.25e-3, 0.5e-3, 0.75e-3, 1e-3, 1.5e-3, 2e-3, 5e-3, 10e-3);
        _command = Seconds("commands.duration", "From a command to its answer, when it holds.", 50e-6, 200e-6, 1e-3, 5e-3, 20e-3, 0.1, 0.5, 2);
        _onset = Seconds("voice.onset", "From the first sound of a voice that was held back to its being sent on.", 1e-3, 0.02, 0.04, 0.06, 0.1, 0.2, 0.3, 0.5, 1, 2, 5);
        _loss = Many("loss", "1", "Share of voice packets lost, from reports.", 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5);
        _jitter = Seconds("jitter", "Variation of voice packets' transit, from reports.", 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2);
        _roundTrip = Seconds("rtt", "To a client and back, from its reports.", 1e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1);
        _disconnects = _meter.CreateCounter<long>("calls.media.disconnects", "{session}", "Sessions that ended, by reason.");
    }

    /// <summary>Begins to show what the loops count.</summary>
    public void Watch(LoopSet loops, EventBacklog backlog, string engine) => LoopMetrics.Watch(_meter, loops, backlog, engine);

    /// <summary>On a loop's thread, for one turn in many.</summary>
    public void NoteTurn(TurnSample turn)
    {
        _transit.Record(turn.Transit.TotalSeconds);
        if (turn.ReceiveBatch > 0) { _receiveBatch.Record(turn.ReceiveBatch); }
        if (turn.FanOut > 0) { _fanOut.Record(turn.FanOut); }
        if (turn.SendBatch > 0)
        {
            _sendBatch.Record(turn.SendBatch);
            _sendSegments.Record(turn.SendSegments);
        }
    }

    /// <summary>On a loop's thread, some times a second and session.</summary>
    public void NoteSample(MediaSample sample)
    {
        switch (sample.Kind)
        {
            case MediaSampleKind.VoiceOnset: _onset.Record(sample.Value); break;
            case MediaSampleKind.LossIn: _loss.Record(sample.Value, s_in); break;
            case MediaSampleKind.LossOut: _loss.Record(sample.Value, s_out); break;
            case MediaSampleKind.JitterIn: _jitter.Record(sample.Value, s_in); break;
            case MediaSampleKind.JitterOut: _jitter.Record(sample.Value, s_out); break;
            default: _roundTrip.Record(sample.Value); break;
        }
    }

    /// <summary>Counts what a room says. On a loop's thread, but never for a packet.</summary>
    public void Note(RoomEvent news)
    {
        switch (news)
        {
            case RoomEvent.Connected connected:
                var transport = new KeyValuePair<string, object?>("transport", connected.Transport == TransportKind.Udp ? "udp" : "tcp");
                _connect.Record(connected.Ice.TotalSeconds, new("step", "ice"), transport);
                _connect.Record(connected.Dtls.TotalSeconds, new("step", "dtls"), transport);
                break;
            case RoomEvent.FirstPacket first:
                _connect.Record(first.After.TotalSeconds, new KeyValuePair<string, object?>("step", "first_packet"));
                break;
            case RoomEvent.Disconnected ended:
                _disconnects.Add(1, new KeyValuePair<string, object?>("reason", ended.Reason.ToString()));
                break;
            default:
                break;
        }
    }

    public void NoteHandshake(TimeSpan cost) => _handshake.Record(cost.TotalSeconds);

    public void NoteCommand(string name, TimeSpan duration) =>
        _command.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("command", name));

    public void Dispose() => _meter.Dispose();

    private Histogram<double> Seconds(string name, string meaning, params double[] bounds) => Many(name, "s", meaning, bounds);

    private Histogram<double> Many(string name, string unit, string meaning, params double[] bounds) => _meter.CreateHistogram(
        "calls.media." + name, unit, meaning, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
}
