namespace Calls.Support;

/// <summary>
/// A clock that stands still until a test moves it. Timers made from it fire inside <see cref="Advance"/>, on the
/// test's own thread, in the order of their due times; each sees the clock at exactly its due time.
/// </summary>
public sealed class ManualTime : TimeProvider
{
    /// <summary>Any fixed moment would do; this one is a Monday at noon.</summary>
    public static readonly DateTimeOffset DefaultStart = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _armed = [];
    private DateTimeOffset _start;
    private TimeSpan _elapsed;
    private long _armings;

    public ManualTime()
        : this(DefaultStart)
    {
    }

    public ManualTime(DateTimeOffset start) => _start = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How many timers wait for the clock to move: evidence that the code under test has armed one.</summary>
    public int TimersArmed
    {
        get
        {
            lock (_lock) { return _armed.Count; }
        }
    }

    /// <summary>When the next timer fires; null when none is armed.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_lock) { return _armed.Count == 0 ? null : _start + _armed.Min(timer => timer.Due); }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) { return _start + _elapsed; }
    }

    public override long GetTimestamp()
    {
        lock (_lock) { return _elapsed.Ticks; }
    }

    /// <summary>Sets the wall clock, as an operator or NTP does. No time passes: neither timestamps nor timers notice.</summary>
    public void SetWallClock(TimeSpan by)
    {
        lock (_lock) { _start += by; }
    }

    /// <summary>Moves the clock forward and fires what falls due on the way, also timers armed by those that fired.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan target;
        lock (_lock) { target = _elapsed + by; }
        while (TakeDue(target) is { } timer)
        {
            timer.Fire();
        }

        lock (_lock) { _elapsed = target > _elapsed ? target : _elapsed; }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private ManualTimer? TakeDue(TimeSpan target)
    {
        lock (_lock)
        {
            var next = _armed.Where(timer => timer.Due <= target)
                .OrderBy(timer => timer.Due).ThenBy(timer => timer.Arming).FirstOrDefault();
            if (next is null) { return null; }

            _elapsed = next.Due > _elapsed ? next.Due : _elapsed;
            _armed.Remove(next);
            if (next.Period > TimeSpan.Zero) { Arm(next, _elapsed + next.Period); }

            return next;
        }
    }

    private void Arm(ManualTimer timer, TimeSpan due)
    {
        timer.Due = due;
        timer.Arming = _armings++;
        _armed.Add(timer);
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private bool _disposed;

        public TimeSpan Due { get; set; }

        public TimeSpan Period { get; private set; }

        public long Arming { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                if (_disposed) { return false; }

                time._armed.Remove(this);
                Period = period == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : period;
                if (dueTime != Timeout.InfiniteTimeSpan) { time.Arm(this, time._elapsed + dueTime); }

                return true;
            }
        }

        public void Dispose()
        {
            lock (time._lock)
            {
                _disposed = true;
                time._armed.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
