namespace Calls.Media.Peers;

/// <summary>
/// Where a peer puts what it sends and says, during a call into it. The caller owns it; it only appends and never calls back
/// in, so there is nothing to drain and nothing to allocate.
/// </summary>
public interface IPeerOutput
{
    /// <summary>Room in the outgoing batch, written in place. It holds until the next <see cref="Lend"/>.</summary>
    /// <param name="bytesMax">At most <see cref="PeerLimits.DatagramBytesMax"/>.</param>
    Span<byte> Lend(int bytesMax);

    /// <summary>Sends that many bytes of what was lent last. What was lent and not sent is taken back.</summary>
    void Send(in Route route, int bytes);

    /// <summary>Says what has changed.</summary>
    void Emit(in PeerEvent news);
}
