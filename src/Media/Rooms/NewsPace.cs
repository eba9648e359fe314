using Calls.Media.Datagrams;

namespace Calls.Media.Rooms;

/// <summary>
/// Holds a kind of news down to ten a second (row VOX10): what changes in between is said once, as it is then, and the last
/// state is always said.
/// </summary>
internal struct NewsPace
{
    /// <summary>No oftener than this: faster is no use to an eye, and a call of a thousand pays for each.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private MonotonicTime _mayBeSaidAt;
    private bool _isWaiting;

    /// <summary>When something waits to be said.</summary>
    public readonly MonotonicTime NextDeadline => _isWaiting ? _mayBeSaidAt : MonotonicTime.Never;

    /// <summary>Something has changed.</summary>
    public void Mark() => _isWaiting = true;

    /// <summary>True if it is to be said now; the caller says the present state.</summary>
    public bool TryTake(MonotonicTime now)
    {
        if (!_isWaiting || now < _mayBeSaidAt) { return false; }

        _isWaiting = false;
        _mayBeSaidAt = now + Interval;
        return true;
    }
}
