using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Calls.Contracts.Ids;
using Calls.Media.Datagrams;
using Calls.Media.Ice;
using Calls.Media.Peers;
using Calls.Media.Rooms;
using Calls.Media.Sdp;
using Calls.Media.Srtp;
using Calls.MediaNode.Dtls;
using Calls.MediaNode.Loops;
using Calls.MediaNode.Sockets;

namespace Calls.Benchmarks;

/// <summary>
/// One speaker to many listeners over loopback UDP: what the media thread spends per forwarded packet, by its own account.
/// Speaker and listeners are another process each call. Options: <c>--rounds N</c> (5), <c>--deliveries N</c> (400,000 a round).
/// </summary>
internal sealed class ForwardOnePacket : IBenchmark
{
    private static readonly int[] s_listeners = [100, 1_000];

    /// <inheritdoc/>
    public string Name => "forward-one-packet";

    /// <inheritdoc/>
    public async Task Run(string[] options)
    {
        var rounds = Option(options, "--rounds", 5);
        var deliveries = Option(options, "--deliveries", 400_000);
        var clock = new LoopClock(TimeProvider.System);
        using var dtls = new OpenSslDtlsEngineFactory(NodeCertificate.Create(TimeProvider.System));
        var address = LinuxUdp.Probe(TransportAddress.FromIPv4(0x7F000001, 0));
        var candidates = IceCandidate.For([address]);
        using var loops = new LoopSet(
            new LoopSettings(clock, new PeerSeams(dtls, new IntrinsicsEngine(), new SystemEntropy()), new NoNews())
            {
                Loops = 1,
                Peers = thread => new PeerSetup(thread, candidates),
            },
            _ => new LinuxDatagramSocket([address]));
        loops.Start();

        var calls = new List<Call>();
        foreach (var listeners in s_listeners)
        {
            var call = new Call(loops, listeners);
            await call.Join();
            calls.Add(call);
        }

        Console.WriteLine($"load before: {LoadAverage()}");
        for (var round = -2; round < rounds; round++)
        {
            foreach (var call in calls)
            {
                foreach (var one in calls) { one.Refresh(); }

                await call.Round(deliveries / call.Listeners, isCounted: round >= 0);
            }
        }

        Console.WriteLine($"load after: {LoadAverage()}\n");
        Console.WriteLine("| listeners | CPU-µs per packet: best | median | worst | of it user | packets/s per core (median) | delivered/s (best) | lost | allocated | opened elsewhere |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var call in calls)
        {
            Console.WriteLine(call.Row());
            call.Dispose();
        }
    }

    internal static int Option(string[] options, string name, int otherwise) =>
        Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length
            ? int.Parse(options[at + 1], CultureInfo.InvariantCulture)
            : otherwise;

    internal static string LoadAverage() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);

    /// <summary>A call of one speaker, in the node of this process and with its clients in another.</summary>
    private sealed class Call(LoopSet loops, int listeners) : IDisposable
    {
        private readonly CallId _id = IdText.Create<CallId>(RandomNumberGenerator.GetBytes(IdText.EntropyBytes));
        private readonly Process _peers = Start();
        private readonly List<(ThreadCost Cost, long Delivered, double Seconds)> _rounds = [];
        private long _expected;
        private long _opened;
        private long _probeBytes;

        public int Listeners => listeners;

        public async Task Join()
        {
            Tell($"join {listeners}");
            for (var i = 0; i <= listeners; i++)
            {
                var session = $"session-{i}";
                var permissions = new Permissions(1, Voice: true, Screen: false, Muted: i > 0);
                await Ask(new RoomCommand.Reserve(
                    session, new Reservation(1, PeerKind.Participant, permissions, 3, TimeSpan.FromMinutes(5))), opens: true);
                var offer = Encoding.UTF8.GetString(Convert.FromBase64String(Hear()));
                var answer = (RoomReply.Answered)(await Ask(new RoomCommand.Answer(session, 1, 1, offer), opens: false)).Reply!;
                Tell(Convert.ToBase64String(Encoding.UTF8.GetBytes(answer.Sdp)));
            }

            Expect("joined");
            await CostProbe.Read(loops);
            var before = await CostProbe.Read(loops);
            _probeBytes = (await CostProbe.Read(loops) - before).AllocatedBytes;
        }

        public void Refresh()
        {
            Tell("refresh");
            Expect("refreshed");
        }

        public async Task Round(int packets, bool isCounted)
        {
            var before = await CostProbe.Read(loops);
            Tell($"speak {packets}");
            var report = Hear().Split(' ');
            var cost = await CostProbe.Read(loops) - before;
            if (!isCounted) { return; }

            _rounds.Add((cost, long.Parse(report[1], CultureInfo.InvariantCulture), double.Parse(report[3], CultureInfo.InvariantCulture)));
            _opened += long.Parse(report[2], CultureInfo.InvariantCulture);
            _expected += (long)packets * listeners;
        }

        public string Row()
        {
            var costs = _rounds.Select(round => round.Cost.Processor.TotalMicroseconds / round.Delivered).Order().ToList();
            var median = costs[costs.Count / 2];
            var user = _rounds.Sum(round => round.Cost.User.TotalMicroseconds) / _rounds.Sum(round => round.Delivered);
            var best = _rounds.Max(round => round.Delivered / round.Seconds);
            var lost = 1 - ((double)_rounds.Sum(round => round.Delivered) / _expected);
            var bytes = (double)_rounds.Sum(round => round.Cost.AllocatedBytes - _probeBytes) / _rounds.Sum(round => round.Delivered);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"| {listeners:N0} | {costs[0]:F2} | {median:F2} | {costs[^1]:F2} | {user:F2} | {1e6 / median:N0} | {best:N0} | {lost:P3} | {bytes:F3} B | {_opened:N0} |");
        }

        public void Dispose()
        {
            Tell("end");
            _peers.WaitForExit();
            _peers.Dispose();
        }

        private static Process Start()
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!, [.. Command(), ForwardPeers.ChildName])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            };
            return Process.Start(start)!;
        }

        // Started by "dotnet benchmarks.dll" the path is dotnet's own.
        private static string[] Command() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [typeof(ForwardOnePacket).Assembly.Location]
            : [];

        private Task<RoomAnswer> Ask(RoomCommand command, bool opens) =>
            loops.Ask(_id, command, opens) ?? throw new InvalidOperationException("The mailbox is full.");

        private void Tell(string line)
        {
            _peers.StandardInput.WriteLine(line);
            _peers.StandardInput.Flush();
        }

        private string Hear() => _peers.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The other process has ended.");

        private void Expect(string word)
        {
            var heard = Hear();
            if (heard != word) { throw new InvalidOperationException($"Expected {word}, heard {heard}."); }
        }
    }

    private sealed class NoNews : ILoopNews
    {
        public void Say(CallId call, RoomEvent news, MonotonicTime now)
        {
            // Nobody listens here.
        }
    }

    internal sealed class SystemEntropy : IEntropy
    {
        public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
    }
}
