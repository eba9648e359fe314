using Calls.Media.Peers;

namespace Calls.Media.Rooms;

/// <summary>What a peer's news is to the outside; nothing, for what only its own log keeps.</summary>
internal static class RoomNews
{
    public static RoomEvent? Of(Peer peer, in PeerEvent news) => news.Kind switch
    {
        PeerEventKind.FragmentOpened => new RoomEvent.FragmentOpened(peer, news.Fragment!),
        PeerEventKind.FragmentClosed => new RoomEvent.FragmentClosed(peer, news.Fragment!),
        PeerEventKind.AddressRetired => new RoomEvent.AddressRetired(peer, news.Address),
        PeerEventKind.Connected => new RoomEvent.Connected(
            peer.Session, peer.Generation, peer.Route.Remote.Kind, peer.Profile!, peer.IceTime, peer.DtlsTime),
        PeerEventKind.FirstPacket => new RoomEvent.FirstPacket(peer.Session, peer.Generation, news.Role, news.After),
        PeerEventKind.Stalled => new RoomEvent.Stalled(peer.Session, peer.Generation),
        PeerEventKind.Resumed => new RoomEvent.Resumed(peer.Session, peer.Generation),
        PeerEventKind.Closed => new RoomEvent.Disconnected(peer.Session, peer.Generation, news.Reason),
        _ => null,
    };
}
