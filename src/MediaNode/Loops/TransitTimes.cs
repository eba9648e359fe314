using System.Numerics;

namespace Calls.MediaNode.Loops;

/// <summary>
/// How long turns took from receiving to having handed all to the system, in classes a quarter of a doubling wide. Written by the
/// loop; who reads from elsewhere may be a turn behind.
/// </summary>
internal sealed class TransitTimes
{
    /// <summary>Four classes to a doubling, from 1 µs to 65 ms; the last one takes what is beyond.</summary>
    public const int Classes = 64;

    private const int PerDoublingBits = 2;
    private const int PerDoubling = 1 << PerDoublingBits;

    private readonly long[] _counts = new long[Classes];

    public void Note(TimeSpan time) => _counts[ClassOf((long)time.TotalMicroseconds)]++;

    /// <summary>Adds what was counted so far.</summary>
    public void AddTo(Span<long> counts)
    {
        for (var i = 0; i < Classes; i++) { counts[i] += Volatile.Read(ref _counts[i]); }
    }

    /// <summary>The time that so great a share of the counted turns did not exceed; zero if there were none.</summary>
    public static TimeSpan Quantile(ReadOnlySpan<long> counts, double share)
    {
        var total = 0L;
        foreach (var count in counts) { total += count; }

        var rest = (long)Math.Ceiling(total * share);
        for (var i = 0; i < counts.Length && total > 0; i++)
        {
            rest -= counts[i];
            if (rest <= 0) { return TimeSpan.FromMicroseconds(UpperBound(i)); }
        }

        return TimeSpan.Zero;
    }

    private static int ClassOf(long microseconds)
    {
        if (microseconds < PerDoubling) { return (int)Math.Max(microseconds, 0); }

        var doubling = BitOperations.Log2((ulong)microseconds);
        var quarter = (int)(microseconds >> (doubling - PerDoublingBits)) & (PerDoubling - 1);
        return Math.Min(((doubling - 1) * PerDoubling) + quarter, Classes - 1);
    }

    private static double UpperBound(int index)
    {
        if (index < PerDoubling) { return index + 1; }

        var doubling = (index / PerDoubling) + 1;
        return (1L << doubling) * (1 + ((index % PerDoubling) + 1.0) / PerDoubling);
    }
}
