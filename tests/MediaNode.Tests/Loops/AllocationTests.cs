using System.Net;
using System.Security.Cryptography;
using Calls.Contracts.Ids;
using Calls.Media.Datagrams;
using Calls.Media.Ice;
using Calls.Media.Peers;
using Calls.Media.Rooms;
using Calls.Media.Sdp;
using Calls.Media.Srtp;
using Calls.MediaNode.Loops;
using Calls.MediaNode.Sockets;
using Calls.MediaNode.Tests.Clients;
using Calls.MediaNode.WarmUp;

namespace Calls.MediaNode.Tests.Loops;

public sealed class AllocationTests
{
    private const int Words = 200;

    private static readonly CallId s_call = NodeHost.NewId<CallId>();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_packet_on_its_way_through_the_loop_allocates_nothing(bool batched)
    {
        var dtls = new ScriptedDtls();
        var settings = new LoopSettings(
            new LoopClock(TimeProvider.System), new PeerSeams(dtls, new IntrinsicsEngine(), new Entropy()), new Silence())
        {
            Loops = 1,
            Peers = thread => new PeerSetup(thread, IceCandidate.For([TransportAddress.FromIPv4(0x7F000001, 9)])),
        };
        using var loops = new LoopSet(settings, () => Open(batched));
        var loop = loops.Loops[0];
        var clients = Enumerable.Range(0, 3).Select(number => Join(loops, loop, number, dtls)).ToList();

        // The first rounds compile; news such as who speaks comes a few times a second at most. One quiet round is proof.
        var perRound = Enumerable.Range(0, 12).Select(_ => Round(loop, clients)).ToList();

        Assert.Equal(0, perRound.Min());
        Assert.True(loop.Output.DatagramsTotal >= 12 * Words * 2, $"sent {loop.Output.DatagramsTotal}");
        clients.ForEach(client => client.Dispose());
    }

    private static long Round(MediaLoop loop, List<SyntheticClient> clients)
    {
        var bytes = 0L;
        for (var word = 0; word < Words; word++)
        {
            clients[0].Say();
            var before = GC.GetAllocatedBytesForCurrentThread();
            loop.Turn();
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
            clients.ForEach(client => client.Discard());
        }

        return bytes;
    }

    private static IDatagramSocket Open(bool batched) => batched
        ? new LinuxDatagramSocket([LinuxUdp.Probe(TransportAddress.FromIPv4(0x7F000001, 0))])
        : new PortableDatagramSocket(0, ipv6: false);

    private static SyntheticClient Join(LoopSet loops, MediaLoop loop, int number, ScriptedDtls dtls)
    {
        var client = new SyntheticClient(number, new IPEndPoint(IPAddress.Loopback, loop.Socket.Locals[0].Port), new IntrinsicsEngine());
        var permissions = new Permissions(1, Voice: true, Screen: false, Muted: number > 0);
        var session = $"session-{number}";
        loops.Hold(s_call);
        loop.Rooms.Execute(
            s_call,
            new RoomCommand.Reserve(session, new Reservation(1, PeerKind.Participant, permissions, 3, TimeSpan.FromMinutes(1))),
            opens: true,
            MonotonicTime.Zero);
        var answered = (RoomReply.Answered)loop.Rooms.Execute(
            s_call, new RoomCommand.Answer(session, 1, 1, client.Offer(dtls.LocalFingerprint)), opens: false, MonotonicTime.Zero).Reply!;
        client.Connect(answered.Sdp);
        loop.Turn();
        loop.Turn();
        return client;
    }

    private sealed class Silence : ILoopNews
    {
        public void Say(CallId call, RoomEvent news, MonotonicTime now)
        {
            // Nobody listens here.
        }
    }

    private sealed class Entropy : IEntropy
    {
        public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
    }
}
