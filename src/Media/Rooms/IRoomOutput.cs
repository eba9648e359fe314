using Calls.Media.Peers;

namespace Calls.Media.Rooms;

/// <summary>Where a room puts what it sends and says, during a call into it; see <see cref="IPeerOutput"/>.</summary>
public interface IRoomOutput
{
    /// <summary>Room in the outgoing batch, written in place. It holds until the next <see cref="Lend"/>.</summary>
    /// <param name="bytesMax">At most <see cref="PeerLimits.DatagramBytesMax"/>.</param>
    Span<byte> Lend(int bytesMax);

    /// <summary>Sends that many bytes of what was lent last. What was lent and not sent is taken back.</summary>
    void Send(in Route route, int bytes);

    /// <summary>Says what has changed. Rare: never for a packet.</summary>
    void Emit(RoomEvent news);
}
