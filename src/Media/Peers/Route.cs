using Calls.Media.Datagrams;

namespace Calls.Media.Peers;

/// <summary>Where a datagram goes, and the own address it goes out from: the one the peer asked (row ICE4).</summary>
/// <param name="Local">One of the node's own addresses.</param>
/// <param name="Remote">The peer's.</param>
public readonly record struct Route(TransportAddress Local, TransportAddress Remote);
