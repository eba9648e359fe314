using System.Globalization;
using Calls.Media.Datagrams;
using Calls.Media.Dtls;
using Calls.MediaNode.Dtls;
using Calls.MediaNode.Tests.Clients;

namespace Calls.Benchmarks;

/// <summary>
/// DTLS handshakes as a node serves them: both sides show a certificate, the fingerprint is compared, the keys are exported.
/// Only the server's steps are counted, by the thread's own account. Options: <c>--rounds N</c> (7), <c>--handshakes N</c> (300).
/// </summary>
internal sealed class DtlsHandshakes : IBenchmark
{
    private static readonly MonotonicTime s_now = MonotonicTime.FromMilliseconds(1);
    private static readonly NodeCertificate s_clientCertificate = NodeCertificate.Create(TimeProvider.System);

    private static readonly (string Name, OpenSslClientSetup Client)[] s_variants =
    [
        ("AEAD_AES_128_GCM", new OpenSslClientSetup { Certificate = s_clientCertificate }),
        ("AES128_CM_SHA1_80", new OpenSslClientSetup { Certificate = s_clientCertificate, Profiles = "SRTP_AES128_CM_SHA1_80" }),
        (
            "GCM, ClientHello in three datagrams",
            new OpenSslClientSetup { Certificate = s_clientCertificate, Mtu = 256, Options = OpenSslClientSetup.PadHello, Ciphers = "ALL" }),
    ];

    private readonly byte[] _buffer = new byte[DtlsTransport.DatagramBytesMax];

    /// <inheritdoc/>
    public string Name => "dtls-handshakes";

    /// <inheritdoc/>
    public Task Run(string[] options)
    {
        var rounds = ForwardOnePacket.Option(options, "--rounds", 7);
        var handshakes = ForwardOnePacket.Option(options, "--handshakes", 300);
        using var factory = new OpenSslDtlsEngineFactory(NodeCertificate.Create(TimeProvider.System));
        var costs = Array.ConvertAll(s_variants, _ => new List<ThreadCost>());
        Console.WriteLine($"load before: {ForwardOnePacket.LoadAverage()}");
        for (var round = -2; round < rounds; round++)
        {
            for (var variant = 0; variant < s_variants.Length; variant++)
            {
                var cost = Round(factory, s_variants[variant].Client, handshakes);
                if (round >= 0) { costs[variant].Add(cost); }
            }
        }

        Console.WriteLine($"load after: {ForwardOnePacket.LoadAverage()}\n");
        Console.WriteLine("| handshake | server CPU ms: best | median | worst | of it system | per second and core (median) | allocated |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        for (var variant = 0; variant < s_variants.Length; variant++)
        {
            Console.WriteLine(Row(s_variants[variant].Name, costs[variant], handshakes));
        }

        return Task.CompletedTask;
    }

    private static string Row(string name, List<ThreadCost> costs, int handshakes)
    {
        var times = costs.Select(cost => cost.Processor.TotalMilliseconds / handshakes).Order().ToList();
        var median = times[times.Count / 2];
        var system = costs.Average(cost => cost.System.TotalMilliseconds) / handshakes;
        var bytes = costs.Average(cost => (double)cost.AllocatedBytes) / handshakes;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {times[0]:F3} | {median:F3} | {times[^1]:F3} | {system:F3} | {1000 / median:N0} | {bytes:N0} B |");
    }

    private ThreadCost Round(OpenSslDtlsEngineFactory factory, OpenSslClientSetup setup, int handshakes)
    {
        var spent = new ThreadCost(TimeSpan.Zero, TimeSpan.Zero, 0);
        for (var i = 0; i < handshakes; i++)
        {
            using var client = new OpenSslClient(setup);
            spent = Add(spent, Shake(factory, client));
            if (!client.IsConnected) { throw new InvalidOperationException("A handshake failed: the figures would be worth nothing."); }
        }

        return spent;
    }

    private ThreadCost Shake(OpenSslDtlsEngineFactory factory, OpenSslClient client)
    {
        var toServer = new Queue<byte[]>(client.Step());
        var before = ThreadCost.OfThisThread();
        var server = new DtlsTransport(factory.CreateServer(), [client.Certificate.Fingerprint]);
        var spent = ThreadCost.OfThisThread() - before;
        while (toServer.TryDequeue(out var datagram))
        {
            var answers = new List<byte[]>();
            before = ThreadCost.OfThisThread();
            server.Receive(datagram, s_now);
            while (server.TryTakeDatagram(_buffer, out var bytes)) { answers.Add(_buffer[..bytes]); }

            spent = Add(spent, ThreadCost.OfThisThread() - before);
            foreach (var more in answers.SelectMany(client.Receive)) { toServer.Enqueue(more); }
        }

        before = ThreadCost.OfThisThread();
        server.Dispose();
        return Add(spent, ThreadCost.OfThisThread() - before);
    }

    private static ThreadCost Add(ThreadCost left, ThreadCost right) =>
        new(left.User + right.User, left.System + right.System, left.AllocatedBytes + right.AllocatedBytes);
}
