using Calls.Contracts.MediaNodes;
using Calls.MediaNode.Loops;
using Calls.MediaNode.Telemetry;

namespace Calls.MediaNode.Control;

/// <summary>Turns what the loops count into a load, each time over the stretch since the last look.</summary>
internal sealed class NodeLoadMeter(LoopSet loops, MediaNodeOptions options, TimeProvider time)
{
    // Shorter stretches say more about chance than about load.
    private static readonly TimeSpan s_stretchMin = TimeSpan.FromMilliseconds(500);
    private const int BitsPerByte = 8;
    private const double TransitShare = 0.99;

    private readonly Lock _lock = new();
    private readonly TimeSpan[] _busy = new TimeSpan[loops.Loops.Count];
    private long _lookedAt = time.GetTimestamp();
    private long[] _transit = new long[TransitTimes.Classes];
    private TimeSpan _gcPause = GC.GetTotalPauseDuration();
    private long _packets;
    private long _bytes;
    private NodeLoad _last = new(0, 0, 0, 0, 0, 0);

    public NodeLoad Read()
    {
        lock (_lock)
        {
            var elapsed = time.GetElapsedTime(_lookedAt);
            if (elapsed >= s_stretchMin)
            {
                _last = Measure(elapsed);
                _lookedAt = time.GetTimestamp();
            }

            return _last;
        }
    }

    private NodeLoad Measure(TimeSpan elapsed)
    {
        var busiest = 0.0;
        long packets = 0, bytes = 0;
        for (var i = 0; i < _busy.Length; i++)
        {
            var loop = loops.Loops[i];
            busiest = Math.Max(busiest, (loop.Counters.Busy - _busy[i]) / elapsed);
            _busy[i] = loop.Counters.Busy;
            packets += loop.Output.DatagramsTotal + loop.Counters.DatagramsReceived;
            bytes += loop.Output.BytesTotal;
        }

        var packetsPerSecond = (long)((packets - _packets) / elapsed.TotalSeconds);
        var bitsPerSecond = (long)((bytes - _bytes) * BitsPerByte / elapsed.TotalSeconds);
        (_packets, _bytes) = (packets, bytes);
        var sessions = loops.Sessions;
        var load = Math.Max(
            busiest, Math.Max((double)bitsPerSecond / options.MaxBitsPerSecond, (double)sessions / options.MaxSessions));
        return new NodeLoad(
            Math.Clamp(load, 0, 1),
            loops.Loops.Sum(loop => loop.Counters.Rooms),
            sessions,
            Math.Clamp(busiest, 0, 1),
            packetsPerSecond,
            bitsPerSecond,
            TransitP99().TotalMilliseconds,
            GcPause().TotalMilliseconds);
    }

    private TimeSpan TransitP99()
    {
        var total = new long[TransitTimes.Classes];
        foreach (var loop in loops.Loops) { loop.Counters.Transit.AddTo(total); }

        var since = new long[TransitTimes.Classes];
        for (var i = 0; i < since.Length; i++) { since[i] = total[i] - _transit[i]; }

        _transit = total;
        return TransitTimes.Quantile(since, TransitShare);
    }

    private TimeSpan GcPause()
    {
        var total = GC.GetTotalPauseDuration();
        var since = total - _gcPause;
        _gcPause = total;
        return since;
    }
}
