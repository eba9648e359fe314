using Calls.Contracts.Ids;
using Calls.Media.Datagrams;
using Calls.Media.Rooms;

namespace Calls.MediaNode.Loops;

/// <summary>A call's room as its loop keeps it.</summary>
internal sealed class LoopRoom(CallId call, Room room)
{
    public CallId Call { get; } = call;

    public Room Room { get; } = room;

    /// <summary>The earliest time at which the schedule will look at it.</summary>
    public MonotonicTime ScheduledAt { get; set; } = MonotonicTime.Never;
}
