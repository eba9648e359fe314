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

public sealed class CommandOrderTests
{
    private static readonly CallId s_call = NodeHost.NewId<CallId>();

    // The word lies in the socket and the mute in the mailbox of one and the same turn.
    [Fact]
    public void What_was_forwarded_before_a_mute_has_left_before_the_mute_is_answered()   // S43
    {
        var dtls = new ScriptedDtls();
        WatchedSocket socket = null!;
        var settings = new LoopSettings(
            new LoopClock(TimeProvider.System), new PeerSeams(dtls, new IntrinsicsEngine(), new Entropy()), new Silence())
        {
            Loops = 1,
            Peers = thread => new PeerSetup(thread, IceCandidate.For([TransportAddress.FromIPv4(0x7F000001, 9)])),
        };
        using var loops = new LoopSet(settings, () => socket = new WatchedSocket());
        var loop = loops.Loops[0];
        using var alice = Join(loops, loop, 0, dtls);
        using var bob = Join(loops, loop, 1, dtls);
        var mute = new RoomWork(
            s_call, new RoomCommand.Permit("session-0", new Permissions(2, Voice: true, Screen: false, Muted: true)), opens: false);

        alice.Say();
        LoopSet.Post(loop, mute);
        var before = loop.Output.DatagramsTotal;
        socket.HasSent = () => Assert.False(mute.Answer.IsCompleted, "a packet left after the answer");
        loop.Turn();

        Assert.True(mute.Answer.IsCompletedSuccessfully);
        Assert.Equal(1, loop.Output.DatagramsTotal - before);
    }

    private static SyntheticClient Join(LoopSet loops, MediaLoop loop, int number, ScriptedDtls dtls)
    {
        var client = new SyntheticClient(number, new IPEndPoint(IPAddress.Loopback, loop.Socket.Locals[0].Port), new IntrinsicsEngine());
        var permissions = new Permissions(1, Voice: true, Screen: false, Muted: false);
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

    private sealed class WatchedSocket : IDatagramSocket
    {
        private readonly LinuxDatagramSocket _inner = new([LinuxUdp.Probe(TransportAddress.FromIPv4(0x7F000001, 0))]);

        public Action HasSent { get; set; } = () => { };

        public IReadOnlyList<TransportAddress> Locals => _inner.Locals;

        public int ReceiveBufferBytes => _inner.ReceiveBufferBytes;

        public void Wait(TimeSpan atMost) => _inner.Wait(atMost);

        public int Receive(ReceiveBatch batch) => _inner.Receive(batch);

        public void Send(SendBatch batch)
        {
            _inner.Send(batch);
            HasSent();
        }

        public void Wake() => _inner.Wake();

        public void Dispose() => _inner.Dispose();
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
