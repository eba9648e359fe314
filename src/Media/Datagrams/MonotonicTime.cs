namespace Calls.Media.Datagrams;

/// <summary>
/// A point on a clock that only goes forward, in microseconds since an arbitrary start. Pure code is given it and never
/// asks for it, so a test moves it by hand and a stepped wall clock cannot become a media bug.
/// </summary>
/// <param name="Microseconds">Microseconds since the clock's start.</param>
public readonly record struct MonotonicTime(long Microseconds) : IComparable<MonotonicTime>
{
    /// <summary>The deadline of something that waits for nothing. Later than every other time; adding to it keeps it.</summary>
    public static MonotonicTime Never { get; } = new(long.MaxValue);

    /// <summary>The clock's start.</summary>
    public static MonotonicTime Zero { get; } = new(0);

    /// <summary>The time that many milliseconds after the clock's start.</summary>
    public static MonotonicTime FromMilliseconds(long milliseconds) => new(milliseconds * 1_000);

    /// <summary>The earlier of two times: a parent's deadline from its children's.</summary>
    public static MonotonicTime Earlier(MonotonicTime left, MonotonicTime right) => left < right ? left : right;

    /// <inheritdoc/>
    public int CompareTo(MonotonicTime other) => Microseconds.CompareTo(other.Microseconds);

    /// <summary>This time moved by a duration. <see cref="Never"/> stays, and a sum beyond
    /// the clock's end, or with the longest duration there is, is <see cref="Never"/>.</summary>
    public MonotonicTime Add(TimeSpan duration)
    {
        var microseconds = duration.Ticks / TimeSpan.TicksPerMicrosecond;
        return this == Never || duration == TimeSpan.MaxValue || microseconds > long.MaxValue - Math.Max(Microseconds, 0)
            ? Never
            : new MonotonicTime(Microseconds + microseconds);
    }

    /// <summary>The duration from <paramref name="earlier"/> to this time.</summary>
    public TimeSpan Since(MonotonicTime earlier) =>
        this == Never ? TimeSpan.MaxValue : TimeSpan.FromMicroseconds(Microseconds - earlier.Microseconds);

    /// <summary>This time moved forward by a duration.</summary>
    public static MonotonicTime operator +(MonotonicTime time, TimeSpan duration) => time.Add(duration);

    /// <summary>The duration between two times; <see cref="TimeSpan.MaxValue"/> if the first is <see cref="Never"/>.</summary>
    public static TimeSpan operator -(MonotonicTime later, MonotonicTime earlier) => later.Since(earlier);

    /// <summary>Is the left time before the right one?</summary>
    public static bool operator <(MonotonicTime left, MonotonicTime right) => left.Microseconds < right.Microseconds;

    /// <summary>Is the left time after the right one?</summary>
    public static bool operator >(MonotonicTime left, MonotonicTime right) => left.Microseconds > right.Microseconds;

    /// <summary>Is the left time before or at the right one?</summary>
    public static bool operator <=(MonotonicTime left, MonotonicTime right) => left.Microseconds <= right.Microseconds;

    /// <summary>Is the left time after or at the right one?</summary>
    public static bool operator >=(MonotonicTime left, MonotonicTime right) => left.Microseconds >= right.Microseconds;

    /// <inheritdoc/>
    public override string ToString() => this == Never ? "never" : $"{Microseconds} µs";
}
