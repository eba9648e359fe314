using Calls.Media.Peers;
using Calls.Media.Rooms;
using Calls.MediaNode.Sockets;

namespace Calls.MediaNode.Loops;

/// <summary>Where a room of a loop puts what it sends and says: the loop's batch, and the loop.</summary>
internal readonly struct LoopOutput(SendBatch batch, LoopRooms rooms, LoopRoom room) : IRoomOutput
{
    public Span<byte> Lend(int bytesMax) => batch.Lend(bytesMax);

    public void Send(in Route route, int bytes) => batch.Send(route, bytes);

    public void Emit(RoomEvent news) => rooms.Hear(room, news);
}
