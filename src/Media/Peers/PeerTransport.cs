using Calls.Media.Datagrams;
using Calls.Media.Dtls;
using Calls.Media.Ice;
using Calls.Media.Tracks;

namespace Calls.Media.Peers;

/// <summary>The way to one peer: ICE finds it, DTLS makes the keys. What they say is turned into what the peer must do.</summary>
internal sealed class PeerTransport : IDisposable
{
    private readonly PeerSeams _seams;
    private readonly PeerSetup _setup;
    private readonly PeerAddresses _addresses = new();
    private readonly IceLiteAgent _ice;
    private readonly List<string> _fragments = [];
    private DtlsTransport? _dtls;
    private MonotonicTime _checkedAt;
    private TransportAddress _provenLast;
    private MonotonicTime _provenAt = MonotonicTime.Never;

    public PeerTransport(PeerSeams seams, PeerSetup setup)
    {
        _seams = seams;
        _setup = setup;
        _ice = new IceLiteAgent(NewCredentials(), setup.Ice);
    }

    public IceCredentials Credentials => _ice.Credentials;

    public bool IsNominated => _ice.IsNominated;

    public bool MaySend => _ice.MaySend;

    public DtlsKeyingMaterial? Keys => _dtls?.Keys;

    public Route Route => new(_ice.Local, _ice.Remote);

    /// <summary>When the first authenticated check came.</summary>
    public MonotonicTime CheckedAt => _checkedAt;

    public MonotonicTime NextDeadline =>
        MonotonicTime.Earlier(_ice.NextDeadline, _dtls?.NextDeadline ?? MonotonicTime.Never);

    /// <summary>The offer named these certificates: handshakes may begin.</summary>
    public void Expect(IReadOnlyList<CertificateFingerprint> fingerprints) =>
        _dtls = new DtlsTransport(_seams.Dtls.CreateServer(), fingerprints);

    /// <summary>Credentials nobody has yet.</summary>
    public IceCredentials NewCredentials()
    {
        Span<byte> entropy = stackalloc byte[IceCredentials.EntropyBytes];
        _seams.Entropy.Fill(entropy);
        return IceCredentials.Create(entropy, _setup.Thread);
    }

    /// <summary>Fresh credentials come into force; nothing else changes (row MOVE1).</summary>
    public void Restart(IceCredentials fresh, MonotonicTime now) => _ice.Restart(fresh, now);

    /// <summary>Checks with the present fragment are this peer's. The agent knows one fragment from before a restart, not more.</summary>
    public void OpenFragment<TOutput>(ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        for (var i = _fragments.Count - 1; i >= 0; i--)
        {
            if (_fragments[i] != _ice.OldCredentials?.Fragment) { CloseFragment(i, ref output); }
        }

        _fragments.Add(Credentials.Fragment);
        output.Emit(new PeerEvent(PeerEventKind.FragmentOpened) { Fragment = Credentials.Fragment });
    }

    /// <summary>All fragments but the latest ones are nobody's any more.</summary>
    public void CloseFragments<TOutput>(int keep, ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        while (_fragments.Count > keep) { CloseFragment(0, ref output); }
    }

    public bool IsProven(TransportAddress source, MonotonicTime now) => _ice.IsProven(source, now);

    /// <summary>Did an authenticated check come from there in this very turn?</summary>
    public bool HasProven(in TransportAddress source, MonotonicTime now) => _provenAt == now && _provenLast == source;

    /// <summary>Takes a check and answers it.</summary>
    public IceNews ReceiveCheck<TOutput>(
        TransportAddress source, TransportAddress local, ReadOnlySpan<byte> datagram, MonotonicTime now,
        MediaCounters counters, ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        var step = _ice.Receive(source, local, datagram, now, output.Lend(IceLimits.AnswerBytesMax));
        var isRefusal = step.RefusedWith != 0;
        if (step.AnswerBytes == 0 || isRefusal) { counters.Drops.Add(DropReason.StunBad); }

        if (step.AnswerBytes > 0 && (!isRefusal || _setup.Refusals.TryTake(source, now)))
        {
            output.Send(new Route(local, source), step.AnswerBytes);
            counters.CountOut(TrafficKind.Stun, 1, step.AnswerBytes);
        }

        if (step.AnswerBytes == 0 || isRefusal) { return step.News; }

        if ((step.News & IceNews.FirstCheck) != 0) { _checkedAt = now; }
        (_provenLast, _provenAt) = (source, now);
        _addresses.Prove(source, _ice.Remote, ref output);
        return step.News;
    }

    /// <summary>Takes a DTLS datagram, which came from a proven address.</summary>
    public DtlsNews ReceiveRecord<TOutput>(ReadOnlySpan<byte> datagram, MonotonicTime now, MediaCounters counters, ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        if (_dtls is null) { return DtlsNews.None; }

        var news = _dtls.Receive(datagram, now);
        SendRecords(counters, ref output);
        return news;
    }

    public IceNews TickIce(MonotonicTime now) => _ice.Tick(now);

    public DtlsNews TickDtls<TOutput>(MonotonicTime now, MediaCounters counters, ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        if (_dtls is null || now < _dtls.NextDeadline) { return DtlsNews.None; }

        var news = _dtls.Tick(now);
        SendRecords(counters, ref output);
        return news;
    }

    /// <summary>Says goodbye.</summary>
    public void Close<TOutput>(MediaCounters counters, ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        _dtls?.Close();
        SendRecords(counters, ref output);
    }

    /// <summary>Gives addresses and fragments back.</summary>
    public void Leave<TOutput>(ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        _addresses.RetireAll(ref output);
        CloseFragments(keep: 0, ref output);
    }

    public void Dispose() => _dtls?.Dispose();

    private void CloseFragment<TOutput>(int index, ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        output.Emit(new PeerEvent(PeerEventKind.FragmentClosed) { Fragment = _fragments[index] });
        _fragments.RemoveAt(index);
    }

    private void SendRecords<TOutput>(MediaCounters counters, ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        if (_dtls is null) { return; }

        while (_dtls.TryTakeDatagram(output.Lend(DtlsTransport.DatagramBytesMax), out var bytes))
        {
            if (!_ice.MaySend) { continue; }

            output.Send(Route, bytes);
            counters.CountOut(TrafficKind.Dtls, 1, bytes);
        }
    }
}
