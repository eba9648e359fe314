using Calls.Media.Datagrams;

namespace Calls.Media.Rtcp;

/// <summary>
/// A reading of the sender's clock in reports: seconds and fractions, 32 bits each (RFC 3550 §4). Ours counts from the node's start,
/// which the RFC allows: receivers only compare readings of one sender.
/// </summary>
/// <param name="Value">Seconds in the upper half, 1/2^32 seconds in the lower.</param>
public readonly record struct NtpTime(ulong Value)
{
    private const int MicrosecondsPerSecond = 1_000_000;

    /// <summary>The middle 32 bits, in 1/65,536 seconds: what a report block repeats to say which report it saw last.</summary>
    public uint Middle => (uint)(Value >> 16);

    /// <summary>The reading at a time of the node's clock.</summary>
    public static NtpTime From(MonotonicTime time)
    {
        var (seconds, rest) = Math.DivRem((ulong)time.Microseconds, MicrosecondsPerSecond);
        return new NtpTime((seconds << 32) | ((rest << 32) / MicrosecondsPerSecond));
    }

    /// <summary>A duration in the 1/65,536 seconds that report blocks count in.</summary>
    public static uint ToUnits(TimeSpan duration) => (uint)(duration.TotalSeconds * 65_536);

    /// <summary>A duration from the 1/65,536 seconds that report blocks count in.</summary>
    public static TimeSpan FromUnits(uint units) => TimeSpan.FromSeconds(units / 65_536.0);
}
