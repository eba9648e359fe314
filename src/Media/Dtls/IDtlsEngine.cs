using Calls.Media.Datagrams;

namespace Calls.Media.Dtls;

/// <summary>
/// One DTLS server association as the media core sees it: bytes in, bytes out, a deadline, keys. The real one is OpenSSL;
/// simulation uses a scripted one. An engine decides nothing about trust: it accepts any certificate the peer shows, and
/// <see cref="DtlsTransport"/> compares it. Used from one thread, never throws on what the peer sends.
/// </summary>
public interface IDtlsEngine : IDisposable
{
    /// <summary>How far the association is.</summary>
    DtlsEngineState State { get; }

    /// <summary>Why <see cref="State"/> is failed; <see cref="DtlsEngineFailure.None"/> in every other state.</summary>
    DtlsEngineFailure Failure { get; }

    /// <summary>When <see cref="Tick"/> has something to resend; <see cref="MonotonicTime.Never"/> if nothing waits.</summary>
    MonotonicTime NextDeadline { get; }

    /// <summary>The protection profile both sides agreed on, once connected.</summary>
    DtlsSrtpProfile SelectedSrtpProfile { get; }

    /// <summary>The certificate the peer proved to own, as DER, once connected; empty if it showed none.</summary>
    ReadOnlySpan<byte> PeerCertificate { get; }

    /// <summary>Takes one datagram from the peer. Whatever answers it is then taken by <see cref="TryTakeDatagram"/>.</summary>
    void Receive(ReadOnlySpan<byte> datagram, MonotonicTime now);

    /// <summary>Resends what is due (row DTLS5).</summary>
    void Tick(MonotonicTime now);

    /// <summary>
    /// The next outgoing datagram of the last step, at most <see cref="DtlsTransport.DatagramBytesMax"/> long: one write of
    /// the engine each, boundaries kept. False when there is none left.
    /// </summary>
    bool TryTakeDatagram(Span<byte> into, out int bytes);

    /// <summary>
    /// Fills <paramref name="into"/> with keying material for the label <c>EXTRACTOR-dtls_srtp</c> without context (RFC 5764
    /// §4.2). False if the association is not connected.
    /// </summary>
    bool TryExportKeyingMaterial(Span<byte> into);

    /// <summary>Ends the association; the close_notify, if one is due, is then taken by <see cref="TryTakeDatagram"/>.</summary>
    void Close();
}

/// <summary>Makes the engines of one process, all with its one certificate (row DTLS4).</summary>
public interface IDtlsEngineFactory
{
    /// <summary>The SHA-256 fingerprint of the process's own certificate, for its answers.</summary>
    CertificateFingerprint LocalFingerprint { get; }

    /// <summary>A new association in the role of the server (row DTLS1).</summary>
    IDtlsEngine CreateServer();
}
