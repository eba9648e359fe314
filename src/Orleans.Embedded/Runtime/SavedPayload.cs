using System.Buffers;

namespace Orleans.Embedded;

/// <summary>
/// A saved state on its way to the database, as UTF-8 in lent memory. Valid until it is disposed; whoever wrote it does that when the
/// database is done with it.
/// </summary>
internal sealed class SavedPayload : IBufferWriter<byte>, IDisposable
{
    // Most states fit at once.
    private const int LengthAtFirst = 4 * 1024;

    // A call of a thousand sessions has some 430 KiB and is saved at every join. Longer than the maximum is made and thrown away.
    private const int PooledLengthMax = 4 * 1024 * 1024;
    private const int PooledPerLength = 4;

    // Not the shared pool: that keeps such blocks per thread, lets them go at the next collection, and their holes are never closed.
    private static readonly ArrayPool<byte> s_pool = ArrayPool<byte>.Create(PooledLengthMax, PooledPerLength);

    private byte[] _buffer = s_pool.Rent(LengthAtFirst);
    private int _length;

    /// <summary>What was written so far.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_buffer.Length - _length), nameof(count));
        _length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        s_pool.Return(_buffer);
        (_buffer, _length) = ([], 0);
    }

    private void MakeRoom(int size)
    {
        if (_buffer.Length - _length >= size) { return; }

        var larger = s_pool.Rent(Math.Max(_buffer.Length * 2, _length + size));
        Written.CopyTo(larger);
        s_pool.Return(_buffer);
        _buffer = larger;
    }
}
