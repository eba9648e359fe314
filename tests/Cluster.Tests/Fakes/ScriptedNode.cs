using System.Collections.Immutable;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;

namespace Calls.Cluster.Tests.Fakes;

/// <summary>A media node that does what the API of media nodes promises, without media; it can be restarted and made to refuse.</summary>
internal sealed class ScriptedNode : IMediaNode
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(CallId, SessionId), NodeRosterEntry> _sessions = [];
    private readonly Dictionary<(CallId, SessionId), int> _ended = [];
    private int _run;
    private int _commands;
    private NodeState _state;
    private long _stateVersion;
    private NodeError? _refusal;

    public ScriptedNode(double load = 0) => Load = load;

    public MediaNodeId Id { get; } = TestIds.New<MediaNodeId>();

    /// <summary>As its next heartbeat says it.</summary>
    public double Load { get; set; }

    /// <summary>How many sessions it takes.</summary>
    public int SessionsMax { get; set; } = 1000;

    /// <summary>Whether no command reaches it, though it is heard.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Whether commands are done and their answers lost.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>What answers to offers wait for; null: nothing.</summary>
    public Task? AnswersAfter { get; set; }

    /// <summary>Offers that have arrived.</summary>
    public int Offers { get; private set; }

    /// <summary>Commands that were tried, with success or not.</summary>
    public int Commands
    {
        get { lock (_lock) { return _commands; } }
    }

    /// <summary>The number of its next event.</summary>
    public long NextSequence
    {
        get { lock (_lock) { return 1 + Reservations.Count(made => made.Session.Incarnation == Incarnation); } }
    }

    public string Incarnation => $"{Id}-run-{_run}";

    /// <summary>Whether it takes new calls.</summary>
    public NodeState State
    {
        get { lock (_lock) { return _state; } }
        set
        {
            lock (_lock)
            {
                if (_state != value) { _stateVersion++; }

                _state = value;
            }
        }
    }

    /// <summary>Every reservation, in order.</summary>
    public List<(NodeSession Session, Reservation Reservation)> Reservations { get; } = [];

    /// <summary>What every command is answered with; null: as usual.</summary>
    public NodeError? Refusal
    {
        get { lock (_lock) { return _refusal; } }
        set { lock (_lock) { _refusal = value; } }
    }

    public NodeDescription Description => new(
        Id, Incarnation, "test", RegionName.Default, ApiUrl: null, State, ["127.0.0.1:8443"], 1000, 1000,
        new NodeLoad(Load, 0, 0, 0, 0, 0), _stateVersion);

    public NodeHeartbeat Heartbeat => new(Incarnation, State, 1, 1, Description.Load, 0, 0, _stateVersion);

    /// <summary>The process was killed and started again: another run, nothing left.</summary>
    public void Restart()
    {
        lock (_lock)
        {
            _run++;
            _state = NodeState.Active;
            _stateVersion = 0;
            _sessions.Clear();
            _ended.Clear();
        }
    }

    /// <summary>The media of a session is connected.</summary>
    public void Connect(CallId call, SessionId session) => Set(call, session, NodeSessionState.Connected);

    /// <summary>The node loses a session.</summary>
    public void Lose(CallId call, SessionId session)
    {
        lock (_lock) { _sessions.Remove((call, session)); }
    }

    /// <summary>A reservation of which nobody made use ends.</summary>
    public void Expire(CallId call, SessionId session)
    {
        lock (_lock) { End((call, session)); }
    }

    public NodeRosterEntry? Find(CallId call, SessionId session)
    {
        lock (_lock) { return _sessions.GetValueOrDefault((call, session)); }
    }

    public int SessionsOf(CallId call)
    {
        lock (_lock) { return _sessions.Keys.Count(key => key.Item1 == call); }
    }

    public Task<NodeDescription> Describe(CancellationToken cancellation) => Task.FromResult(Description);

    public Task<NodeAnswer<NodeDescription>> Drain(NodeStateChange change, CancellationToken cancellation) => Do(change.Incarnation, () =>
    {
        State = change.State;
        return (NodeAnswer<NodeDescription>)Description;
    });

    public Task<NodeAnswer<MediaPermissions>> Reserve(NodeSession session, Reservation reservation, CancellationToken cancellation) =>
        Do(session.Incarnation, () =>
        {
            Reservations.Add((session, reservation));
            var key = (session.Call, session.Session);
            if (_state != NodeState.Active && _sessions.Keys.All(other => other.Item1 != session.Call))
            {
                return NodeAnswer<MediaPermissions>.Refuse(NodeError.Draining);
            }

            if ((_sessions.TryGetValue(key, out var known) && known.Generation > reservation.Generation)
                || (known is null && _ended.GetValueOrDefault(key) >= reservation.Generation))
            {
                return NodeAnswer<MediaPermissions>.Refuse(NodeError.Superseded);
            }

            if (known is null && _sessions.Count >= SessionsMax) { return NodeAnswer<MediaPermissions>.Refuse(NodeError.Full); }

            var permissions = known is not null && known.Permissions.Version >= reservation.Permissions.Version
                ? known.Permissions
                : reservation.Permissions;
            var state = known?.Generation == reservation.Generation ? known.State : NodeSessionState.Reserved;
            _sessions[key] = new NodeRosterEntry(session.Session, reservation.Generation, state, permissions);
            return permissions;
        });

    public async Task<NodeAnswer<NodeSdpAnswer>> Answer(NodeSession session, NodeSdpOffer offer, CancellationToken cancellation)
    {
        Offers++;
        if (AnswersAfter is { } first) { await first; }

        return await Do(session.Incarnation, () =>
        {
            var key = (session.Call, session.Session);
            if (!_sessions.TryGetValue(key, out var known))
            {
                return NodeAnswer<NodeSdpAnswer>.Refuse(
                    _ended.GetValueOrDefault(key) >= offer.Generation ? NodeError.Superseded : NodeError.NotReserved);
            }

            if (known.Generation > offer.Generation) { return NodeAnswer<NodeSdpAnswer>.Refuse(NodeError.Superseded); }

            if (offer.Sdp == "unanswerable") { return NodeAnswer<NodeSdpAnswer>.Refuse(NodeError.SdpRejected, "sdp.noBundle"); }

            return new NodeSdpAnswer(offer.Number, $"answer {offer.Number} to {offer.Sdp}", [new MediaLine("0", LineRole.VoiceOut, 0)]);
        });
    }

    public Task<NodeAnswer<MediaPermissions>> Permit(NodeSession session, MediaPermissions permissions, CancellationToken cancellation) =>
        Do(session.Incarnation, () =>
        {
            var key = (session.Call, session.Session);
            if (!_sessions.TryGetValue(key, out var known)) { return NodeAnswer<MediaPermissions>.Refuse(NodeError.NotReserved); }

            if (permissions.Version > known.Permissions.Version) { known = known with { Permissions = permissions }; }

            _sessions[key] = known;
            return known.Permissions;
        });

    public Task<NodeAnswer<Nothing>> Close(NodeSession session, CancellationToken cancellation) => Do(session.Incarnation, () =>
    {
        End((session.Call, session.Session));
        return (NodeAnswer<Nothing>)Nothing.Value;
    });

    public Task<NodeAnswer<Nothing>> CloseCall(string incarnation, CallId call, CancellationToken cancellation) => Do(incarnation, () =>
    {
        foreach (var key in _sessions.Keys.Where(key => key.Item1 == call).ToArray()) { End(key); }

        return (NodeAnswer<Nothing>)Nothing.Value;
    });

    public Task<NodeAnswer<ImmutableArray<CallId>>> Calls(string incarnation, CancellationToken cancellation) => Do(incarnation, () =>
        (NodeAnswer<ImmutableArray<CallId>>)_sessions.Keys.Select(key => key.Item1).Distinct().ToImmutableArray());

    public Task<NodeAnswer<NodeRoster>> Roster(string incarnation, CallId call, CancellationToken cancellation) => Do(incarnation, () =>
        (NodeAnswer<NodeRoster>)new NodeRoster(0, [.. _sessions.Where(entry => entry.Key.Item1 == call).Select(entry => entry.Value)]));

    public Task<NodeAnswer<SessionStatistics>> Statistics(NodeSession session, CancellationToken cancellation) => Do(session.Incarnation, () =>
    {
        var key = (session.Call, session.Session);
        var known = _sessions.GetValueOrDefault(key);
        return known is null && !_ended.ContainsKey(key)
            ? NodeAnswer<SessionStatistics>.Refuse(NodeError.NotReserved)
            : new SessionStatistics(
                session.Session, 1, NodeSessionState.Connected, ConnectedSince: null, "udp", "127.0.0.1:8443", "127.0.0.x", "AeadAes128Gcm", RttMs: 1.5,
                known is null ? DisconnectReason.Closed : null, Lines: [], Changes: []);
    });

    private void End((CallId, SessionId) key)
    {
        if (_sessions.Remove(key, out var known)) { _ended[key] = known.Generation; }
    }

    private void Set(CallId call, SessionId session, NodeSessionState state)
    {
        lock (_lock) { _sessions[(call, session)] = _sessions[(call, session)] with { State = state }; }
    }

    private Task<NodeAnswer<T>> Do<T>(string incarnation, Func<NodeAnswer<T>> command)
    {
        lock (_lock)
        {
            _commands++;
            if (IsDeaf || _refusal is not null) { return Task.FromResult(NodeAnswer<T>.Refuse(_refusal ?? NodeError.Unreachable)); }

            var answer = incarnation == Incarnation ? command() : NodeAnswer<T>.Refuse(NodeError.WrongIncarnation);
            return Task.FromResult(LosesAnswers ? NodeAnswer<T>.Refuse(NodeError.Unreachable) : answer);
        }
    }
}
