using Calls.Media.Datagrams;

namespace Calls.MediaNode.Loops;

/// <summary>
/// Whose time comes next, among the rooms of one loop. Deadlines mostly move away; an entry that has become too early is
/// looked at once, for nothing, and written anew: cheaper than keeping every move.
/// </summary>
internal sealed class RoomSchedule
{
    private readonly PriorityQueue<LoopRoom, long> _queue = new();

    public MonotonicTime Next => _queue.TryPeek(out _, out var at) ? new MonotonicTime(at) : MonotonicTime.Never;

    /// <summary>To be called whenever a room may have a new deadline.</summary>
    public void Note(LoopRoom room)
    {
        var at = room.Room.NextDeadline;
        if (at >= room.ScheduledAt) { return; }

        room.ScheduledAt = at;
        _queue.Enqueue(room, at.Microseconds);
    }

    /// <summary>Takes the next room that may be due.</summary>
    public bool TryTake(MonotonicTime now, out LoopRoom room)
    {
        while (_queue.TryPeek(out room!, out var at) && at <= now.Microseconds)
        {
            _queue.Dequeue();
            if (room.ScheduledAt.Microseconds != at) { continue; }   // there is an earlier entry, or was

            room.ScheduledAt = MonotonicTime.Never;
            return true;
        }

        return false;
    }
}
