using Calls.Media.Datagrams;
using Calls.Media.Peers;

namespace Calls.Media.Rooms;

/// <summary>One session of a room: what it may do, its present peer, and what the voices know of it.</summary>
internal sealed class RoomSession(string id, int seat, Permissions permissions, Peer peer)
{
    public string Id { get; } = id;

    public int Seat { get; } = seat;

    public Permissions Permissions { get; set; } = permissions;

    public Peer Peer { get; set; } = peer;

    public Voice Voice { get; } = new(id);
}

/// <summary>A session that is over, remembered so that a late command cannot revive it.</summary>
internal sealed record EndedSession(Permissions Permissions, SessionStatistics Statistics, MonotonicTime ForgetAt);
