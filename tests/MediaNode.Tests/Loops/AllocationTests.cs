using Calls.MediaNode.Sockets;

namespace Calls.MediaNode.Tests.Loops;

public sealed class AllocationTests
{
    private const int Words = 200;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_packet_on_its_way_through_the_loop_allocates_nothing(bool batched)
    {
        using var turned = new HandTurnedLoop(batched ? HandTurnedLoop.OpenLinux : () => new PortableDatagramSocket(0, ipv6: false));
        turned.Join();
        turned.Join(muted: true);
        turned.Join(muted: true);

        // The first rounds compile; news such as who speaks comes a few times a second at most. One quiet round is proof.
        var perRound = Enumerable.Range(0, 12).Select(_ => Round(turned)).ToList();

        Assert.Equal(0, perRound.Min());
        Assert.True(turned.Loop.Output.DatagramsTotal >= 12 * Words * 2, $"sent {turned.Loop.Output.DatagramsTotal}");
    }

    private static long Round(HandTurnedLoop turned)
    {
        var bytes = 0L;
        for (var word = 0; word < Words; word++)
        {
            turned.Clients[0].Say();
            var before = GC.GetAllocatedBytesForCurrentThread();
            turned.Loop.Turn();
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
            foreach (var client in turned.Clients) { client.Discard(); }
        }

        return bytes;
    }
}
