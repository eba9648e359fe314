using Calls.Media.Datagrams;
using Calls.Media.Dtls;
using Calls.Media.Ice;
using Calls.Media.Sdp;
using Calls.Media.Srtp;
using Calls.Media.Tracks;

namespace Calls.Media.Peers;

/// <summary>
/// One peer connection of one session: ICE, DTLS and SRTP in the order packets meet them. It knows its own client and nobody
/// else; what it opens goes to its room.
/// </summary>
public sealed class Peer : IDisposable
{
    private readonly PeerIdentity _identity;
    private readonly PeerSeams _seams;
    private readonly PeerSetup _setup;
    private readonly MediaCounters _counters;
    private readonly PeerTransport _transport;
    private readonly PeerOffers _offers;
    private readonly StateLog _log;
    private readonly MonotonicTime _expiresAt;
    private PeerLines? _lines;
    private PeerMedia? _media;
    private MonotonicTime _answeredAt = MonotonicTime.Never;
    private MonotonicTime _keysAt;
    private MonotonicTime? _connectedAt;
    private MonotonicTime _reportAt = MonotonicTime.Never;
    private bool _isStalled;
    private SessionProgress _counted = SessionProgress.Ended;

    internal Peer(PeerIdentity identity, PeerSeams seams, PeerSetup setup, MediaCounters counters, MonotonicTime expiresAt)
    {
        _identity = identity;
        _seams = seams;
        _setup = setup;
        _counters = counters;
        _expiresAt = expiresAt;
        _transport = new PeerTransport(seams, setup);
        _offers = new PeerOffers(identity, seams, setup);
        _log = new StateLog(setup.Limits.StateChangesKept);
        CountProgress();
    }

    /// <summary>The session it belongs to.</summary>
    public string Session => _identity.Session;

    /// <summary>Which of the session's peer connections it is, counted from 1.</summary>
    public int Generation => _identity.Generation;

    /// <summary>How far it is.</summary>
    public SessionProgress Progress =>
        EndedBy is not null ? SessionProgress.Ended
        : _lines is null ? SessionProgress.Reserved
        : _connectedAt is null ? SessionProgress.Connecting
        : _isStalled ? SessionProgress.Stalled
        : SessionProgress.Connected;

    /// <summary>Why it is over; null while it lives.</summary>
    public DisconnectReason? EndedBy { get; private set; }

    /// <summary>When <see cref="Tick"/> has something to do.</summary>
    public MonotonicTime NextDeadline =>
        EndedBy is not null ? MonotonicTime.Never
        : MonotonicTime.Earlier(MonotonicTime.Earlier(_transport.NextDeadline, _reportAt), GivesUpAt);

    /// <summary>
    /// Has a check that it was given in this very turn proven that datagrams from there are its own? Asked after each check, because
    /// an address may have been another's in between; told when it is over (<see cref="PeerEventKind.AddressRetired"/>).
    /// </summary>
    public bool HasProven(in TransportAddress source, MonotonicTime now) => EndedBy is null && _transport.HasProven(source, now);

    /// <summary>Its session's place in the room.</summary>
    internal int Seat => _identity.Seat;

    /// <summary>Is it connected, and may something be sent to it?</summary>
    internal bool IsReachable => _connectedAt is not null && EndedBy is null && _transport.MaySend;

    /// <summary>Is it also one that has a line for a voice?</summary>
    internal bool SendsVoice => IsReachable && _lines!.SendsVoice;

    /// <summary>The voice slots it receives, in their order; none before the keys are in place.</summary>
    internal Subscription[] Voices => _media?.Voices ?? [];

    /// <summary>The voice it sends.</summary>
    internal Publication Publication { get; } = new();

    /// <summary>Where to send to it.</summary>
    internal Route Route => _transport.Route;

    /// <summary>How its packets are protected; null before the handshake's end.</summary>
    internal SrtpProfile? Profile => _media?.Profile;

    /// <summary>From the answer to the first proven check.</summary>
    internal TimeSpan IceTime => _transport.CheckedAt - _answeredAt;

    /// <summary>From the first proven check to the keys.</summary>
    internal TimeSpan DtlsTime => _keysAt - _transport.CheckedAt;

    // Waiting for an offer, or for media after one.
    private MonotonicTime GivesUpAt =>
        _connectedAt is not null ? MonotonicTime.Never
        : _lines is null ? _expiresAt
        : _answeredAt + _setup.Limits.ConnectTimeout;

