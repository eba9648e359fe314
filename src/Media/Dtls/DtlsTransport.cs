using Calls.Media.Datagrams;

namespace Calls.Media.Dtls;

/// <summary>
/// The DTLS part of one session. It feeds the engine, watches its clock, and lets no key out before the peer's certificate
/// has been compared with the offer (row DTLS4). After each step the owner takes the outgoing datagrams.
/// </summary>
public sealed class DtlsTransport(IDtlsEngine engine, IReadOnlyList<CertificateFingerprint> expected) : IDisposable
{
    /// <summary>No datagram of an engine is longer: the MTU it is given (row DTLS5).</summary>
    public const int DatagramBytesMax = 1_200;

    /// <summary>Time from the peer's first datagram to the end of the handshake. Later the keys would help nobody.</summary>
    public static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(30);

    private MonotonicTime _giveUpAt = MonotonicTime.Never;
    private bool _started;
    private bool _over;

    /// <summary>The keys for SRTP, once connected; owned by the caller, who clears them after use.</summary>
    public DtlsKeyingMaterial? Keys { get; private set; }

    /// <summary>When <see cref="Tick"/> has something to do.</summary>
    public MonotonicTime NextDeadline => _over ? MonotonicTime.Never : MonotonicTime.Earlier(engine.NextDeadline, _giveUpAt);

    /// <summary>Takes one datagram, which must have come from a pair that ICE has proven (row DTLS2).</summary>
    public DtlsNews Receive(ReadOnlySpan<byte> datagram, MonotonicTime now)
    {
        if (_over) { return DtlsNews.None; }

        if (!_started)
        {
            _started = true;
            _giveUpAt = now + HandshakeTimeout;
        }

        engine.Receive(datagram, now);
        return Look();
    }

    /// <summary>Resends what is due, and gives up in time.</summary>
    public DtlsNews Tick(MonotonicTime now)
    {
        if (_over) { return DtlsNews.None; }
        if (now >= _giveUpAt) { return End(DtlsNews.Failed); }

        if (now >= engine.NextDeadline) { engine.Tick(now); }
        return Look();
    }

    /// <summary>The next datagram to send to the peer; false when there is none left.</summary>
    public bool TryTakeDatagram(Span<byte> into, out int bytes) => engine.TryTakeDatagram(into, out bytes);

    /// <summary>Says goodbye; the close_notify is then taken like any other datagram.</summary>
    public void Close()
    {
        if (_over) { return; }

        _over = true;
        engine.Close();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _over = true;
        Keys?.Clear();
        engine.Dispose();
    }

    private DtlsNews Look() => engine.State switch
    {
        DtlsEngineState.Connected when Keys is null => Finish(),
        DtlsEngineState.ClosedByPeer => End(DtlsNews.ClosedByPeer),
        DtlsEngineState.Failed when engine.Failure == DtlsEngineFailure.NoSrtpProfile => End(DtlsNews.NoSrtpProfile),
        DtlsEngineState.Failed => End(DtlsNews.Failed),
        _ => DtlsNews.None,
    };

    private DtlsNews Finish()
    {
        _giveUpAt = MonotonicTime.Never;

        // 1. Is it the peer of the offer? Asked before any key exists, so that none can leak to somebody else.
        if (!IsExpected(engine.PeerCertificate))
        {
            engine.Close();
            return End(DtlsNews.FingerprintMismatch);
        }

        // 2. Keys, of exactly the profile's size.
        Keys = DtlsKeyingMaterial.Export(engine);
        if (Keys is not null) { return DtlsNews.Connected; }

        engine.Close();
        return End(engine.SelectedSrtpProfile == DtlsSrtpProfile.None ? DtlsNews.NoSrtpProfile : DtlsNews.Failed);
    }

    private bool IsExpected(ReadOnlySpan<byte> certificate)
    {
        if (certificate.IsEmpty) { return false; }

        foreach (var fingerprint in expected)
        {
            if (fingerprint.Matches(certificate)) { return true; }
        }

        return false;
    }

    private DtlsNews End(DtlsNews news)
    {
        _over = true;
        return news;
    }
}
