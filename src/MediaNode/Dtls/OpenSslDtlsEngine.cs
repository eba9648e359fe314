using System.Runtime.InteropServices;
using Calls.Media.Datagrams;
using Calls.Media.Dtls;
using Calls.MediaNode.Native;

namespace Calls.MediaNode.Dtls;

/// <summary>
/// One DTLS server association of OpenSSL. It never looks at a ClientHello itself: the ordinary accept reassembles hellos
/// that come in several datagrams, in any order (row DTLS3), and ICE has proven the address before (row DTLS2).
/// OpenSSL keeps its own clock for retransmission; it is asked for what is left after each step and shown as a deadline.
/// </summary>
internal sealed unsafe class OpenSslDtlsEngine : IDtlsEngine
{
    // Row DTLS5: OpenSSL would start at 1 s, which is a second of silence after one lost datagram.
    private const uint RetransmitFirstMicroseconds = 100_000;
    private const uint RetransmitMaxMicroseconds = 3_000_000;

    // OpenSSL rounds what is left down to 0 below 15 ms; asking again sooner than this would be a busy loop.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(1);

    // Records in one datagram after the handshake: alerts and repeated Finished messages. More is nonsense.
    private const int RecordsPerDatagramMax = 16;

    // Holds any record that fits into a datagram, so that one read consumes it whole.
    private const int RecordBytesMax = 2_048;

    private readonly SslHandle _ssl;
    private readonly DatagramBio _bio;
    private readonly Action<TimeSpan> _shaken;
    private byte[] _peerCertificate = [];
    private TimeSpan _cost;

    public OpenSslDtlsEngine(SslContextHandle context, Action<TimeSpan> shaken)
    {
        _shaken = shaken;
        _ssl = new SslHandle(OpenSslCalls.New(context.Pointer));
        if (_ssl.IsInvalid) { throw new InvalidOperationException("OpenSSL refused a new association: out of memory."); }

        _bio = new DatagramBio();
        OpenSslCalls.SetBio(_ssl.Pointer, _bio.Pointer, _bio.Pointer);
        OpenSslCalls.SetAcceptState(_ssl.Pointer);
        OpenSslCalls.SetTimerCallback(_ssl.Pointer, &NextRetransmission);
        _ = OpenSslCalls.Control(_ssl.Pointer, OpenSslCalls.ControlSetMtu, DtlsTransport.DatagramBytesMax, null);
    }

    /// <inheritdoc/>
    public DtlsEngineState State { get; private set; }

    /// <inheritdoc/>
    public DtlsEngineFailure Failure { get; private set; }

    /// <inheritdoc/>
    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    /// <inheritdoc/>
    public DtlsSrtpProfile SelectedSrtpProfile { get; private set; }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> PeerCertificate => _peerCertificate;

    /// <inheritdoc/>
    public void Receive(ReadOnlySpan<byte> datagram, MonotonicTime now)
    {
        if (State is not (DtlsEngineState.Handshaking or DtlsEngineState.Connected) || datagram.IsEmpty) { return; }

        fixed (byte* bytes = datagram)
        {
            _bio.Offer(bytes, datagram.Length);
            if (State == DtlsEngineState.Handshaking) { Shake(); }

            // Also right after the handshake: the same datagram may hold more records.
            if (State == DtlsEngineState.Connected) { ReadRecords(); }

            _bio.Withdraw();
        }

        AskDeadline(now);
    }

    /// <inheritdoc/>
    public void Tick(MonotonicTime now)
    {
        if (State != DtlsEngineState.Handshaking || now < NextDeadline) { return; }

        OpenSslCalls.ClearErrors();
        if (OpenSslCalls.Control(_ssl.Pointer, OpenSslCalls.ControlHandleTimeout, 0, null) < 0) { Fail(); }

        AskDeadline(now);
    }

    /// <inheritdoc/>
    public bool TryTakeDatagram(Span<byte> into, out int bytes) => _bio.TryTake(into, out bytes);

    /// <inheritdoc/>
    public bool TryExportKeyingMaterial(Span<byte> into)
    {
        if (State != DtlsEngineState.Connected) { return false; }

        OpenSslCalls.ClearErrors();
        var label = "EXTRACTOR-dtls_srtp"u8;
        fixed (byte* keys = into, text = label)
        {
            return OpenSslCalls.ExportKeyingMaterial(
                _ssl.Pointer, keys, (nuint)into.Length, text, (nuint)label.Length, null, 0, 0) == 1;
        }
    }

