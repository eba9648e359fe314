using Calls.Media.Datagrams;
using Calls.Media.Peers;
using Calls.Media.Rooms;
using Calls.Media.Simulation;
using Calls.Media.Tracks;

namespace Calls.Media.Tests.Rooms;

/// <summary>Promise 3: a packet never waits for an allocation.</summary>
public sealed class AllocationTests
{
    private const int Packets = 5_000;

    [Theory]
    [InlineData(1, 3)]      // one speaker, listeners with a line for each slot
    [InlineData(5, 3)]      // more speakers than slots: ranked, with a spare
    [InlineData(5, 1)]      // and listeners with one line
    public void Thousands_of_packets_to_twenty_listeners_allocate_nothing(int speakers, int lines)
    {
        var call = new RoomScenario(seed: 7);
        for (var i = 0; i < speakers; i++) { call.Join(); }
        for (var i = 0; i < 20; i++) { call.Join(muted: true, offer: new SimulatedOffer(VoiceLines: lines)); }

        call.RunMilliseconds(500);
        var packets = SealAhead(call, speakers);
        var output = new CountingOutput(new Counts());
        var now = call.Now;
        var allocated = 0L;
        for (var i = 0; i < packets.Count; i++)
        {
            var (peer, source, datagram) = packets[i];
            if (i % speakers == 0) { now += TimeSpan.FromMilliseconds(20); }
            if (i == packets.Count / 5) { allocated = GC.GetAllocatedBytesForCurrentThread(); }   // by then all are in their places

            call.Room.Receive(peer, source, call.Node, datagram, now, ref output);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.Equal(0, allocated);
        Assert.True(output.Counts.Sent > Packets * 5, $"only {output.Counts.Sent} sent");
        Assert.Equal(0, call.Counters.Drops[DropReason.NonceGuard]);
    }

    private static List<(Peer Peer, TransportAddress Source, byte[] Datagram)> SealAhead(RoomScenario call, int speakers)
    {
        var sealedAhead = new List<(Peer, TransportAddress, byte[])>();
        for (var i = 0; i < Packets; i++)
        {
            var browser = call.Browsers[i % speakers];
            sealedAhead.Add((call.PeerOf(browser), browser.Address, browser.Frame(25 + (i % 7))));
        }

        return sealedAhead;
    }

    private sealed class Counts
    {
        public byte[] Lent { get; } = new byte[PeerLimits.DatagramBytesMax];

        public long Sent { get; set; }
    }

    private readonly struct CountingOutput(Counts counts) : IRoomOutput
    {
        public Counts Counts => counts;

        public Span<byte> Lend(int bytesMax) => counts.Lent.AsSpan(0, bytesMax);

        public void Send(in Route route, int bytes) => counts.Sent++;

        public void Emit(RoomEvent news)
        {
        }
    }
}
