using Calls.Media.Datagrams;
using Calls.Media.Peers;
using Calls.Media.Tracks;

namespace Calls.Media.Rooms;

/// <summary>
/// The media of one call: who is here, what they may do, and who hears whom. Owned by one thread; nothing in it locks, waits or
/// asks for the time.
/// </summary>
public sealed class Room
{
    private readonly RoomSettings _settings;
    private readonly PeerSeams _seams;
    private readonly PeerSetup _setup;
    private readonly MediaCounters _counters;
    private readonly VoiceStage _stage;
    private readonly SeatMap _seats = new();
    private readonly EndedSessions _ended = new();
    private readonly List<PeerEvent> _news = [];
    private MonotonicTime _peersDeadline = MonotonicTime.Never;
    private long _nextPeer;

    /// <summary>An empty room.</summary>
    /// <param name="settings">Slots and sessions.</param>
    /// <param name="seams">What the core needs of the world.</param>
    /// <param name="setup">How sessions are set up.</param>
    /// <param name="counters">The counts of the thread that owns the room.</param>
    public Room(RoomSettings settings, PeerSeams seams, PeerSetup setup, MediaCounters counters)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.VoiceSlots, 1, nameof(settings));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.VoiceSlots, VoiceSlots.CountMax, nameof(settings));
        _settings = settings;
        _seams = seams;
        _setup = setup;
        _counters = counters;
        _stage = new VoiceStage(settings.VoiceSlots, counters);
    }

    /// <summary>Sessions that are here.</summary>
    public int SessionCount => _seats.Count;

    /// <summary>Is nobody here, and is nobody remembered? Then the room can be forgotten.</summary>
    public bool IsOver => _seats.Count == 0 && _ended.Count == 0;

    /// <summary>The peer that is being worked on: after a fault the one to <see cref="Fail"/>.</summary>
    public Peer? AtWork { get; private set; }

    /// <summary>When <see cref="Tick"/> has something to do.</summary>
    public MonotonicTime NextDeadline =>
        MonotonicTime.Earlier(MonotonicTime.Earlier(_peersDeadline, _stage.NextDeadline), _ended.NextDeadline);

    /// <summary>Takes one datagram for a peer, and sends on what comes of it.</summary>
    /// <param name="peer">Found by the datagram's source, or by the fragment in a check.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="local">Which of our addresses it came to.</param>
    /// <param name="datagram">The datagram, exactly; opened in place.</param>
    /// <param name="now">The time of this turn.</param>
    /// <param name="output">Takes what is sent and said.</param>
    public void Receive<TOutput>(
        Peer peer, TransportAddress source, TransportAddress local, Span<byte> datagram, MonotonicTime now, ref TOutput output)
        where TOutput : struct, IRoomOutput
    {
        ArgumentNullException.ThrowIfNull(peer);
        if (_seats[peer.Seat] is not { } session || session.Peer != peer)
        {
            _counters.Drops.Add(DropReason.UnknownSource);
            return;
        }

        AtWork = peer;
        var scope = Begin(ref output);
        if (peer.Receive(source, local, datagram, now, ref scope, out var packet))
        {
            _stage.Hear(session.Voice, peer.Publication, ref packet, now, ref output);
            if (_news.Count > 0) { Act(session, now, ref output); }
            if (_stage.HasExhausted) { EndExhausted(now, ref output); }
        }
        else
        {
            Settle(session, now, ref output);
        }

        AtWork = null;
    }

    /// <summary>Does what is due.</summary>
    public void Tick<TOutput>(MonotonicTime now, ref TOutput output)
        where TOutput : struct, IRoomOutput
    {
        if (now >= _peersDeadline)
        {
            _peersDeadline = MonotonicTime.Never;
            for (var seat = 0; seat < _seats.Length; seat++)
            {
                if (_seats[seat] is not { } session) { continue; }

                if (now >= session.Peer.NextDeadline)
                {
                    AtWork = session.Peer;
                    var scope = Begin(ref output);
                    session.Peer.Tick(now, ref scope);
                }

                Settle(session, now, ref output);
            }

            AtWork = null;
        }

        _stage.Tick(now, ref output);
        _ended.Forget(now);
    }

    /// <summary>A fault has happened while working on this peer: it ends, and only it.</summary>
    public void Fail<TOutput>(Peer peer, MonotonicTime now, ref TOutput output)
        where TOutput : struct, IRoomOutput
    {
        ArgumentNullException.ThrowIfNull(peer);
        AtWork = null;
        _peersDeadline = now;   // the scan that the fault has cut short is made up for
        if (_seats[peer.Seat] is { } session && session.Peer == peer)
        {
            End(session, DisconnectReason.InternalError, now, ref output);
        }
    }

    /// <summary>Carries out a command; the reply is true from then on.</summary>
    public RoomReply Carry<TOutput>(RoomCommand command, MonotonicTime now, ref TOutput output)
        where TOutput : struct, IRoomOutput
    {
        switch (command)
        {
            case RoomCommand.Reserve reserve:
                return Reserve(reserve.Session, reserve.Reservation, now, ref output);
            case RoomCommand.Answer answer:
                return Answer(answer, now, ref output);
            case RoomCommand.Permit permit:
                return Permit(permit);
            case RoomCommand.Close close:
                if (_seats.Find(close.Session) is { } closed) { End(closed, close.Reason, now, ref output); }

                return RoomReply.Done.It;
            case RoomCommand.CloseAll closeAll:
                for (var seat = 0; seat < _seats.Length; seat++)
                {
                    if (_seats[seat] is { } session) { End(session, closeAll.Reason, now, ref output); }
                }

                return RoomReply.Done.It;
            case RoomCommand.ReadRoster:
                return new RoomReply.Roster([.. _seats.All.Select(
                    session => new RosterEntry(session.Id, session.Peer.Generation, session.Peer.Progress, session.Permissions))]);
            case RoomCommand.ReadStatistics read:
                return ReadStatistics(read.Session);
            default:
                throw new ArgumentException($"Unknown command {command}.", nameof(command));
        }
    }

    private RoomReply Reserve<TOutput>(string id, Reservation reservation, MonotonicTime now, ref TOutput output)
        where TOutput : struct, IRoomOutput
    {
        if (id.Length == 0 || reservation.Generation < 1 || reservation.VoiceSlots is < 1 or > VoiceSlots.CountMax)
        {
            return new RoomReply.Refused(RoomRefusal.Malformed);
        }

        var session = _seats.Find(id);
        var known = session?.Permissions ?? _ended.Find(id)?.Permissions;
        var generation = session?.Peer.Generation ?? _ended.Find(id)?.Statistics.Generation ?? 0;
        if (reservation.Generation < generation || (session is null && reservation.Generation == generation))
        {
            return new RoomReply.Refused(RoomRefusal.Superseded);
        }

        var permissions = known is null || reservation.Permissions.Version > known.Version ? reservation.Permissions : known;
        if (session is not null && reservation.Generation == generation)
        {
            Apply(session, permissions);
            return new RoomReply.Reserved(false, permissions);
        }

        if (session is null && _seats.Count >= _settings.SessionsMax) { return new RoomReply.Refused(RoomRefusal.Full); }

        if (session is not null) { Replace(session, now, ref output); }

        var seat = session?.Seat ?? _seats.NextFree;
        var voiceSlots = Math.Min(reservation.VoiceSlots, _settings.VoiceSlots);
        var identity = new PeerIdentity(id, reservation.Generation, _nextPeer++, seat, reservation.Kind, voiceSlots);
        var peer = new Peer(identity, _seams, _setup, _counters, now + reservation.ExpiresAfter);
        if (session is null)
        {
            session = new RoomSession(id, seat, permissions, peer);
            _seats.Add(session);
        }

        session.Peer = peer;
        _ended.Remove(id);
        Apply(session, permissions);
        _peersDeadline = MonotonicTime.Earlier(_peersDeadline, peer.NextDeadline);
        return new RoomReply.Reserved(true, permissions);
    }

    private RoomReply Answer<TOutput>(RoomCommand.Answer command, MonotonicTime now, ref TOutput output)
        where TOutput : struct, IRoomOutput
    {
        if (_seats.Find(command.Session) is not { } session)
        {
            var hasEnded = _ended.Find(command.Session)?.Statistics.Generation >= command.Generation;
            return new RoomReply.Refused(hasEnded ? RoomRefusal.Superseded : RoomRefusal.NotReserved);
        }

        if (command.Generation != session.Peer.Generation)
        {
            var isOld = command.Generation < session.Peer.Generation;
            return new RoomReply.Refused(isOld ? RoomRefusal.Superseded : RoomRefusal.NotReserved);
        }

        if (command.Number < 1) { return new RoomReply.Refused(RoomRefusal.Malformed); }

        var scope = Begin(ref output);
        var outcome = session.Peer.Answer(command.Number, command.Offer, now, ref scope);
        Settle(session, now, ref output);
        return outcome.Verdict switch
        {
            OfferVerdict.Answered => new RoomReply.Answered(
                command.Number, outcome.Answer!.Text, [.. PeerLines.Describe(outcome.Answer)]),
            OfferVerdict.Conflict => new RoomReply.Refused(RoomRefusal.OfferConflict),
            OfferVerdict.Superseded => new RoomReply.Refused(RoomRefusal.Superseded),
            _ => new RoomReply.Refused(RoomRefusal.OfferRefused, outcome.Detail),
        };
    }

    private RoomReply Permit(RoomCommand.Permit command)
    {
        if (_seats.Find(command.Session) is not { } session) { return new RoomReply.Refused(RoomRefusal.NotReserved); }

        // A late retry can neither mute nor unmute: it is told what holds.
        if (command.Permissions.Version > session.Permissions.Version) { Apply(session, command.Permissions); }

        return new RoomReply.Permitted(session.Permissions);
    }

    private RoomReply ReadStatistics(string id)
    {
        if (_seats.Find(id) is { } session) { return new RoomReply.Statistics(StatisticsOf(session)); }

        return _ended.Find(id) is { } ended
            ? new RoomReply.Statistics(ended.Statistics)
            : new RoomReply.Refused(RoomRefusal.NotReserved);
    }

    private static SessionStatistics StatisticsOf(RoomSession session) =>
        session.Peer.Statistics(line => VoiceStage.HeardOn(session.Voice, line));

    // Holds from the very next packet (promise 1).
    private void Apply(RoomSession session, Permissions permissions)
    {
        session.Permissions = permissions;
        session.Peer.Publication.Permit(permissions.Voice, permissions.Muted);
        Seat(session);
    }

    // A session is among the voices while it could speak, and among the listeners while it can be sent to.
    private void Seat(RoomSession session)
    {
        if (session.Peer.SendsVoice && session.Permissions.VoicePasses) { _stage.AddVoice(session.Voice); }
        else { _stage.RemoveVoice(session.Voice); }

        if (session.Peer.IsReachable) { _stage.AddListener(session.Voice, session.Peer); }
        else { _stage.RemoveListener(session.Voice); }
    }

    // What a fault has left unsaid must not be taken for the next peer's news.
    private PeerScope<TOutput> Begin<TOutput>(ref TOutput output)
        where TOutput : struct, IRoomOutput
    {
        _news.Clear();
        return new PeerScope<TOutput>(ref output, _news);
    }

    // After anything but a voice packet: what the peer said, and what follows from where it now stands.
    private void Settle<TOutput>(RoomSession session, MonotonicTime now, ref TOutput output)
        where TOutput : struct, IRoomOutput
    {
        if (_news.Count > 0) { Act(session, now, ref output); }

        Seat(session);
        _peersDeadline = MonotonicTime.Earlier(_peersDeadline, session.Peer.NextDeadline);
    }

    private void Act<TOutput>(RoomSession session, MonotonicTime now, ref TOutput output)
        where TOutput : struct, IRoomOutput
    {
        var peer = session.Peer;
        foreach (var news in _news)
        {
            if (RoomNews.Of(peer, news) is { } said) { output.Emit(said); }
            if (news.Kind == PeerEventKind.Moved) { VoiceStage.Redirect(session.Voice, peer.Route); }
            if (news.Kind == PeerEventKind.Closed) { Remove(session, now); }
        }

        _news.Clear();
    }

    private void End<TOutput>(RoomSession session, DisconnectReason reason, MonotonicTime now, ref TOutput output)
        where TOutput : struct, IRoomOutput
    {
        try
        {
            var scope = Begin(ref output);
            session.Peer.End(reason, now, ref scope);
            Act(session, now, ref output);
        }
        finally
        {
            // Also one whose end has failed, now or before: it has no deadline any more, so nothing else would ever bring it up.
            if (_seats[session.Seat] == session) { Evict(session); }
        }
    }

    private void EndExhausted<TOutput>(MonotonicTime now, ref TOutput output)
        where TOutput : struct, IRoomOutput
    {
        for (var seat = 0; seat < _seats.Length; seat++)
        {
            if (_seats[seat] is { } session && Array.Exists(session.Peer.Voices, voice => voice.IsExhausted))
            {
                End(session, DisconnectReason.KeyExhausted, now, ref output);
            }
        }
    }

    // The last peer of the session goes; its place, permissions and seat stay.
    private void Replace<TOutput>(RoomSession session, MonotonicTime now, ref TOutput output)
        where TOutput : struct, IRoomOutput
    {
        var old = session.Peer;
        var scope = Begin(ref output);
        old.End(DisconnectReason.Closed, now, ref scope);
        foreach (var news in _news)
        {
            if (news.Kind != PeerEventKind.Closed && RoomNews.Of(old, news) is { } said) { output.Emit(said); }
        }

        _news.Clear();
        Seat(session);
        old.Dispose();
    }

    private void Evict(RoomSession session)
    {
        _seats.Remove(session);
        _stage.RemoveVoice(session.Voice);
        _stage.RemoveListener(session.Voice);
        session.Peer.Dispose();
    }

    private void Remove(RoomSession session, MonotonicTime now)
    {
        var statistics = StatisticsOf(session);
        Seat(session);
        _seats.Remove(session);
        _ended.Add(session.Id, new EndedSession(session.Permissions, statistics, now + _setup.Limits.EndedKept));
        session.Peer.Dispose();
    }
}
