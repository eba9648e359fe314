using Calls.Contracts.Gateways;
using Calls.Contracts.Hosts;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Participants;
using Calls.Contracts.Workspace;
using Calls.Grains.Hosts;
using Microsoft.Extensions.Options;

namespace Calls.Grains.Calls;

/// <summary>One call. Each command: decide by a rule, save, act, answer. What acting still owes stays in the saved state.</summary>
[GrainType("call")]
internal sealed partial class CallGrain(
    [PersistentState("call")] IPersistentState<CallState> record,
    IWorkspace workspace,
    IRecords records,
    IOptionsMonitor<CallsGrainOptions> options,
    TimeProvider time,
    ILogger<CallGrain> log)
    : Grain, ICallGrain, IMediaNodeNews, IRemindable
{
    private readonly CallNews _news = new(time);
    private readonly HubsHeard _hubs = new(time);
    private readonly LastView _view = new();
    private CallMemory _memory = null!;
    private CallMedia _media = null!;
    private CallRoster _roster = null!;
    private CallPlacement _placement = null!;
    private CallSettlement _settlement = null!;
    private NodeReports _reports = null!;
    private CallOffers _offers = null!;

    private CallId Id => CallId.From(this.GetPrimaryKeyString());

    private CallState Call => _memory.State;

    // As they are now: an administrator may change them while calls go on.
    private CallLimits Limits => CallLimits.From(options.CurrentValue);

    private DateTimeOffset Now => time.GetUtcNow();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _memory = new CallMemory(record, Id, _news, GrainFactory, log, giveUp: DeactivateOnIdle, moved: HasMoved);
        _media = new CallMedia(GrainFactory, Id, new RegionName(options.CurrentValue.Region), this.AsReference<IMediaNodeNews>());
        _roster = new CallRoster(_memory, _media, () => Limits, time);
        _placement = new CallPlacement(_memory, _media, time, log);
        _settlement = new CallSettlement(_memory, _media, _placement, workspace, records, () => Limits, time, log);
        _reports = new NodeReports(_news, () => Limits, time, log);
        _offers = new CallOffers(_memory, _media, () => Limits, time);
        if (record.State.Phase == CallPhase.None)
        {
            // To be started, or over and spoken of once more, by its node or a participant: then it does not stay.
            StartUpkeep(rosterIsKnown: true);
            return Task.CompletedTask;
        }

        _memory.Load(SessionTransitions.Reawaken(record.State, Limits, Now));
        foreach (var session in Call.Sessions) { _hubs.Heard(session.Id); }

        log.Reawakened(Id, Call.Phase, Call.Sessions.Length);
        StartUpkeep(rosterIsKnown: false);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _memory.Unload();
        return Task.CompletedTask;
    }

    public async Task<Answer> Start(CallStart start)
    {
        using var span = GrainTelemetry.Start("call.start");
        var outcome = CallTransitions.Start(Call, Id, start, Limits, Now);
        if (!outcome.Answer.IsAccepted) { return GrainTelemetry.Answered("call.start", outcome.Answer); }

        _memory.Channel = start.News;
        _news.SetChannelGateways(start.ChannelGateways);
        await CarryOut(outcome);
        if (Call.Node is null && !await _placement.Place())
        {
            await Forget();
            return GrainTelemetry.Answered("call.start", Answer.Refuse(Refusal.NoMediaNode));
        }

        await this.RegisterOrUpdateReminder(ReminderName, s_reminderPeriod, s_reminderPeriod);
        StartUpkeep(rosterIsKnown: true);
        return GrainTelemetry.Answered("call.start", Answer.Accepted);
    }

    public Task<Answer> AttachPost(PostId post, PostId thread) => CarryOut(CallTransitions.AttachPost(Call, post, thread));

    public async Task<Answer<CallJoined>> Join(CallJoin join)
    {
        using var span = GrainTelemetry.Start("call.join", join.TraceParent);
        return GrainTelemetry.Answered("call.join", await Enter(join));
    }

    public async Task<Answer<PlacedAnswer>> Offer(MediaOffer offer)
    {
        using var span = GrainTelemetry.Start("call.offer");
        return GrainTelemetry.Answered("call.offer", await _offers.PassOn(offer));
    }

    public Task<Answer<SessionStatistics>> Statistics(SessionId session, MediaPlace? former) => _media.Statistics(Call, session, former);

    public async Task<Answer> Leave(SessionId session, LeaveReason reason)
    {
        using var span = GrainTelemetry.Start("call.leave");
        return GrainTelemetry.Answered("call.leave", await CarryOut(CallTransitions.Leave(Call, session, reason, by: null, Now)));
    }

    public async Task<Answer<SessionActed>> Act(SessionId session, SessionAction action)
    {
        var command = "call." + action.GetType().Name;
        using var span = GrainTelemetry.Start(command);
        var answer = await CarryOut(
            ActionTransitions.Act(Call, session, action, Now), other => ActionTransitions.Concerns(session, action, other));

        return GrainTelemetry.Answered(command, answer.IsAccepted
            ? new SessionActed(Call.Find(session)?.RaisedAt)
            : Answer<SessionActed>.Refuse(answer));
    }

    public async Task<Answer> Control(HostAuthor author, HostControl control)
    {
        var command = "call." + control.GetType().Name;
        using var span = GrainTelemetry.Start(command);
        var before = Call;
        var answer = await CarryOut(
            HostTransitions.Control(Call, author, control, Now),
            session => HostTransitions.Concerns(before, author, control, session));
        return GrainTelemetry.Answered(command, answer);
    }

    public Task<Answer> HubLost(SessionId session) => CarryOut(SessionTransitions.HubClosed(Call, session, Limits, Now));

    public async Task<Answer<CallResumed>> Resume(SessionId session, GatewaySubscription gateway, long lastSeq)
    {
        using var span = GrainTelemetry.Start("call.resume");
        var outcome = SessionTransitions.Resume(Call, session, gateway.Gateway);
        if (!outcome.Answer.IsAccepted)
        {
            return GrainTelemetry.Answered("call.resume", Answer<CallResumed>.Refuse(outcome.Answer));
        }

        _news.Renew(gateway);
        _hubs.Heard(session);
        await CarryOut(outcome);
        if (Call.Find(session) is not { } back) { return Answer<CallResumed>.Refuse(Refusal.SessionGone); }

        _reports.TellVoices(Call, back);
        var missed = _news.Since(lastSeq, Call.Sequence);
        return GrainTelemetry.Answered<CallResumed>(
            "call.resume", new CallResumed(missed, missed is null ? _view.Of(Call) : null, GrantOf(back)));
    }

    public Task<ImmutableArray<News>> Missed(long lastSeq) => Task.FromResult(_news.Since(lastSeq, Call.Sequence) ?? []);

    public Task<CallSnapshot?> Look() => Task.FromResult(Call.IsRunning ? _view.Of(Call) : null);

    public Task<bool> IsRunning() => Task.FromResult(Call.IsRunning);

    public Task<UserId?> Host() => Task.FromResult<UserId?>(Call.Phase == CallPhase.Live ? Call.Host : null);

    public Task TellVoices(SessionId session)
    {
        if (Call.Find(session) is { } present) { _reports.TellVoices(Call, present); }

        return Task.CompletedTask;
    }

    public Task<ImmutableArray<SessionId>> SessionsOf(UserId user) => Task.FromResult<ImmutableArray<SessionId>>(
        [.. Call.Sessions.Where(session => session.User == user).Select(session => session.Id)]);

    public async Task Watch(GatewaySubscription gateway, ImmutableArray<SessionId> sessions)
    {
        _news.Renew(gateway);
        var outcome = CallOutcome.Accept(Call);
        foreach (var session in sessions)
        {
            if (Call.Find(session)?.Gateway != gateway.Gateway)
            {
                TellGone(gateway, session);
                continue;
            }

            _hubs.Heard(session);
            outcome = outcome.Then(call => SessionTransitions.HubHeard(call, session, gateway.Gateway));
        }

        await CarryOut(outcome);
        _ = gateway.Observer.TellProgress(Id, Call.Sequence);
    }

    public Task SetChannel(ICallNews channel, ImmutableArray<GatewaySubscription> gateways)
    {
        _memory.RenewChannel(channel);
        _news.SetChannelGateways(gateways);
        return Task.CompletedTask;
    }

    public async Task<Answer> End(CallEndReason reason)
    {
        using var span = GrainTelemetry.Start("call.end");
        return GrainTelemetry.Answered("call.end", await CarryOut(CallTransitions.End(Call, reason, by: null, Now)));
    }

    private async Task<Answer<CallJoined>> Enter(CallJoin join)
    {
        var admission = CallTransitions.Admit(Call, join, Limits, Now);
        if (!admission.IsAccepted) { return Answer<CallJoined>.Refuse(admission.Plain); }

        var session = admission.Value!;
        if (join.Gateway is { } gateway)
        {
            _news.Renew(gateway);
            _hubs.Heard(session.Id);
        }

        if (Call.Find(session.Id) is null)
        {
            // A reservation is a lease: if it comes to nothing it ends by itself. So it may come before the save, and a
            // session that the node has no room for leaves nothing behind.
            var room = await _placement.MakeRoom(session, join.TraceParent);
            if (!room.IsAccepted) { return Answer<CallJoined>.Refuse(room.Plain); }

            var joined = await CarryOut(join.From is { } from
                ? CallTransitions.Move(Call, from, room.Value!)
                : CallTransitions.Join(Call, room.Value!, Now));
            if (!joined.IsAccepted) { return Answer<CallJoined>.Refuse(joined); }

            GrainTelemetry.Joined();
            _reports.Made(session.Id);
            log.Joined(Id, session.Id, Call.Sessions.Length);
        }
        else if (join.Gateway is not null)
        {
            await CarryOut(SessionTransitions.Resume(Call, session.Id, join.Gateway.Gateway));
        }

        if (Call.Find(session.Id) is not { } present) { return Answer<CallJoined>.Refuse(Refusal.NoCall); }

        _reports.TellVoices(Call, present);
        return new CallJoined(present.Id, _view.Of(Call), GrantOf(present), present.Muted);
    }

    private static MediaGrant GrantOf(SessionState session) => new(session.Generation, [], session.VoiceSlots);

    // Whatever the gateway believes, this session is over, or another gateway's; the news of it was lost.
    private void TellGone(GatewaySubscription gateway, SessionId session)
    {
        var reason = Call.Find(session) is not null ? LeaveReason.Moved
            : Call.IsRunning ? LeaveReason.ConnectionLost
            : LeaveReason.CallEnded;
        var ended = new CallEvent.SessionEnded(session, reason, By: null);
        _ = gateway.Observer.Tell(new News(new Audience.Session(session), Now, Seq: null, Id, ChannelId: null, ended));
    }
}
