namespace Calls.MediaNode.Loops;

/// <summary>
/// DTLS records that wait for their turn: a step takes about as long as forwarding a hundred voices, so a loop takes a few
/// at a time (row DTLS9). Bounded; what is too much comes again, because the peer retransmits.
/// </summary>
internal sealed class HandshakeQueue
{
    /// <summary>A quarter of a second of handshakes.</summary>
    public const int Capacity = 256;

    private readonly Queue<HandedDatagram> _queue = new(Capacity);

    public bool IsEmpty => _queue.Count == 0;

    public bool IsFull => _queue.Count == Capacity;

    public void Add(in HandedDatagram datagram) => _queue.Enqueue(datagram);

    public bool TryTake(out HandedDatagram datagram) => _queue.TryDequeue(out datagram);
}
