using Calls.Contracts.MediaNodes;

namespace Calls.Grains.Calls;

/// <summary>What keeps a call right while nobody commands it: time, its node's reports, and what must be said anew.</summary>
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
    private long? _renewedAt;

    public Task ReceiveReminder(string reminderName, TickStatus status) => Upkeep();

    public async Task NodeLost(MediaNodeId node, string incarnation)
    {
        if (Call.Node != node || Call.Incarnation != incarnation) { return; }

        log.NodeGone(Id, node);
        await CarryOut(MediaTransitions.NodeLost(Call, node, incarnation));
    }

    public async Task NodeDrains(MediaNodeId node, string incarnation)
    {
        if (Call.Node != node || Call.Incarnation != incarnation) { return; }

        log.NodeDrains(Id, node);
        await _placement.GoElsewhere();
        await Settle();
    }

    public async Task EventsLost(MediaNodeId node, string incarnation)
    {
        if (Call.Node != node || Call.Incarnation != incarnation) { return; }

        _roster.IsKnown = false;
        await Reconcile();
        await Settle();
    }

    public async Task NodeReported(MediaNodeId node, string incarnation, ImmutableArray<NodeEvent> events)
    {
        // News of a run that no longer carries the call is about media that is over.
        if (Call.Node != node || Call.Incarnation != incarnation) { return; }

        var outcome = CallOutcome.Accept(Call);
        foreach (var news in events)
        {
            outcome = outcome.Then(call => _reports.Take(call, news, Now));
        }

        await CarryOut(outcome);
        _reports.TellSlots(Call);
    }

    private async Task<Answer> CarryOut(CallOutcome outcome)
    {
        await _memory.Remember(outcome);
        await Settle();
        return outcome.Answer;
    }

    // What is decided is saved, and repeated until the node holds it; but who asked is told that it does not hold yet (D15).
    private async Task<Answer> CarryOut(CallOutcome outcome, Func<SessionId, bool> concerned)
    {
        _settlement.TryAgain(concerned);
        var answer = await CarryOut(outcome);
        return answer.IsAccepted && CallDuty.IsOwed(Call, concerned) ? Answer.Refuse(Refusal.Unavailable) : answer;
    }

    // What the former node said does not hold on the next, and what that one has of the call is to be asked.
    private void HasMoved()
    {
        _reports.Clear();
        _roster.IsKnown = false;
    }

    private async Task Settle()
    {
        await _settlement.Settle();
        if (Call.End is { IsTidy: true }) { await Forget(); }
    }

    private void StartUpkeep(bool rosterIsKnown)
    {
        _roster.IsKnown = rosterIsKnown;
        _renewedAt = rosterIsKnown ? time.GetTimestamp() : null;
        var dueIn = rosterIsKnown ? s_upkeepEvery : TimeSpan.Zero;
        _upkeep ??= this.RegisterGrainTimer(Upkeep, new GrainTimerCreationOptions(dueIn, s_upkeepEvery) { KeepAlive = true });
    }

    private async Task Upkeep()
    {
        if (Call.Phase == CallPhase.None)
        {
            await Forget();
            return;
        }

        _settlement.TryAgain();
        await Reconcile();
        if (Call.IsRunning && (_renewedAt is not { } renewedAt || time.GetElapsedTime(renewedAt) >= s_renewEvery)) { await Renew(); }

        await CarryOut(_hubs.Silent(Call, Limits, Now)
            .Then(call => SessionTransitions.Elapse(call, Now))
            .Then(call => CallTransitions.Elapse(call, Limits, Now)));
        _news.FlushRoster(Call);
        _hubs.ForgetGone(Call);
        _reports.ForgetGone(Call);
    }

    private async Task Renew()
    {
        _renewedAt = time.GetTimestamp();
        _memory.RenewUsers();
        if (Call is not { Node: { } node, Incarnation: { } run }) { return; }

        var carried = await _media.Carry(node);
        if (CallMedia.IsOver(carried.Error) || (carried.IsAccepted && carried.Value!.Incarnation != run))
        {
            await NodeLost(node, run);
        }
        else if (carried.Value is { Drains: true })
        {
            await NodeDrains(node, run);
        }
    }

    private async Task Reconcile()
    {
        if (await _roster.Reconcile() is { } lost) { await NodeLost(lost.Node, lost.Incarnation); }
    }

    // Ended and tidied up, or never begun: nothing is kept.
    private async Task Forget()
    {
        // The reminder goes after it, and the timer with the activation: what of this fails is tried again.
        await _memory.Clear();
        if (await this.GetReminder(ReminderName) is { } reminder) { await this.UnregisterReminder(reminder); }

        DeactivateOnIdle();
    }
}