    /// <summary>
    /// Answers an offer. The same number and text get the same answer; a higher number is an ICE restart, which changes nothing
    /// but the credentials (row MOVE1).
    /// </summary>
    internal OfferOutcome Answer<TOutput>(int number, OfferReading offer, MonotonicTime now, ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        if (_offers.Before(number, offer.Text) is { } known) { return known; }

        var isFirst = _lines is null;
        var credentials = isFirst ? _transport.Credentials : _transport.NewCredentials();
        var outcome = _offers.Answer(number, offer, credentials);
        if (outcome.Answer is not { } answer) { return outcome; }

        if (isFirst)
        {
            _lines = PeerLines.Of(answer);
            _transport.Expect(answer.PeerFingerprints);
            _answeredAt = now;
            CountProgress();
        }
        else
        {
            _transport.Restart(credentials, now);
        }

        _transport.OpenFragment(ref output);
        return outcome;
    }

    /// <summary>
    /// Takes one datagram. True if it is a voice packet for the room to judge; its payload lies in <paramref name="datagram"/>.
    /// <para>
    /// The path of a packet from A to B: 1 the loop takes it from its socket, 2 finds the peer, and here: 3 whose protocol is it?
    /// 4 authentic and new? decrypted once. Then the room: 5 permitted? 6 who hears it, in which slot? 7 its numbers there,
    /// 8 sealed for each, 9 into the batch.
    /// </para>
    /// </summary>
    internal bool Receive<TOutput>(
        TransportAddress source, TransportAddress local, Span<byte> datagram, MonotonicTime now, ref TOutput output,
        out VoicePacket packet)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        packet = default;

        // 3. Whose protocol is it? Only checks may come from anywhere (row DMX1).
        var kind = DatagramKinds.Of(datagram);
        if (kind == DatagramKind.Stun)
        {
            _counters.CountIn(TrafficKind.Stun, datagram.Length);
            if (EndedBy is not null) { return false; }

            HearIce(_transport.ReceiveCheck(source, local, datagram, now, _counters, ref output), now, ref output);
            return false;
        }

        if (EndedBy is not null || !_transport.IsProven(source, now)) { return Drop(DropReason.UnknownSource); }

