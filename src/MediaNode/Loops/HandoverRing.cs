using Calls.Media.Datagrams;

namespace Calls.MediaNode.Loops;

/// <summary>A datagram on its way from the loop whose socket got it to the loop that owns its session.</summary>
internal unsafe struct HandedDatagram
{
    public byte* Slab;
    public int Bytes;
    public int Local;
    public TransportAddress Source;
    public MonotonicTime At;

    /// <summary>The loop that passes it on knows already whose its source is.</summary>
    public bool IsRouted;
}

/// <summary>
/// Datagrams from one loop to one other, without lock or copy. The consumer reads them in place; once it has moved on, the
/// producer takes the slabs back. Full means drop: the network may lose packets too, and nothing waits.
/// </summary>
internal sealed unsafe class HandoverRing
{
    // About 5 ms of one loop at full rate; also what one loop keeps back of its slabs for each other loop.
    public const int Capacity = 256;
    private const int Mask = Capacity - 1;

    private readonly HandedDatagram[] _entries = new HandedDatagram[Capacity];
    private long _tail;        // producer: next to fill
    private long _reclaimed;   // producer: next whose slab comes back
    private long _head;        // consumer: next to read

    /// <summary>Producer: adds one; false when full.</summary>
    public bool TryAdd(in HandedDatagram datagram)
    {
        if (_tail - _reclaimed == Capacity) { return false; }

        _entries[_tail & Mask] = datagram;
        Volatile.Write(ref _tail, _tail + 1);
        return true;
    }

    /// <summary>Producer: takes back the slabs that have been read.</summary>
    public void Reclaim(SlabPool pool)
    {
        var head = Volatile.Read(ref _head);
        while (_reclaimed < head) { pool.Return(_entries[_reclaimed++ & Mask].Slab); }
    }

    /// <summary>Consumer: the next one, read in place until <see cref="Advance"/>.</summary>
    public bool TryPeek(out HandedDatagram datagram)
    {
        var has = _head < Volatile.Read(ref _tail);
        datagram = has ? _entries[_head & Mask] : default;
        return has;
    }

    public void Advance() => Volatile.Write(ref _head, _head + 1);
}
