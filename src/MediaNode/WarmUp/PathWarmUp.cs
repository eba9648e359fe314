using System.Diagnostics;
using System.Net;
using Calls.Contracts.Ids;
using Calls.Media.Datagrams;
using Calls.Media.Ice;
using Calls.Media.Peers;
using Calls.Media.Rooms;
using Calls.Media.Sdp;
using Calls.Media.Srtp;
using Calls.MediaNode.Loops;
using Calls.MediaNode.Sockets;

namespace Calls.MediaNode.WarmUp;

/// <summary>
/// Runs the packet path with a synthetic call, on a loop and sockets of its own, until the runtime has compiled it in
/// earnest: else the first minute of the first call would be ten times as dear as the rest.
/// </summary>
internal sealed class PathWarmUp(ISrtpEngine engine, IEntropy entropy, LoopClock clock)
{
    private const int Clients = 4;
    private const int WordsPerBurst = 50;   // a socket's buffer holds them for certain
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Talks in bursts; the pauses are for the compiler, which works in the background. Returns packets forwarded.</summary>
    public async Task<int> Run(TimeSpan duration, CancellationToken cancellation)
    {
        var dtls = new ScriptedDtls();
        using var loops = new LoopSet(Settings(dtls), _ => Open());
        var loop = loops.Loops[0];
        var clients = Enumerable.Range(0, Clients).Select(i => Join(loop, i, dtls)).ToList();
        var forwarded = 0;
        var started = clock.Now;
        while (clock.Now - started < duration && !cancellation.IsCancellationRequested)
        {
            for (var word = 0; word < WordsPerBurst; word++)
            {
                foreach (var client in clients.Take(2)) { client.Say(); }

                loop.Turn();
            }

            forwarded += clients.Sum(client => client.Discard());
            await Task.Delay(s_pause, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        clients.ForEach(client => client.Dispose());
        return forwarded;
    }

    private LoopSettings Settings(ScriptedDtls dtls) => new(clock, new PeerSeams(dtls, engine, entropy), new Silence())
    {
        Loops = 1,
        Peers = thread => new PeerSetup(thread, IceCandidate.For([TransportAddress.FromIPv4(0x7F000001, 9)])),
    };

    private static IDatagramSocket Open() => OperatingSystem.IsLinux()
        ? new LinuxDatagramSocket([LinuxUdp.Probe(TransportAddress.FromIPv4(0x7F000001, 0))])
        : new PortableDatagramSocket(0, ipv6: false);

    private SyntheticClient Join(MediaLoop loop, int number, ScriptedDtls dtls)
    {
        var call = new CallId("call_warmup");
        var node = new IPEndPoint(IPAddress.Loopback, loop.Socket.Locals[0].Port);
        var client = new SyntheticClient(number, node, engine);
        var session = $"warm-{number}";
        var reservation = new Reservation(
            1, PeerKind.Participant, new Permissions(1, Voice: true, Screen: false, Muted: number > 1), 3, TimeSpan.FromMinutes(1));
        loop.Rooms.Execute(call, new RoomCommand.Reserve(session, reservation), opens: true, clock.Now);
        var reply = loop.Rooms.Execute(
            call, new RoomCommand.Answer(session, 1, 1, client.Offer(dtls.LocalFingerprint)), opens: false, clock.Now).Reply;
        if (reply is not RoomReply.Answered answered) { throw new UnreachableException($"The warm-up's own offer got {reply}."); }

        client.Connect(answered.Sdp);
        loop.Turn();
        loop.Turn();
        return client;
    }

    private sealed class Silence : ILoopNews
    {
        public void Say(CallId call, RoomEvent news, MonotonicTime now)
        {
            // Nobody is to hear of it.
        }
    }
}
