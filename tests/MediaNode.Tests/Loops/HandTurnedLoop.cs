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

/// <summary>One loop that the test itself turns, and clients whose handshake is scripted.</summary>
internal sealed class HandTurnedLoop : IDisposable
{
    public static readonly CallId Call = NodeHost.NewId<CallId>();

    private readonly ScriptedDtls _dtls = new();
    private readonly LoopSet _loops;
    private readonly List<SyntheticClient> _clients = [];

    public HandTurnedLoop(Func<IDatagramSocket> open, Action<TurnSample>? sampled = null)
    {
        var settings = new LoopSettings(
            new LoopClock(TimeProvider.System), new PeerSeams(_dtls, new IntrinsicsEngine(), new Entropy()), new Silence())
        {
            Loops = 1,
            Peers = thread => new PeerSetup(thread, IceCandidate.For([TransportAddress.FromIPv4(0x7F000001, 9)])),
            Turn = sampled ?? (_ => { }),
        };
        _loops = new LoopSet(settings, _ => open());
    }

    public MediaLoop Loop => _loops.Loops[0];

    public IReadOnlyList<SyntheticClient> Clients => _clients;

    public static IDatagramSocket OpenLinux() => new LinuxDatagramSocket([LinuxUdp.Probe(TransportAddress.FromIPv4(0x7F000001, 0))]);

    public static string SessionOf(int number) => $"session-{number}";

    public void Join(bool muted = false)
    {
        var number = _clients.Count;
        var client = new SyntheticClient(number, new IPEndPoint(IPAddress.Loopback, Loop.Socket.Locals[0].Port), new IntrinsicsEngine());
        var permissions = new Permissions(1, Voice: true, Screen: false, muted);
        var session = SessionOf(number);
        Loop.Rooms.Execute(
            Call,
            new RoomCommand.Reserve(session, new Reservation(1, PeerKind.Participant, permissions, 3, TimeSpan.FromMinutes(1))),
            opens: true,
            MonotonicTime.Zero);
        var answered = (RoomReply.Answered)Loop.Rooms.Execute(
            Call, new RoomCommand.Answer(session, 1, 1, client.Offer(_dtls.LocalFingerprint)), opens: false, MonotonicTime.Zero).Reply!;
        client.Connect(answered.Sdp);
        Loop.Turn();
        Loop.Turn();
        _clients.Add(client);
    }

    public Task<RoomAnswer> Ask(RoomCommand command) => _loops.Ask(Call, command, opens: false)!;

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        _loops.Dispose();
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
