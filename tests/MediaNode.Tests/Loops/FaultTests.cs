using System.Security.Cryptography;
using Calls.Contracts.Ids;
using Calls.Media.Datagrams;
using Calls.Media.Dtls;
using Calls.Media.Ice;
using Calls.Media.Peers;
using Calls.Media.Rooms;
using Calls.Media.Sdp;
using Calls.Media.Srtp;
using Calls.MediaNode.Dtls;
using Calls.MediaNode.Loops;
using Calls.MediaNode.Sockets;
using Calls.MediaNode.Tests.Clients;
using Calls.Support;

namespace Calls.MediaNode.Tests.Loops;

/// <summary>Promise 4: a fault costs one session at worst.</summary>
public sealed class FaultTests
{
    private static readonly CallId s_call = NodeHost.NewId<CallId>();

    [Fact]
    public async Task A_fault_ends_the_session_that_was_worked_on_and_nobody_else_notices()
    {
        using var real = new OpenSslDtlsEngineFactory(NodeCertificate.Create(TimeProvider.System));
        var dtls = new FaultyFactory(real);
        var news = new Heard();
        var address = LinuxUdp.Probe(TransportAddress.FromIPv4(0x7F000001, 0));
        var faults = 0;
        var settings = new LoopSettings(new LoopClock(TimeProvider.System), new PeerSeams(dtls, new IntrinsicsEngine(), new Entropy()), news)
        {
            Loops = 1,
            Peers = thread => new PeerSetup(thread, IceCandidate.For([address])),
            Fault = _ => Interlocked.Increment(ref faults),
        };
        using var loops = new LoopSet(settings, _ => new LinuxDatagramSocket([address]));
        loops.Start();
        using var alice = await Join(loops, "alice");
        using var bob = await Join(loops, "bob");

        dtls.NextIsFaulty = true;
        await Assert.ThrowsAnyAsync<Exception>(() => Join(loops, "mallory"));
        alice.Say("unharmed");
        bob.ListenFor("unharmed");

        await Eventually.True("the fault to be counted", () => loops.Loops[0].Counters.Faults == 1 && faults == 1);
        Assert.Contains(
            news.Events.OfType<RoomEvent.Disconnected>(),
            ended => ended.Session == "mallory" && ended.Reason == DisconnectReason.InternalError);
        Assert.Equal(2, loops.Sessions);
    }

    private static async Task<UdpClientPeer> Join(LoopSet loops, string session)
    {
        var client = new UdpClientPeer();
        var permissions = new Permissions(1, Voice: true, Screen: false, Muted: false);
        await Ask(loops, new RoomCommand.Reserve(
            session, new Reservation(1, PeerKind.Participant, permissions, 3, TimeSpan.FromMinutes(1))));
        var answered = (RoomReply.Answered)(await Ask(loops, new RoomCommand.Answer(session, 1, 1, client.Offer()))).Reply!;
        client.Accept(answered.Sdp);
        await Task.Run(() => client.Connect(patienceMilliseconds: 2_000));
        return client;
    }

    private static Task<RoomAnswer> Ask(LoopSet loops, RoomCommand command) => loops.Ask(s_call, command, opens: true)!;

    private sealed class Heard : ILoopNews
    {
        public System.Collections.Concurrent.ConcurrentQueue<RoomEvent> Events { get; } = new();

        public void Say(CallId call, RoomEvent news, MonotonicTime now) => Events.Enqueue(news);
    }

    private sealed class Entropy : IEntropy
    {
        public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
    }

    private sealed class FaultyFactory(IDtlsEngineFactory inner) : IDtlsEngineFactory
    {
        public bool NextIsFaulty { get; set; }

        public CertificateFingerprint LocalFingerprint => inner.LocalFingerprint;

        public IDtlsEngine CreateServer() => NextIsFaulty ? new FaultyEngine() : inner.CreateServer();
    }

    private sealed class FaultyEngine : IDtlsEngine
    {
        public DtlsEngineState State => DtlsEngineState.Handshaking;

        public DtlsEngineFailure Failure => DtlsEngineFailure.None;

        public MonotonicTime NextDeadline => MonotonicTime.Never;

        public DtlsSrtpProfile SelectedSrtpProfile => DtlsSrtpProfile.None;

        public ReadOnlySpan<byte> PeerCertificate => default;

        public void Receive(ReadOnlySpan<byte> datagram, MonotonicTime now) => throw new InvalidOperationException("a bug");

        public void Tick(MonotonicTime now)
        {
            // It waits for nothing.
        }

        public bool TryTakeDatagram(Span<byte> into, out int bytes)
        {
            bytes = 0;
            return false;
        }

        public bool TryExportKeyingMaterial(Span<byte> into) => false;

        public void Close()
        {
            // Nothing to say.
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
