using Calls.Media.Datagrams;
using Calls.MediaNode.Loops;

namespace Calls.MediaNode.Sockets;

/// <summary>Where one call to the system puts the datagrams that came: a slab each.</summary>
internal sealed unsafe class ReceiveBatch
{
    public const int Capacity = 64;

    /// <summary>What one slab takes; the remainder of it is slack.</summary>
    public const int ReceiveBytesMax = SlabPool.SlabBytes - 16;

    private readonly SlabPool _pool;
    private readonly byte*[] _slabs = new byte*[Capacity];
    private readonly int[] _bytes = new int[Capacity];
    private readonly int[] _locals = new int[Capacity];
    private readonly TransportAddress[] _sources = new TransportAddress[Capacity];

    public ReceiveBatch(SlabPool pool)
    {
        _pool = pool;
        for (var i = 0; i < Capacity; i++)
        {
            _slabs[i] = pool.Take();
            if (_slabs[i] == null) { throw new ArgumentException("The pool is too small for a batch.", nameof(pool)); }
        }
    }

    public byte* Slab(int index) => _slabs[index];

    public int Bytes(int index) => _bytes[index];

    /// <summary>Which own address it came to.</summary>
    public int Local(int index) => _locals[index];

    public ref readonly TransportAddress Source(int index) => ref _sources[index];

    public void Fill(int index, int bytes, int local, in TransportAddress source)
    {
        _bytes[index] = bytes;
        _locals[index] = local;
        _sources[index] = source;
    }

    /// <summary>
    /// Gives the datagram's slab away for good and puts a fresh one in its place, which holds nothing; null when the pool is empty.
    /// </summary>
    public byte* Detach(int index)
    {
        var fresh = _pool.Take();
        if (fresh == null) { return null; }

        var slab = _slabs[index];
        _slabs[index] = fresh;
        _bytes[index] = 0;   // what an earlier datagram has left in the fresh one came from somebody else
        return slab;
    }
}
