using System.Collections.Immutable;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Media.Rooms;
using Calls.MediaNode.Loops;
using Calls.MediaNode.Telemetry;
using Core = Calls.Media.Peers;

namespace Calls.MediaNode.Control;

/// <summary>
/// The node's API in this process: each command goes to the thread that owns the call, and is answered when it holds there.
/// </summary>
internal sealed class LocalMediaNode(
    NodeIdentity identity,
    MediaNodeOptions options,
    MediaNodeRuntime runtime,
    EventBacklog backlog,
    JoinTraces traces,
    MediaNodeMetrics metrics,
    TimeProvider time) : IMediaNode
{
    // A session that nobody answers for must not stay for hours; the default is 30 s.
    private const int ReservationSecondsMax = 600;

    private readonly Lock _lock = new();
    private NodeStanding _standing = new(NodeState.Active, 0);
    private DateTimeOffset _drainedBy = DateTimeOffset.MaxValue;
    private bool _isStopping;

    public NodeIdentity Identity => identity;

    public NodeState State => Standing.State;

    /// <summary>Its state, and which it is of those it had.</summary>
    public NodeStanding Standing => Volatile.Read(ref _standing);

    public bool HasSessions => runtime.Loops.Sessions > 0;

    private TimeSpan DrainTime => TimeSpan.FromSeconds(options.DrainSeconds);

    /// <inheritdoc/>
    public Task<NodeDescription> Describe(CancellationToken cancellation)
    {
        var standing = Standing;
        return Task.FromResult(new NodeDescription(
            identity.Id,
            identity.Incarnation,
            identity.Version,
            identity.Region,
            options.ControlPlane.Length == 0 ? null : options.ApiUrl,
            standing.State,
            [.. runtime.Addresses.SelectMany(one => one.Advertised).Select(NodeTranslation.Text)],
            options.MaxSessions,
            options.CallMaxSessions,
            runtime.Load.Read(),
            standing.Version));
    }

    /// <inheritdoc/>
    public async Task<NodeAnswer<NodeDescription>> Drain(NodeStateChange change, CancellationToken cancellation)
    {
        if (IsOther<NodeDescription>(change.Incarnation) is { } refused) { return refused; }

        Want(change.State, TimeSpan.FromSeconds(Math.Max(change.DeadlineSeconds, 0)));
        return await Describe(cancellation);
    }

    /// <inheritdoc/>
    public async Task<NodeAnswer<MediaPermissions>> Reserve(
        NodeSession session, Calls.Contracts.MediaNodes.Reservation reservation, CancellationToken cancellation) =>
        (await Place(session, reservation, cancellation)).Answer;

    /// <summary><see cref="Reserve"/>, and whether there was nothing like it before.</summary>
    public async Task<PlacedSession> Place(
        NodeSession session, Calls.Contracts.MediaNodes.Reservation reservation, CancellationToken cancellation)
    {
        if (IsOther<MediaPermissions>(session.Incarnation) is { } refused) { return new PlacedSession(refused); }

        if (reservation.ExpiresInSeconds is < 1 or > ReservationSecondsMax)
        {
            return new PlacedSession(NodeAnswer<MediaPermissions>.Refuse(
                NodeError.Malformed, $"expiresInSeconds must be 1 to {ReservationSecondsMax}."));
        }

        var startedAt = time.GetUtcNow();
        var command = new RoomCommand.Reserve(session.Session.Value, NodeTranslation.ToCore(reservation));
        var answer = await Ask(session.Call, command, opens: State == NodeState.Active, cancellation);
        if (answer is null) { return new PlacedSession(NodeAnswer<MediaPermissions>.Refuse(NodeError.TooFast)); }

        if (answer is not { Reply: RoomReply.Reserved reserved })
        {
            return new PlacedSession(NodeTranslation.Refusal<MediaPermissions>(answer.Value, NodeError.Draining));
        }

        if (reserved.IsNew) { traces.Reserved(session.Session, reservation.Generation, reservation.TraceParent, startedAt); }

        return new PlacedSession(NodeTranslation.ToContract(reserved.Permissions), reserved.IsNew);
    }

    /// <inheritdoc/>
    public async Task<NodeAnswer<NodeSdpAnswer>> Answer(
        NodeSession session, NodeSdpOffer offer, CancellationToken cancellation)
    {
        if (IsOther<NodeSdpAnswer>(session.Incarnation) is { } refused) { return refused; }

        var command = new RoomCommand.Answer(session.Session.Value, offer.Generation, offer.Number, offer.Sdp);
        var answer = await Ask(session.Call, command, opens: false, cancellation);
        if (answer is null) { return NodeAnswer<NodeSdpAnswer>.Refuse(NodeError.TooFast); }

        if (answer is not { Reply: RoomReply.Answered answered })
        {
            return NodeTranslation.Refusal<NodeSdpAnswer>(answer.Value, NodeError.NotReserved);
        }

        traces.Answered(session.Session);
        return NodeTranslation.ToContract(answered);
    }

    /// <inheritdoc/>
    public async Task<NodeAnswer<MediaPermissions>> Permit(
        NodeSession session, MediaPermissions permissions, CancellationToken cancellation)
    {
        if (IsOther<MediaPermissions>(session.Incarnation) is { } refused) { return refused; }

        var command = new RoomCommand.Permit(session.Session.Value, NodeTranslation.ToCore(permissions));
        var answer = await Ask(session.Call, command, opens: false, cancellation);
        if (answer is null) { return NodeAnswer<MediaPermissions>.Refuse(NodeError.TooFast); }

        return answer is { Reply: RoomReply.Permitted permitted }
            ? NodeTranslation.ToContract(permitted.Permissions)
            : NodeTranslation.Refusal<MediaPermissions>(answer.Value, NodeError.NotReserved);
    }

    /// <inheritdoc/>
    public async Task<NodeAnswer<Nothing>> Close(NodeSession session, CancellationToken cancellation) =>
        IsOther<Nothing>(session.Incarnation) ??
        await Done(session.Call, new RoomCommand.Close(session.Session.Value), cancellation);

    /// <inheritdoc/>
    public async Task<NodeAnswer<Nothing>> CloseCall(string incarnation, CallId call, CancellationToken cancellation) =>
        IsOther<Nothing>(incarnation) ?? await Done(call, new RoomCommand.CloseAll(), cancellation);

    /// <inheritdoc/>
    public async Task<NodeAnswer<ImmutableArray<CallId>>> Calls(string incarnation, CancellationToken cancellation)
    {
        if (IsOther<ImmutableArray<CallId>>(incarnation) is { } refused) { return refused; }

        var calls = ImmutableArray.CreateBuilder<CallId>();
        foreach (var loop in runtime.Loops.Loops)
        {
            var work = new CallsWork();
            if (!LoopSet.Post(loop, work)) { return NodeAnswer<ImmutableArray<CallId>>.Refuse(NodeError.TooFast); }

            calls.AddRange(await work.Answer.WaitAsync(cancellation));
        }

        return calls.ToImmutable();
    }

    /// <inheritdoc/>
    public async Task<NodeAnswer<NodeRoster>> Roster(string incarnation, CallId call, CancellationToken cancellation)
    {
        if (IsOther<NodeRoster>(incarnation) is { } refused) { return refused; }

        // Numbered before the roster is read: what comes between may be told twice, but never be taken for known.
        var sequence = backlog.NumberAll();
        var answer = await Ask(call, new RoomCommand.ReadRoster(), opens: false, cancellation);
        return answer is null
            ? NodeAnswer<NodeRoster>.Refuse(NodeError.TooFast)
            : new NodeRoster(
                sequence,
                answer.Value.Reply is RoomReply.Roster roster ? [.. roster.Sessions.Select(NodeTranslation.ToContract)] : []);
    }

    /// <inheritdoc/>
    public async Task<NodeAnswer<SessionStatistics>> Statistics(NodeSession session, CancellationToken cancellation)
    {
        if (IsOther<SessionStatistics>(session.Incarnation) is { } refused) { return refused; }

        var answer = await Ask(
            session.Call, new RoomCommand.ReadStatistics(session.Session.Value), opens: false, cancellation);
        if (answer is null) { return NodeAnswer<SessionStatistics>.Refuse(NodeError.TooFast); }

        return answer is { Reply: RoomReply.Statistics known }
            ? NodeTranslation.ToContract(known.Session, runtime.Clock)
            : NodeTranslation.Refusal<SessionStatistics>(answer.Value, NodeError.NotReserved);
    }

    /// <summary>
    /// The control plane wants this state of a node that stood so when it was asked. If that has changed since, the wish may be older
    /// than what changed it.
    /// </summary>
    public void Want(NodeState wanted, NodeStanding asOf)
    {
        if (asOf == Standing) { Want(wanted, DrainTime); }
    }

    /// <summary>The process is ending: drains within the time a host grants, and nobody can call it back.</summary>
    public void StopTaking()
    {
        _isStopping = true;
        Want(NodeState.Draining, DrainTime);

        // It may be draining already, for an administrator who granted a day.
        var endsAt = time.GetUtcNow() + DrainTime;
        lock (_lock)
        {
            if (endsAt < _drainedBy) { _drainedBy = endsAt; }
        }

        FinishDrain();
    }

    /// <summary>A draining node whose calls are gone, or whose time is up, is drained.</summary>
    public void FinishDrain()
    {
        if (State != NodeState.Draining) { return; }

        if (IsTimeUp()) { _ = CloseAll(Core.DisconnectReason.Drained); }

        if (!HasSessions) { Change(NodeState.Drained); }
    }

    /// <summary>Ends all sessions, with a goodbye to each.</summary>
    public async Task CloseAll(Core.DisconnectReason reason)
    {
        foreach (var loop in runtime.Loops.Loops)
        {
            var work = new CloseAllWork(reason);
            if (LoopSet.Post(loop, work)) { await work.Done; }
        }
    }

    private bool IsTimeUp()
    {
        lock (_lock) { return time.GetUtcNow() >= _drainedBy; }
    }

    private void Want(NodeState wanted, TimeSpan within)
    {
        if (wanted == NodeState.Active)
        {
            if (!_isStopping) { Change(NodeState.Active); }
        }
        else if (State == NodeState.Active)
        {
            lock (_lock) { _drainedBy = time.GetUtcNow() + within; }

            Change(NodeState.Draining);
            FinishDrain();
        }
    }

    private void Change(NodeState state)
    {
        lock (_lock)
        {
            if (State == state) { return; }

            Volatile.Write(ref _standing, new NodeStanding(state, _standing.Version + 1));
        }

        backlog.Add(new NodeEvent.NodeStateChanged(time.GetUtcNow(), state));
        runtime.NoteState(state);
    }

    private NodeAnswer<T>? IsOther<T>(string incarnation) => incarnation == identity.Incarnation
        ? null
        : NodeAnswer<T>.Refuse(NodeError.WrongIncarnation, $"This run is {identity.Incarnation}.");

    private async Task<NodeAnswer<Nothing>> Done(CallId call, RoomCommand command, CancellationToken cancellation)
    {
        var answer = await Ask(call, command, opens: false, cancellation);
        return answer is null ? NodeAnswer<Nothing>.Refuse(NodeError.TooFast) : Nothing.Value;
    }

    // Null: the loop's mailbox is full.
    private async Task<RoomAnswer?> Ask(CallId call, RoomCommand command, bool opens, CancellationToken cancellation)
    {
        var startedAt = time.GetTimestamp();
        try
        {
            return runtime.Loops.Ask(call, command, opens) is { } answer ? await answer.WaitAsync(cancellation) : null;
        }
        finally
        {
            metrics.NoteCommand(NodeTranslation.NameOf(command), time.GetElapsedTime(startedAt));
        }
    }
}

/// <summary>How a node stands.</summary>
/// <param name="Version">How often that has changed in this run.</param>
internal sealed record NodeStanding(NodeState State, long Version);

/// <summary>What became of a reservation.</summary>
/// <param name="IsNew">It made the session, or its next peer; false for a repeat and for a refusal.</param>
internal sealed record PlacedSession(NodeAnswer<MediaPermissions> Answer, bool IsNew = false);
