using Calls.Contracts.MediaNodes;
using Calls.Contracts.Regions;

namespace Calls.Grains.MediaNodes;

/// <summary>One media node as the cluster sees it. Passes commands on; tells the calls it carries when its run is over.</summary>
[GrainType("media-node")]
internal sealed partial class MediaNodeGrain(
    [PersistentState("media-node")] IPersistentState<MediaNodeState> record,
    MediaNodeClients clients,
    TimeProvider time,
    ILogger<MediaNodeGrain> log)
    : Grain, IMediaNodeGrain
{
    private static readonly TimeSpan s_judgeEvery = TimeSpan.FromSeconds(1);

    /// <summary>What an administrator drains may wait a day for a place to go to: nobody is cut off for having none.</summary>
    private static readonly TimeSpan s_drainedWithin = TimeSpan.FromDays(1);

    private static readonly NodeLoad s_unknownLoad = new(0, 0, 0, 0, 0, 0);

    private readonly SteadyClock _clock = new(time);
    private readonly CarriedCalls _carried = new(time);
    private readonly EventLedger _ledger = new();
    private readonly NodeHearing _hearing = new();
    private MediaNodeClient? _client;
    private NodeLoad _load = s_unknownLoad;
    private DateTimeOffset _heardAt;
    private NodeHealth _health;
    private IGrainTimer? _judging;

    private MediaNodeId Id => MediaNodeId.From(this.GetPrimaryKeyString());

    private MediaNodeState Node => record.State;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // A node that was registered has the usual time to be heard of again.
        _heardAt = _clock.Now;
        if (record.RecordExists) { StartJudging(); }

        return Task.CompletedTask;
    }

    public async Task<NodeRegistered> Register(NodeRegistration registration)
    {
        var node = registration.Node;
        var known = Node.Registered(node);
        if (Node.Incarnation != node.Incarnation)
        {
            // A run that is not known here but has had calls was given up. They went elsewhere or ended, and nobody could tell it.
            // One that was given up for answering nothing has to answer first.
            known = known with
            {
                IsToBeEmptied = registration.NextSequence > 1 || node.Load.Calls > 0 || _hearing.DeafSince is not null,
            };
            TellOver();
            _ledger.Begin();
        }

        Registered(log, Id, node.Incarnation, node.Version, node.ApiUrl);
        _client = null;
        await Save(known);
        StartJudging();
        if (Node.IsToBeEmptied) { await Empty(); }

        await Heard(node.Load);
        return new NodeRegistered(NodeLiveness.HeartbeatSeconds, _ledger.Acknowledged);
    }

    public async Task<NodeHeartbeatAnswer?> Heartbeat(NodeHeartbeat heartbeat)
    {
        if (!IsRun(heartbeat.Incarnation)) { return null; }

        var heard = Node.Heard(heartbeat.State, heartbeat.StateVersion);
        if (heard != Node) { await Change(heard); }

        if (Node.IsToBeTold) { await TellWanted(); }

        if (Node.IsToBeEmptied) { await Empty(); }

        await Heard(heartbeat.Load);
        return new NodeHeartbeatAnswer(_ledger.Acknowledged, Node.IsToBeTold ? Node.Wanted : null);
    }

    public Task<NewNodeEvents?> NewEvents(string incarnation, long firstSequence, int count)
    {
        if (!IsRun(incarnation)) { return Task.FromResult<NewNodeEvents?>(null); }

        var judged = _ledger.Judge(firstSequence, count, out var isLost);
        if (isLost) { TellLost(); }

        return Task.FromResult<NewNodeEvents?>(judged);
    }

    public Task<NodeEventsAnswer> EventsTaken(string incarnation, long lastSequence)
    {
        if (IsRun(incarnation)) { _ledger.Take(lastSequence); }

        return Task.FromResult(new NodeEventsAnswer(_ledger.Acknowledged));
    }

    public Task Resync(string incarnation)
    {
        if (IsRun(incarnation)) { TellLost(); }

        return Task.CompletedTask;
    }

    public Task<NodeAnswer<CarriedCall>> Carry(CallId call, IMediaNodeNews news)
    {
        if (Node.Incarnation is not { } run || Node.IsToBeEmptied)
        {
            return Task.FromResult(NodeAnswer<CarriedCall>.Refuse(NodeError.NotReserved));
        }

        _carried.Renew(call, news);
        return Task.FromResult<NodeAnswer<CarriedCall>>(new CarriedCall(run, Node.Drains));
    }

    public Task<NodeAnswer<MediaPermissions>> Reserve(NodeSession session, Reservation reservation) =>
        Ask("node.reserve", session.Incarnation, (node, limit) => node.Reserve(session, reservation, limit));

    public Task<NodeAnswer<NodeSdpAnswer>> Answer(NodeSession session, NodeSdpOffer offer) =>
        Ask("node.answer", session.Incarnation, (node, limit) => node.Answer(session, offer, limit));

    public Task<NodeAnswer<MediaPermissions>> Permit(NodeSession session, MediaPermissions permissions) =>
        Ask("node.permit", session.Incarnation, (node, limit) => node.Permit(session, permissions, limit));

    public Task<NodeAnswer<Nothing>> Close(NodeSession session) =>
        Ask("node.close", session.Incarnation, (node, limit) => node.Close(session, limit));

    public Task<NodeAnswer<Nothing>> CloseCall(string incarnation, CallId call)
    {
        _carried.Remove(call);
        return Ask("node.close_call", incarnation, (node, limit) => node.CloseCall(incarnation, call, limit));
    }

    public Task<NodeAnswer<NodeRoster>> Roster(string incarnation, CallId call) =>
        Ask("node.roster", incarnation, (node, limit) => node.Roster(incarnation, call, limit));

    public Task<NodeAnswer<SessionStatistics>> Statistics(NodeSession session) =>
        Ask("node.statistics", session.Incarnation, (node, limit) => node.Statistics(session, limit));

    public async Task<NodeAnswer<NodeDescription>> Drain(bool draining)
    {
        if (Node.Incarnation is null) { return NodeAnswer<NodeDescription>.Refuse(NodeError.NotReserved); }

        Drains(log, Id, draining);
        await Change(Node with { Wanted = draining ? NodeState.Draining : NodeState.Active });
        var answer = await TellWanted();
        await Report();
        return answer;
    }

    public Task<NodeDescription?> Describe() =>
        Task.FromResult(Node.Incarnation is null ? null : Node.Describe(Id, _load));

    // A call's command. What a run had before it was given up is no call's any more.
    private async Task<NodeAnswer<T>> Ask<T>(
        string command, string incarnation, Func<IMediaNode, CancellationToken, Task<NodeAnswer<T>>> ask)
    {
        if (Node.IsToBeEmptied) { return NodeAnswer<T>.Refuse(NodeError.WrongIncarnation); }

        return _hearing.DeafSince is { } since && IsRun(incarnation)
            ? NodeAnswer<T>.Refuse(NodeError.Unreachable, $"It has answered nothing since {since:O}.")
            : await Command(command, incarnation, ask);
    }

    private async Task<NodeAnswer<T>> Command<T>(
        string command, string incarnation, Func<IMediaNode, CancellationToken, Task<NodeAnswer<T>>> ask)
    {
        using var span = GrainTelemetry.Start(command);
        if (!IsRun(incarnation)) { return NodeAnswer<T>.Refuse(NodeError.WrongIncarnation); }

        _client ??= await clients.Find(Id, Node.ApiUrl);
        if (_client is null) { return NodeAnswer<T>.Refuse(NodeError.Unreachable, "The node says no address."); }

        var answer = await _client.Ask(ask);
        if (answer.Error == NodeError.Unreachable) { Unreachable(log, Id, command, answer.Detail); }

        _hearing.Take(isAnswered: answer.Error != NodeError.Unreachable, _clock.Now);
        return answer;
    }

    private async Task<NodeAnswer<NodeDescription>> TellWanted()
    {
        var change = new NodeStateChange(Node.Incarnation!, Node.Wanted!.Value, (int)s_drainedWithin.TotalSeconds);
        var answer = await Command("node.drain", change.Incarnation, (node, limit) => node.Drain(change, limit));
        if (answer.Value is { } node) { await Change(Node.Heard(node.State, node.StateVersion)); }

        return answer;
    }

    private async Task Empty()
    {
        var run = Node.Incarnation!;
        var held = await Command("node.calls", run, (node, limit) => node.Calls(run, limit));
        if (!held.IsAccepted) { return; }

        var closed = await Task.WhenAll(held.Value.Select(call =>
            Command("node.close_call", run, (node, limit) => node.CloseCall(run, call, limit))));
        var isDone = closed.All(answer => answer.IsAccepted);
        Emptied(log, Id, closed.Length, isDone);
        if (isDone) { await Save(Node with { IsToBeEmptied = false }); }
    }

    private bool IsRun(string incarnation) => Node.Incarnation == incarnation;

    private async Task Heard(NodeLoad load)
    {
        _load = load;
        _heardAt = _clock.Now;
        _health = _hearing.DeafSince is null ? NodeHealth.Alive : NodeHealth.Late;
        await Report();
    }

    private void StartJudging() => _judging ??= this.RegisterGrainTimer(
        Judge, new GrainTimerCreationOptions(s_judgeEvery, s_judgeEvery) { KeepAlive = true });

    private async Task Judge()
    {
        if (Node.Incarnation is not { } run)
        {
            // Nothing is known of it any more until it registers again.
            if (record.RecordExists) { await record.ClearStateAsync(); }

            _judging?.Dispose();
            _judging = null;
            return;
        }

        _carried.Forget();
        if (_hearing.IsInDoubt) { await Command("node.calls", run, (node, limit) => node.Calls(run, limit)); }

        // One that is to be emptied carries nothing that would have to be told.
        var deafSince = Node.IsToBeEmptied ? null : _hearing.DeafSince;
        var health = NodeLiveness.Judge(_heardAt, deafSince, _clock.Now);
        if (health == _health) { return; }

        HealthChanged(log, Id, health);
        _health = health;
        if (health == NodeHealth.Dead)
        {
            TellOver();
            await Save(Node with { Incarnation = null });
        }

        await Report();
    }

    private Task Report() => GrainFactory.GetGrain<IRegionGrain>(new RegionName(Node.Region).GrainKey).Report(new NodeReport(
        Id, Node.TakesCalls && _health == NodeHealth.Alive, _load));

    // The run is over, and from now on nobody is sent there: what it carried is told. Before that is saved, since if saving fails, who
    // is to be told is forgotten with the rest.
    private void TellOver()
    {
        if (Node.Incarnation is not { } run) { return; }

        foreach (var news in _carried.Present) { _ = news.NodeLost(Id, run); }

        _carried.Clear();
    }

    // Whoever is carried when it begins to drain is told; whoever asks later is answered so.
    private async Task Change(MediaNodeState next)
    {
        var begins = next.Drains && !Node.Drains;
        await Save(next);
        if (!begins) { return; }

        foreach (var news in _carried.Present) { _ = news.NodeDrains(Id, next.Incarnation!); }
    }

    private void TellLost()
    {
        var carried = _carried.Present;
        EventsWereLost(log, Id, carried.Length);
        foreach (var news in carried) { _ = news.EventsLost(Id, Node.Incarnation!); }
    }

    private Task Save(MediaNodeState state) => record.Save(state, DeactivateOnIdle);
}
