using Calls.Media.Peers;

namespace Calls.Media.Rooms;

/// <summary>
/// A peer's output within a room: what it sends goes straight on; what it says is noted, for the room to act on when the peer
/// has returned.
/// </summary>
internal ref struct PeerScope<TOutput>(ref TOutput output, List<PeerEvent> news) : IPeerOutput
    where TOutput : struct, IRoomOutput
{
    private readonly ref TOutput _output = ref output;

    public readonly Span<byte> Lend(int bytesMax) => _output.Lend(bytesMax);

    public readonly void Send(in Route route, int bytes) => _output.Send(route, bytes);

    public readonly void Emit(in PeerEvent happened) => news.Add(happened);
}
