using Calls.Contracts.MediaNodes;
using Calls.Contracts.Users;

namespace Calls.Grains.Calls;

/// <summary>Saving, telling, and settling what the saved state still owes (<see cref="CallDuty"/>).</summary>
internal sealed partial class CallGrain
{
    private const string ReminderName = "live";

    /// <summary>The shortest there is; finds a call whose silo died and to whom nobody returns.</summary>
    private static readonly TimeSpan s_reminderPeriod = TimeSpan.FromMinutes(1);

    /// <summary>How exact deadlines are, and how often what was not confirmed is tried again.</summary>
    private static readonly TimeSpan s_upkeepEvery = TimeSpan.FromSeconds(1);

    /// <summary>How often node and users are told anew that this call lives: both keep it in memory.</summary>
    private static readonly TimeSpan s_renewEvery = TimeSpan.FromSeconds(30);

    private IGrainTimer? _upkeep;
    private DateTimeOffset _renewAt;
    private bool _rosterIsKnown;

    public Task ReceiveReminder(string reminderName, TickStatus status) => Upkeep();

    public async Task NodeLost(MediaNodeId node, string incarnation)
    {
        if (_call.Node != node || _call.Incarnation != incarnation) { return; }

        NodeGone(log, Id, node);
        _voices.Clear();
        await CarryOut(MediaTransitions.NodeLost(_call, node, incarnation));
    }

    public async Task EventsLost(MediaNodeId node, string incarnation)
    {
        if (_call.Node != node || _call.Incarnation != incarnation) { return; }

        _rosterIsKnown = false;
        await Reconcile();
        await Settle();
    }

    public async Task NodeReported(MediaNodeId node, string incarnation, ImmutableArray<NodeEvent> events)
    {
        // News of a run that no longer carries the call is about media that is over.
        if (_call.Node != node || _call.Incarnation != incarnation) { return; }

        var outcome = CallOutcome.Accept(_call);
        foreach (var news in events)
        {
            outcome = outcome.Then(call => Take(call, news));
        }

        await CarryOut(outcome);
        foreach (var session in _call.Sessions) { TellSlots(session); }
    }

    private CallOutcome Take(CallState call, NodeEvent news)
    {
        switch (news)
        {
            case NodeEvent.Connected up: return SessionTransitions.MediaUp(call, up.Session, up.Generation);
            case NodeEvent.Resumed up: return SessionTransitions.MediaUp(call, up.Session, up.Generation);
            case NodeEvent.Stalled lost: return SessionTransitions.MediaLost(call, lost.Session, lost.Generation, _limits, Now);
            case NodeEvent.Disconnected lost:
                MediaOver(log, Id, lost.Session, lost.Reason);
                return SessionTransitions.MediaLost(call, lost.Session, lost.Generation, _limits, Now);
            case NodeEvent.FirstPacket { Generation: 1 } packet when call.Find(packet.Session) is { } session:
                GrainTelemetry.FirstPacket(Now - session.JoinedAt);
                break;
            case NodeEvent.Speaking speaking when _voices.Take(speaking):
                _news.TellAll(call, _voices.Speaking!);
                break;
            case NodeEvent.Slots slots:
                _voices.Take(slots);
                break;
            case NodeEvent.SessionSlots slots:
                _voices.Take(slots);
                break;
        }

        return CallOutcome.Accept(call);
    }

    private void TellSlots(SessionState session)
    {
        if (_voices.NewsFor(session) is { } slots) { _news.TellSession(_call, session, slots); }
    }

    private void TellVoices(SessionState session)
    {
        _voices.Forget(session.Id);
        TellSlots(session);
        if (_voices.Speaking is { } speaking) { _news.TellSession(_call, session, speaking); }
    }

    private async Task<Answer> CarryOut(CallOutcome outcome)
    {
        await Remember(outcome);
        await Settle();
        return outcome.Answer;
    }

    private async Task Remember(CallOutcome outcome)
    {
        var before = _call;
        _call = outcome.State;
        await Save();
        CountSessions(before, outcome.State);
        foreach (var effect in outcome.Effects) { Tell(outcome.State, effect); }

        if (before.IsRunning && outcome.State.End is { } end)
        {
            Ended(log, Id, end.Reason, end.At - outcome.State.StartedAt);
            _ = _channel?.CallEnded(Id);
        }
    }

    // Offers interleave with other commands: saves queue, and each writes the newest state.
    private Task Save() => _saving = SaveAfter(_saving);

    private async Task SaveAfter(Task previous)
    {
        await previous;
        if (ReferenceEquals(record.State, _call)) { return; }

        record.State = _call;
        try
        {
            await record.WriteStateAsync();
        }
        catch
        {
            // What is remembered here was never saved: the next activation reads what is true.
            DeactivateOnIdle();
            throw;
        }
    }

    private void Tell(CallState call, CallEffect effect)
    {
        switch (effect)
        {
            case CallEffect.UserEntered(var user):
                _ = GrainFactory.GetGrain<IUserGrain>(user.Value).EnteredCall(Id, call.Channel);
                break;
            case CallEffect.UserLeft(var user):
                _ = GrainFactory.GetGrain<IUserGrain>(user.Value).LeftCall(Id);
                break;
            case CallEffect.SessionOver(var reason):
                GrainTelemetry.Left(reason);
                break;
            default:
                _news.Tell(call, effect);
                break;
        }
    }

