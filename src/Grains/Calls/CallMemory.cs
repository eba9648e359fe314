using Calls.Contracts.Users;

namespace Calls.Grains.Calls;

/// <summary>A call's state: what was decided is saved, then told, in this order.</summary>
/// <param name="moved">What is known in memory of the call's place is of another one from now on.</param>
internal sealed class CallMemory(
    IPersistentState<CallState> record, CallId id, CallNews voice, IGrainFactory grains, ILogger log, Action giveUp, Action moved)
{
    private Task _saving = Task.CompletedTask;

    public CallState State { get; private set; } = new();

    /// <summary>The channel above, told of the end. Not saved: after a re-activation it says again who it is.</summary>
    public ICallNews? Channel { get; set; }

    /// <summary>Takes what was saved, as a re-activation sees it.</summary>
    public void Load(CallState state)
    {
        State = state;
        Count(new CallState(), state);
    }

    /// <summary>The activation ends; its calls and sessions are counted elsewhere from now on.</summary>
    public void Unload() => Count(State, new CallState());

    /// <summary>Saves what a rule decided, then tells what it asked to be told.</summary>
    public async Task Remember(CallOutcome outcome)
    {
        var before = State;
        State = outcome.State;
        if (State.Place != before.Place) { moved(); }

        await Save();
        Count(before, outcome.State);
        foreach (var effect in outcome.Effects) { Tell(outcome.State, effect); }

        if (before.IsRunning && outcome.State.End is { } end)
        {
            log.Ended(id, end.Reason, end.At - outcome.State.StartedAt);
            _ = Channel?.CallEnded(id);
        }
    }

    /// <summary>
    /// Takes a confirmation. It is saved with whatever is saved next: one that is lost is only asked for again.
    /// </summary>
    public void Confirm(CallState state) => State = state;

    /// <summary>Keeps nothing: the call is tidied up, or never began.</summary>
    public async Task Clear()
    {
        if (record.RecordExists) { await record.ClearStateAsync(); }

        State = record.State;
    }

    /// <summary>The channel says who it is. When the news of the end was lost it is told again, or it would keep asking.</summary>
    public void RenewChannel(ICallNews channel)
    {
        Channel = channel;
        if (State.Phase != CallPhase.None) { return; }

        _ = channel.CallEnded(id);
        giveUp();
    }

    /// <summary>Tells the users' grains anew that they are in this call.</summary>
    public void RenewUsers()
    {
        foreach (var user in State.Sessions.Select(session => session.User).Distinct())
        {
            Tell(State, new CallEffect.UserEntered(user));
        }
    }

    // Offers interleave with other commands: saves queue, and each writes the newest state.
    private Task Save() => _saving = SaveAfter(_saving);

    private async Task SaveAfter(Task previous)
    {
        await previous;
        if (!ReferenceEquals(record.State, State)) { await record.Save(State, giveUp); }
    }

    private void Tell(CallState call, CallEffect effect)
    {
        switch (effect)
        {
            case CallEffect.UserEntered(var user):
                _ = grains.GetGrain<IUserGrain>(user.Value).EnteredCall(id, call.Channel);
                break;
            case CallEffect.UserLeft(var user):
                _ = grains.GetGrain<IUserGrain>(user.Value).LeftCall(id);
                break;
            case CallEffect.TellUser(var user, var news):
                _ = grains.GetGrain<IUserGrain>(user.Value).Announce(news, id, call.Channel);
                break;
            case CallEffect.SessionOver(var reason):
                GrainTelemetry.Left(reason);
                break;
            default:
                voice.Tell(call, effect);
                break;
        }
    }

    private static void Count(CallState before, CallState after)
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
