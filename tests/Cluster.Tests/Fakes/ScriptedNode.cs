using System.Collections.Immutable;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;

namespace Calls.Cluster.Tests.Fakes;

/// <summary>A media node that does what the API of media nodes promises, without media; it can be restarted and made to refuse.</summary>
internal sealed class ScriptedNode : IMediaNode
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(CallId, SessionId), NodeRosterEntry> _sessions = [];
    private readonly HashSet<(CallId, SessionId)> _ended = [];
    private int _run;
    private NodeState _state;
    private NodeError? _refusal;

    public ScriptedNode(double load = 0) => Load = load;

    public MediaNodeId Id { get; } = TestIds.New<MediaNodeId>();

    public double Load { get; }

    public string Incarnation => $"{Id}-run-{_run}";

    /// <summary>Whether it takes new calls.</summary>
    public NodeState State
    {
        get { lock (_lock) { return _state; } }
        set { lock (_lock) { _state = value; } }
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
        new NodeLoad(Load, 0, 0, 0, 0, 0));

    public NodeHeartbeat Heartbeat => new(Incarnation, State, 1, 1, Description.Load, 0, 0);

    /// <summary>The process was killed and started again: another run, nothing left.</summary>
    public void Restart()
    {
        lock (_lock)
        {
            _run++;
            _state = NodeState.Active;
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

            if (_sessions.TryGetValue(key, out var known) && known.Generation > reservation.Generation)
            {
                return NodeAnswer<MediaPermissions>.Refuse(NodeError.Superseded);
            }

            var permissions = known is not null && known.Permissions.Version >= reservation.Permissions.Version
                ? known.Permissions
                : reservation.Permissions;
            _sessions[key] = new NodeRosterEntry(session.Session, reservation.Generation, NodeSessionState.Reserved, permissions);
            return permissions;
        });

    public Task<NodeAnswer<NodeSdpAnswer>> Answer(NodeSession session, NodeSdpOffer offer, CancellationToken cancellation) =>
        Do(session.Incarnation, () =>
        {
            if (!_sessions.TryGetValue((session.Call, session.Session), out var known))
            {
                return NodeAnswer<NodeSdpAnswer>.Refuse(NodeError.NotReserved);
            }

            if (known.Generation > offer.Generation) { return NodeAnswer<NodeSdpAnswer>.Refuse(NodeError.Superseded); }

            if (offer.Sdp == "unanswerable") { return NodeAnswer<NodeSdpAnswer>.Refuse(NodeError.SdpRejected, "sdp.noBundle"); }

            return new NodeSdpAnswer(offer.Number, $"answer {offer.Number} to {offer.Sdp}", [new MediaLine("0", LineRole.VoiceOut, 0)]);
        });

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
        if (_sessions.Remove((session.Call, session.Session))) { _ended.Add((session.Call, session.Session)); }

        return (NodeAnswer<Nothing>)Nothing.Value;
    });

    public Task<NodeAnswer<Nothing>> CloseCall(string incarnation, CallId call, CancellationToken cancellation) => Do(incarnation, () =>
    {
        foreach (var key in _sessions.Keys.Where(key => key.Item1 == call))
        {
            _sessions.Remove(key);
            _ended.Add(key);
        }

        return (NodeAnswer<Nothing>)Nothing.Value;
    });

    public Task<NodeAnswer<ImmutableArray<CallId>>> Calls(string incarnation, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<NodeAnswer<NodeRoster>> Roster(string incarnation, CallId call, CancellationToken cancellation) => Do(incarnation, () =>
        (NodeAnswer<NodeRoster>)new NodeRoster(0, [.. _sessions.Where(entry => entry.Key.Item1 == call).Select(entry => entry.Value)]));

    public Task<NodeAnswer<SessionStatistics>> Statistics(NodeSession session, CancellationToken cancellation) => Do(session.Incarnation, () =>
    {
        var key = (session.Call, session.Session);
        var known = _sessions.GetValueOrDefault(key);
        return known is null && !_ended.Contains(key)
            ? NodeAnswer<SessionStatistics>.Refuse(NodeError.NotReserved)
            : new SessionStatistics(
                session.Session, 1, NodeSessionState.Connected, ConnectedSince: null, "udp", "127.0.0.1:8443", "127.0.0.x", "AeadAes128Gcm", RttMs: 1.5,
                known is null ? DisconnectReason.Closed : null, Lines: [], Changes: []);
    });

    private void Set(CallId call, SessionId session, NodeSessionState state)
    {
        lock (_lock) { _sessions[(call, session)] = _sessions[(call, session)] with { State = state }; }
    }

    private Task<NodeAnswer<T>> Do<T>(string incarnation, Func<NodeAnswer<T>> command)
    {
        lock (_lock)
        {
            return Task.FromResult(
                _refusal is { } refusal ? NodeAnswer<T>.Refuse(refusal)
                : incarnation != Incarnation ? NodeAnswer<T>.Refuse(NodeError.WrongIncarnation)
                : command());
        }
    }
}