        switch (kind)
        {
            case DatagramKind.Rtp when _media is not null:
                var isVoice = _media.Open(datagram, Publication, now, out packet, out var first);
                if (first != LineRole.None) { SayFirst(first, now, ref output); }
                return isVoice;
            case DatagramKind.Rtcp when _media is not null:
                _media.OpenReports(datagram, now);
                return false;
            case DatagramKind.Dtls:
                _counters.CountIn(TrafficKind.Dtls, datagram.Length);
                HearDtls(_transport.ReceiveRecord(datagram, now, _counters, ref output), now, ref output);
                return false;
            default:
                return Drop(kind == DatagramKind.Unknown ? DropReason.Demux : DropReason.NoKeys);
        }
    }

    /// <summary>Does what is due.</summary>
    internal void Tick<TOutput>(MonotonicTime now, ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        if (now < NextDeadline) { return; }

        if (now >= GivesUpAt)
        {
            End(_lines is null ? DisconnectReason.ReservationExpired : DisconnectReason.NeverConnected, now, ref output);
            return;
        }

        HearDtls(_transport.TickDtls(now, _counters, ref output), now, ref output);
        HearIce(_transport.TickIce(now), now, ref output);
        if (EndedBy is null && now >= _reportAt)
        {
            _reportAt = NextReport(now);
            if (_transport.MaySend) { _media!.SendReports(isLast: false, Route, now, ref output); }
        }
    }

    /// <summary>Ends it, with a goodbye where one can be sent. Ending it again changes nothing.</summary>
    internal void End<TOutput>(DisconnectReason reason, MonotonicTime now, ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        if (EndedBy is not null) { return; }

        EndedBy = reason;
        CountProgress();

        // After a fault nothing of it is trusted to work: it just leaves.
        if (reason != DisconnectReason.InternalError)
        {
            if (_media is not null && _transport.MaySend) { _media.SendReports(isLast: true, Route, now, ref output); }

            _transport.Close(_counters, ref output);
        }

        _transport.Leave(ref output);
        Say(new PeerEvent(PeerEventKind.Closed) { Reason = reason }, now, ref output);
    }

    /// <summary>Lets go of the DTLS association, once nothing more is to be sent.</summary>
    public void Dispose() => _transport.Dispose();

    /// <summary>A copy of what is known of it.</summary>
    internal SessionStatistics Statistics(Func<int, string?> voiceOnLine) => new(
        Session,
        Generation,
        Progress,
        _connectedAt,
        _connectedAt is null ? null : Route,
        Profile,
        _media?.Reports.RoundTrip,
        EndedBy,
        PeerStatistics.Lines(_media, Publication, voiceOnLine),
        _log.Read());

    private void HearIce<TOutput>(IceNews news, MonotonicTime now, ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        if (news == IceNews.None || EndedBy is not null) { return; }

        if ((news & IceNews.Moved) != 0)
        {
            _counters.IceMoves++;
            Say(new PeerEvent(PeerEventKind.Moved), now, ref output);
        }

        if ((news & IceNews.Restarted) != 0)
        {
            _counters.IceRestarts++;
            _transport.CloseFragments(keep: 1, ref output);
            Say(new PeerEvent(PeerEventKind.Restarted), now, ref output);
        }

        if ((news & IceNews.Stalled) != 0) { SayStalled(true, now, ref output); }
        if ((news & IceNews.Resumed) != 0) { SayStalled(false, now, ref output); }
        if ((news & IceNews.ConsentLost) != 0) { _counters.ConsentLost++; }
        if ((news & IceNews.Expired) != 0) { End(DisconnectReason.ConsentExpired, now, ref output); }

        Connect(now, ref output);
    }

    private void HearDtls<TOutput>(DtlsNews news, MonotonicTime now, ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        if (news == DtlsNews.None || EndedBy is not null) { return; }

        if (news != DtlsNews.Connected)
        {
            if (_media is null) { _counters.HandshakeFailures++; }

            End(ReasonOf(news), now, ref output);
            return;
        }

        _keysAt = now;
        var keys = PeerKeys.From(_transport.Keys!, _seams.Srtp, _setup.Srtp);
        var streams = new IncomingStreams(_lines!, _identity.Number << PeerIdentity.StreamBits, _setup.Srtp.StreamsMax);
        _media = new PeerMedia(_lines!, keys, _offers, _counters, streams);
        Connect(now, ref output);
    }

    // Media flows when a pair is nominated and the keys are in place, whichever comes last.
    private void Connect<TOutput>(MonotonicTime now, ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        if (_connectedAt is not null || EndedBy is not null || _media is null || !_transport.IsNominated) { return; }

        _connectedAt = now;
        CountProgress();
        _reportAt = NextReport(now);
        Say(new PeerEvent(PeerEventKind.Connected), now, ref output);
    }

    // On a common beat, so that a thousand peers wake their room ten times a second, and not a thousand times.
    private MonotonicTime NextReport(MonotonicTime now)
    {
        var at = (now + _setup.Limits.ReportInterval).Microseconds;
        var beat = PeerLimits.ReportBeat.Ticks / TimeSpan.TicksPerMicrosecond;
        return new MonotonicTime((at + beat - 1) / beat * beat);
    }

    private void SayFirst<TOutput>(LineRole role, MonotonicTime now, ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        Say(new PeerEvent(PeerEventKind.FirstPacket) { Role = role, After = now - (_connectedAt ?? now) }, now, ref output);
    }

    private void SayStalled<TOutput>(bool stalled, MonotonicTime now, ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        if (_isStalled == stalled || _connectedAt is null) { return; }

        _isStalled = stalled;
        CountProgress();
        Say(new PeerEvent(stalled ? PeerEventKind.Stalled : PeerEventKind.Resumed), now, ref output);
    }

    private void CountProgress()
    {
        _counters.CountSession(_counted, Progress);
        _counted = Progress;
    }

    private void Say<TOutput>(in PeerEvent news, MonotonicTime now, ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        _log.Add(news.Kind, now);
        output.Emit(news);
    }

    private bool Drop(DropReason reason)
    {
        _counters.Drops.Add(reason);
        return false;
    }

    private static DisconnectReason ReasonOf(DtlsNews news) => news switch
    {
        DtlsNews.ClosedByPeer => DisconnectReason.ClosedByPeer,
        DtlsNews.FingerprintMismatch => DisconnectReason.FingerprintMismatch,
        DtlsNews.NoSrtpProfile => DisconnectReason.NoSrtpProfile,
        _ => DisconnectReason.DtlsFailed,
    };
}