    private void StartUpkeep(bool rosterIsKnown)
    {
        _rosterIsKnown = rosterIsKnown;
        _renewAt = rosterIsKnown ? Now + s_renewEvery : Now;
        var dueIn = rosterIsKnown ? s_upkeepEvery : TimeSpan.Zero;
        _upkeep ??= this.RegisterGrainTimer(Upkeep, new GrainTimerCreationOptions(dueIn, s_upkeepEvery) { KeepAlive = true });
    }

    private async Task Upkeep()
    {
        if (_call.Phase == CallPhase.None)
        {
            await Forget();
            return;
        }

        if (!_rosterIsKnown) { await Reconcile(); }

        if (_call.IsRunning && Now >= _renewAt) { await Renew(); }

        await CarryOut(SilentHubs()
            .Then(call => SessionTransitions.Elapse(call, Now))
            .Then(call => CallTransitions.Elapse(call, _limits, Now)));
        _news.FlushRoster(_call);
    }

    private CallOutcome SilentHubs()
    {
        var silentSince = Now - GatewayFanOut.ForgottenAfter;
        var outcome = CallOutcome.Accept(_call);
        foreach (var session in _call.Sessions)
        {
            if (session.Hub == HubLink.Held && _hubHeardAt.GetValueOrDefault(session.Id) <= silentSince)
            {
                outcome = outcome.Then(call => SessionTransitions.HubSilent(call, session.Id, _limits, Now));
            }
        }

        return outcome;
    }

    private async Task Renew()
    {
        _renewAt = Now + s_renewEvery;
        foreach (var user in _call.Sessions.Select(session => session.User).Distinct())
        {
            _ = GrainFactory.GetGrain<IUserGrain>(user.Value).EnteredCall(Id, _call.Channel);
        }

        if (_call is not { Node: { } node, Incarnation: { } run }) { return; }

        var carried = await _media.Carry(node);
        if (carried.Error is NodeError.NotReserved or NodeError.WrongIncarnation || (carried.IsAccepted && carried.Value!.Incarnation != run))
        {
            await NodeLost(node, run);
        }
    }

    private async Task Reconcile()
    {
        if (_call.Phase != CallPhase.Live || _call is not { Node: { } node, Incarnation: { } run })
        {
            _rosterIsKnown = true;
            return;
        }

        var roster = await _media.Roster(_call);
        if (roster is { IsAccepted: true, Value: { } value })
        {
            _rosterIsKnown = true;
            await Remember(CallReconciliation.Apply(_call, value, _limits, Now));
        }
        else if (IsOver(roster.Error))
        {
            _rosterIsKnown = true;
            await NodeLost(node, run);
        }
    }

    private async Task Settle()
    {
        var due = CallDuty.Of(_call);
        if (due.Any(duty => duty is CallDuty.Place) && await Place()) { due = CallDuty.Of(_call); }

        await Task.WhenAll(due.Select(Settle));
        if (_call.End is { IsTidy: true }) { await Forget(); }
    }

    private Task Settle(CallDuty duty) => duty switch
    {
        CallDuty.Place => Task.CompletedTask,
        CallDuty.Move move => MoveSession(move.Session),
        CallDuty.Permit permit => PermitSession(permit.Session),
        CallDuty.Close close => CloseSession(close.Session),
        CallDuty.CloseCall => CloseCall(),
        CallDuty.FinishPost => FinishPost(),
        CallDuty.KeepRecord => KeepRecord(),
        _ => throw new InvalidOperationException($"Unknown duty {duty}."),
    };

    private async Task<bool> Place(MediaNodeId? notThis = null)
    {
        if (await _media.Place(notThis) is not var (node, incarnation)) { return false; }

        PlacedOn(log, Id, node);
        await Remember(CallOutcome.Accept(MediaTransitions.Placed(_call, node, incarnation)));
        return true;
    }

    // Ended and tidied up, or never begun: nothing is kept.
    private async Task Forget()
    {
        _upkeep?.Dispose();
        _upkeep = null;
        if (await this.GetReminder(ReminderName) is { } reminder) { await this.UnregisterReminder(reminder); }

        await record.ClearStateAsync();
        _call = record.State;
        DeactivateOnIdle();
    }

    private static bool IsOver(NodeError? error) => error is NodeError.WrongIncarnation or NodeError.NotReserved;

    private static void CountSessions(CallState before, CallState after)
    {
        if ((before.Phase == CallPhase.Live) != (after.Phase == CallPhase.Live))
        {
            GrainTelemetry.CallsChanged(after.Phase == CallPhase.Live ? 1 : -1);
        }

        foreach (var state in Enum.GetValues<SessionConnection>())
        {
            var change = after.Sessions.Count(session => session.Connection == state)
                - before.Sessions.Count(session => session.Connection == state);
            if (change != 0) { GrainTelemetry.SessionsChanged(state, change); }
        }
    }
}
