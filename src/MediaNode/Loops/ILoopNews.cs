using Calls.Contracts.Ids;
using Calls.Media.Datagrams;
using Calls.Media.Rooms;

namespace Calls.MediaNode.Loops;

/// <summary>Whom a loop tells what its rooms say. Called on the loop's thread: it must neither wait nor throw.</summary>
internal interface ILoopNews
{
    void Say(CallId call, RoomEvent news, MonotonicTime now);
}
