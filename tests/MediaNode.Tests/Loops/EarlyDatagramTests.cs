using System.Security.Cryptography;
using Calls.Contracts.Ids;
using Calls.Media.Datagrams;
using Calls.Media.Ice;
using Calls.Media.Peers;
using Calls.Media.Rooms;
using Calls.Media.Srtp;
using Calls.MediaNode.Dtls;
using Calls.MediaNode.Loops;
using Calls.MediaNode.Sockets;

namespace Calls.MediaNode.Tests.Loops;

public sealed class EarlyDatagramTests
{
    private const byte DtlsFirstByte = 22;

    // The owner proves an address, tells the loop where it arrives, and answers; the client's hello comes with the next batch.
    [Fact]
    public void A_hello_right_behind_the_answer_to_a_check_finds_its_loop()
    {
        var client = TransportAddress.FromIPv4(0x7F000001, 50_000);
        using var factory = new OpenSslDtlsEngineFactory(NodeCertificate.Create(TimeProvider.System));
        var settings = new LoopSettings(
            new LoopClock(TimeProvider.System), new PeerSeams(factory, new IntrinsicsEngine(), new Entropy()), new Deaf())
        {
            Loops = 2,
            Peers = thread => new PeerSetup(thread, IceCandidate.For([client])),
        };
        using var loops = new LoopSet(settings, _ => new ScriptedSocket(client));
        var arrival = loops.Loops[0];

        LoopSet.Post(arrival, new RouteWork(client, owner: 1, isProven: true));
        ((ScriptedSocket)arrival.Socket).Pending = 1;
        arrival.Turn();

        Assert.Equal(1, arrival.Counters.Handovers);
        Assert.Equal(0, arrival.Counters.UnknownSources);
    }

    private sealed class ScriptedSocket(TransportAddress source) : IDatagramSocket
    {
        public int Pending { get; set; }

        public IReadOnlyList<TransportAddress> Locals { get; } = [TransportAddress.FromIPv4(0x7F000001, 8443)];

        public int ReceiveBufferBytes => 0;

        public void Wait(TimeSpan atMost)
        {
            // What is pending is there at once.
        }

        public unsafe int Receive(ReceiveBatch batch)
        {
            if (Pending == 0) { return 0; }

            *batch.Slab(0) = DtlsFirstByte;
            batch.Fill(0, 100, 0, source);
            Pending--;
            return 1;
        }

        public void Send(SendBatch batch)
        {
            // Nobody is there.
        }

        public void Wake()
        {
            // The test turns the loop itself.
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }

    private sealed class Deaf : ILoopNews
    {
        public void Say(CallId call, RoomEvent news, MonotonicTime now)
        {
            // Nothing is said in this test.
        }
    }

    private sealed class Entropy : IEntropy
    {
        public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
    }
}
