using Calls.MediaNode.Loops;

namespace Calls.MediaNode.Tests.Loops;

public sealed class HandoverRingTests
{
    [Fact]
    public unsafe void A_slab_comes_back_only_after_it_was_read()
    {
        using var pool = new SlabPool(1);
        var ring = new HandoverRing();
        Assert.True(ring.TryAdd(new HandedDatagram { Slab = pool.Take(), Bytes = 7 }));

        ring.Reclaim(pool);
        Assert.Equal(1, pool.Used);

        Assert.True(ring.TryPeek(out var datagram));
        Assert.Equal(7, datagram.Bytes);
        ring.Reclaim(pool);
        Assert.Equal(1, pool.Used);   // being read

        ring.Advance();
        ring.Reclaim(pool);
        Assert.Equal(0, pool.Used);
        Assert.False(ring.TryPeek(out _));
    }

    [Fact]
    public unsafe void A_full_ring_refuses_and_keeps_what_it_has()
    {
        using var pool = new SlabPool(HandoverRing.Capacity + 1);
        var ring = new HandoverRing();
        for (var i = 0; i < HandoverRing.Capacity; i++)
        {
            Assert.True(ring.TryAdd(new HandedDatagram { Slab = pool.Take(), Bytes = i }));
        }

        Assert.False(ring.TryAdd(new HandedDatagram { Slab = pool.Take() }));
        Assert.True(ring.TryPeek(out var first));
        Assert.Equal(0, first.Bytes);
    }

    [Fact]
    public async Task Two_threads_pass_datagrams_in_order_and_without_loss()
    {
        const int count = 200_000;
        using var pool = new SlabPool(HandoverRing.Capacity);
        var ring = new HandoverRing();
        var reading = Task.Run(() => ReadInOrder(ring, count));

        SendInOrder(ring, pool, count);

        Assert.Equal(count, await Support.Eventually.Comes("all datagrams", reading));
    }

    private static unsafe void SendInOrder(HandoverRing ring, SlabPool pool, int count)
    {
        var spin = new SpinWait();
        for (var sent = 0; sent < count;)
        {
            ring.Reclaim(pool);
            var slab = pool.Take();
            if (slab == null)
            {
                spin.SpinOnce();
                continue;
            }

            *(int*)slab = sent;
            Assert.True(ring.TryAdd(new HandedDatagram { Slab = slab, Bytes = sent }));
            sent++;
        }
    }

    private static unsafe int ReadInOrder(HandoverRing ring, int count)
    {
        var spin = new SpinWait();
        var read = 0;
        while (read < count)
        {
            if (!ring.TryPeek(out var datagram))
            {
                spin.SpinOnce();
                continue;
            }

            if (datagram.Bytes != read || *(int*)datagram.Slab != read) { return -read; }

            ring.Advance();
            read++;
        }

        return read;
    }
}
