namespace Calls.Grains;

/// <summary>
/// A clock that goes on evenly when the wall clock is set, by an operator, by NTP or after a pause of the machine. For how long ago
/// something was that is only remembered, never for what is saved or told.
/// </summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly long _start = time.GetTimestamp();

    public DateTimeOffset Now => _startedAt + time.GetElapsedTime(_start);
}
