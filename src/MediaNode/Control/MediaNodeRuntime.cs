using System.Security.Cryptography;
using Calls.Contracts.MediaNodes;
using Calls.Media.Ice;
using Calls.Media.Peers;
using Calls.Media.Sdp;
using Calls.Media.Srtp;
using Calls.MediaNode.Dtls;
using Calls.MediaNode.Loops;
using Calls.MediaNode.Sockets;
using Calls.MediaNode.Srtp;
using Calls.MediaNode.Telemetry;
using Calls.MediaNode.WarmUp;
using Microsoft.Extensions.Logging;

namespace Calls.MediaNode.Control;

/// <summary>All that runs in a media node below its API: addresses, certificate, engines, loops.</summary>
internal sealed class MediaNodeRuntime : IDisposable
{
    private readonly OpenSslDtlsEngineFactory _dtls;
    private readonly MediaNodeOptions _options;
    private readonly HostNames _names;
    private readonly ILogger _log;
    private NodeAddresses[] _addresses;
    private IReadOnlyList<IceCandidate>[] _candidates;
    private long _faultLoggedAt = -1;

    /// <summary>Binds the sockets; nothing runs yet.</summary>
    /// <exception cref="InvalidOperationException">A port, an address or a library is missing; the message is one line.</exception>
    public MediaNodeRuntime(
        MediaNodeOptions options, bool servesLocalhost, HostNames names, LoopClock clock, ILoopNews news, MediaNodeMetrics metrics, TimeProvider time, ILogger log)
    {
        _options = options;
        _names = names;
        _log = log;
        Clock = clock;
        Srtp = SrtpEngineChoice.Choose(options);
        SrtpSelfTest.Run(Srtp);
        _dtls = new OpenSslDtlsEngineFactory(NodeCertificate.Create(time), metrics.NoteHandshake);
        var threads = !OperatingSystem.IsLinux() ? 1 : options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        threads = Math.Min(threads, IceCredentials.ThreadsMax);
        _addresses = NodeAddresses.FindAll(options, servesLocalhost, threads, names);
        _candidates = Candidates();
        var settings = new LoopSettings(clock, new PeerSeams(_dtls, Srtp, new SystemEntropy()), news)
        {
            Loops = threads,
            HasOwnPorts = options.PortPerThread,
            Peers = thread => new PeerSetup(thread, Of(Volatile.Read(ref _candidates), thread))
            {
                Answers = new AnswerOptions { AudioRed = options.AudioRed },
            },
            HandshakeStepsPerTurn = options.HandshakeStepsPerTurn,
            StunErrorsPerSecond = options.StunErrorsPerSecond,
            VoiceSlots = options.VoiceSlots,
            SessionsMax = options.MaxSessions,
            CallSessionsMax = options.CallMaxSessions,
            Turn = metrics.NoteTurn,
            Sample = metrics.NoteSample,
            Fault = LogFault,
        };
        Loops = new LoopSet(settings, Open);
        Load = new NodeLoadMeter(Loops, options, time);
    }

    public LoopClock Clock { get; }

    public ISrtpEngine Srtp { get; }

    /// <summary>What is bound and advertised: one entry, or one for each thread.</summary>
    public IReadOnlyList<NodeAddresses> Addresses => _addresses;

    public LoopSet Loops { get; }

    public NodeLoadMeter Load { get; }

    /// <summary>Starts the media threads.</summary>
    public void Start(NodeIdentity identity)
    {
        Loops.Start();
        _log.Listening(
            identity.Id.Value,
            string.Join(", ", _addresses.SelectMany(one => one.Bound)),
            string.Join(", ", _addresses.SelectMany(one => one.Advertised)),
            Loops.Loops.Count,
            Srtp.Name);

        // Linux answers with twice what it grants.
        var granted = Loops.Loops[0].Socket.ReceiveBufferBytes / 2;
        if (granted < LinuxUdp.BufferBytes) { _log.SmallBuffers(granted, LinuxUdp.BufferBytes); }
    }

    /// <summary>Looks up advertised names again; calls that open from now on answer with what was found.</summary>
    public async Task RenewAddresses(CancellationToken cancellation)
    {
        await _names.Renew(cancellation);
        _addresses = Array.ConvertAll(_addresses, one => one.Renewed(_options, _names));
        Volatile.Write(ref _candidates, Candidates());
    }

    /// <summary>Runs the packet path until it is compiled; to be awaited before anybody is sent here.</summary>
    public async Task WarmUp(TimeSpan duration, CancellationToken cancellation)
    {
        if (duration == TimeSpan.Zero) { return; }

        var packets = await new PathWarmUp(Srtp, new SystemEntropy(), Clock).Run(duration, cancellation);
        _log.WarmedUp(packets, duration);
    }

    public void NoteState(NodeState state) => _log.StateChanged(state.ToString());

    public void Dispose()
    {
        Loops.Dispose();
        _dtls.Dispose();
    }

    // From the media threads: at most one a second is written, all are counted.
    private void LogFault(Exception fault)
    {
        var second = Clock.Now.Microseconds / TimeSpan.MicrosecondsPerSecond;
        if (Interlocked.Exchange(ref _faultLoggedAt, second) != second) { _log.SessionFault(fault); }
    }

    private IReadOnlyList<IceCandidate>[] Candidates() => Array.ConvertAll(_addresses, one => IceCandidate.For(one.Advertised));

    private static T Of<T>(T[] perPort, int thread) => perPort[thread % perPort.Length];

    private IDatagramSocket Open(int thread) => OperatingSystem.IsLinux()
        ? new LinuxDatagramSocket(Of(_addresses, thread).Bound, _log.SegmentsRefused)
        : new PortableDatagramSocket(Of(_addresses, thread).UdpPort, _options.Ipv6);

    private sealed class SystemEntropy : IEntropy
    {
        public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
    }
}
