using Calls.Media.Tracks;
using Calls.MediaNode.Sockets;

namespace Calls.MediaNode.Loops;

/// <summary>What one turn in <see cref="LoopSettings.TurnsPerSample"/> was like; batches and fan-out are averages over the turn.</summary>
/// <param name="Transit">From receiving to having handed all to the system.</param>
/// <param name="ReceiveBatch">Datagrams per call to the system; 0 if none came.</param>
/// <param name="SendBatch">Datagrams per call to the system; 0 if none went.</param>
/// <param name="SendSegments">Datagrams per message, as far as the system cuts runs up.</param>
/// <param name="FanOut">Copies per voice packet that went on; 0 if none did.</param>
internal readonly record struct TurnSample(TimeSpan Transit, double ReceiveBatch, double SendBatch, double SendSegments, double FanOut);

/// <summary>Where the counts stood when a sampled turn began.</summary>
internal readonly struct TurnStart(LoopCounters counters, SendBatch output)
{
    private readonly long _received = counters.DatagramsReceived;
    private readonly long _receives = counters.Receives;
    private readonly long _sent = output.DatagramsTotal;
    private readonly long _sends = output.SendsTotal;
    private readonly long _messages = output.MessagesTotal;
    private readonly long _forwarded = counters.Media.VoicesForwarded;
    private readonly long _copies = counters.Media.PacketsOut(TrafficKind.Voice);

    public TurnSample End(TimeSpan transit, LoopCounters now, SendBatch output) => new(
        transit,
        Ratio(now.DatagramsReceived - _received, now.Receives - _receives),
        Ratio(output.DatagramsTotal - _sent, output.SendsTotal - _sends),
        Ratio(output.DatagramsTotal - _sent, output.MessagesTotal - _messages),
        Ratio(now.Media.PacketsOut(TrafficKind.Voice) - _copies, now.Media.VoicesForwarded - _forwarded));

    private static double Ratio(long many, long per) => per == 0 ? 0 : (double)many / per;
}