    /// <inheritdoc/>
    public void Close()
    {
        if (State == DtlsEngineState.Connected)
        {
            OpenSslCalls.ClearErrors();
            _ = OpenSslCalls.Shutdown(_ssl.Pointer);
        }

        if (State is DtlsEngineState.Connected or DtlsEngineState.Handshaking) { State = DtlsEngineState.Closed; }

        NextDeadline = MonotonicTime.Never;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ssl.Dispose();
        _bio.Dispose();
    }

    [UnmanagedCallersOnly]
    private static uint NextRetransmission(nint ssl, uint lastMicroseconds) => lastMicroseconds == 0
        ? RetransmitFirstMicroseconds
        : Math.Min(lastMicroseconds * 2, RetransmitMaxMicroseconds);

    private void Shake()
    {
        OpenSslCalls.ClearErrors();
        var before = Cost();
        var result = OpenSslCalls.DoHandshake(_ssl.Pointer);
        _cost += Cost() - before;
        if (result == 1)
        {
            State = DtlsEngineState.Connected;
            _shaken(_cost);
            SelectedSrtpProfile = ReadProfile();
            _peerCertificate = ReadPeerCertificate();
            return;
        }

        switch (OpenSslCalls.GetError(_ssl.Pointer, result))
        {
            case OpenSslCalls.ErrorWantRead or OpenSslCalls.ErrorWantWrite: break;
            case OpenSslCalls.ErrorZeroReturn: State = DtlsEngineState.ClosedByPeer; break;
            default: Fail(); break;
        }
    }

    private static TimeSpan Cost() => OperatingSystem.IsLinux() ? SocketCalls.ThreadCpuTime() : TimeSpan.Zero;

    // No application data is expected (there is no data channel): what comes is alerts, and repeats of the last flight, which
    // OpenSSL answers by itself. A ClientHello is a renegotiation and refused.
    private void ReadRecords()
    {
        var unwanted = stackalloc byte[RecordBytesMax];
        for (var i = 0; i < RecordsPerDatagramMax; i++)
        {
            OpenSslCalls.ClearErrors();
            var result = OpenSslCalls.Read(_ssl.Pointer, unwanted, RecordBytesMax);
            if (result > 0) { continue; }

            switch (OpenSslCalls.GetError(_ssl.Pointer, result))
            {
                case OpenSslCalls.ErrorWantRead or OpenSslCalls.ErrorWantWrite: return;
                case OpenSslCalls.ErrorZeroReturn: State = DtlsEngineState.ClosedByPeer; return;
                default: Fail(); return;
            }
        }
    }

    private void Fail()
    {
        State = OpenSslCalls.IsPeerAlert() ? DtlsEngineState.ClosedByPeer : DtlsEngineState.Failed;
        Failure = State == DtlsEngineState.Failed ? DtlsEngineFailure.Protocol : DtlsEngineFailure.None;
        OpenSslCalls.ClearErrors();
    }

    private void AskDeadline(MonotonicTime now)
    {
        TimeValue left;
        if (State != DtlsEngineState.Handshaking
            || OpenSslCalls.Control(_ssl.Pointer, OpenSslCalls.ControlGetTimeout, 0, &left) != 1)
        {
            NextDeadline = MonotonicTime.Never;
            return;
        }

        var wait = TimeSpan.FromSeconds(left.Seconds) + TimeSpan.FromMicroseconds(left.Microseconds);
        NextDeadline = now + (wait > AskAgainAfter ? wait : AskAgainAfter);
    }

    private DtlsSrtpProfile ReadProfile()
    {
        var profile = OpenSslCalls.GetSelectedSrtpProfile(_ssl.Pointer);
        return profile == null ? DtlsSrtpProfile.None : (DtlsSrtpProfile)(ushort)profile->Id;
    }

    private byte[] ReadPeerCertificate()
    {
        var certificate = OpenSslCalls.GetPeerCertificate(_ssl.Pointer);
        if (certificate == 0) { return []; }

        var der = new byte[Math.Max(OpenSslCalls.CertificateToDer(certificate, null), 0)];
        fixed (byte* start = der)
        {
            var cursor = start;   // i2d moves the pointer that it is given
            if (der.Length > 0) { _ = OpenSslCalls.CertificateToDer(certificate, &cursor); }
        }

        OpenSslCalls.CertificateFree(certificate);
        return der;
    }
}
