using System.Runtime.InteropServices;

namespace Calls.MediaNode.Loops;

/// <summary>
/// Native memory for datagrams, in pieces of one size. One loop's; a slab has one owner at a time, and who hands a datagram
/// over hands its slab over. Not managed memory, so nothing has to be pinned and the collector never sees it.
/// </summary>
internal sealed unsafe class SlabPool : IDisposable
{
    /// <summary>The longest datagram taken is 1,500 bytes; the rest shows that one was longer, and is slack for vector reads.</summary>
    public const int SlabBytes = 2_048;

    // Slabs 2,048 apart would all begin in the same few sets of the first-level cache.
    private const int StrideBytes = SlabBytes + 64;
    private const int CacheLineBytes = 64;

    private readonly byte*[] _free;
    private byte* _memory;
    private int _freeCount;

    public SlabPool(int slabs)
    {
        Total = slabs;
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)slabs * StrideBytes, CacheLineBytes);
        _free = new byte*[slabs];
        for (var i = slabs - 1; i >= 0; i--) { _free[_freeCount++] = _memory + ((nuint)i * StrideBytes); }
    }

    public int Total { get; }

    /// <summary>Slabs that somebody owns; read from other threads for the metric only.</summary>
    public int Used => Total - Volatile.Read(ref _freeCount);

    /// <summary>Takes a slab; null when none is left.</summary>
    public byte* Take() => _freeCount == 0 ? null : _free[--_freeCount];

    public void Return(byte* slab) => _free[_freeCount++] = slab;

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }
}
