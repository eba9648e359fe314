using Calls.Media.Datagrams;

namespace Calls.MediaNode.Loops;

/// <summary>The node's clock as the core's time; all loops and what is told outside count from one start.</summary>
internal sealed class LoopClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    public MonotonicTime Now
    {
        get
        {
            var elapsed = time.GetElapsedTime(_start);
            return new MonotonicTime(elapsed.Ticks / TimeSpan.TicksPerMicrosecond);
        }
    }

    /// <summary>The wall clock's time of a moment, by the wall clock as it was at the start: a stepped clock moves nothing.</summary>
    public DateTimeOffset At(MonotonicTime moment) => _startedAt + TimeSpan.FromMicroseconds(moment.Microseconds);
}
