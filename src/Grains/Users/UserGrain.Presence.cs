using Calls.Contracts.Gateways;

namespace Calls.Grains.Users;

/// <summary>Whether the user is there: while a gateway holds a hub connection of theirs, and a pause longer, so that a reload does not show.</summary>
internal sealed partial class UserGrain
{
    private const string ReminderName = "there";

    /// <summary>Finds a user whose silo died together with their gateway, and who would seem to be there for ever.</summary>
    private static readonly TimeSpan s_reminderPeriod = TimeSpan.FromMinutes(5);

    private IGrainTimer? _judge;
    private bool _isTold;

    private TimeSpan Pause => options.CurrentValue.Presence.OfflineAfter;

    public async Task Watch(GatewaySubscription gateway)
    {
        _gateways.Renew(gateway);
        JudgeIn(GatewayFanOut.ForgottenAfter + Pause);
        if (_isTold) { return; }

        // Saved before it is told: what was told is to be taken back by whoever wakes up here next.
        if (!record.State.IsThere)
        {
            await this.RegisterOrUpdateReminder(ReminderName, s_reminderPeriod, s_reminderPeriod);
            await SaveIsThere(true);
        }

        await workspace.Users.SetPresent(Id, present: true, CancellationToken.None);
        _isTold = true;
    }

    public Task Unwatch(GatewayId gateway)
    {
        _gateways.Remove(gateway);
        if (_gateways.Present.IsEmpty) { JudgeIn(Pause); }

        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        // Gateways have the usual time to be heard of again.
        if (_judge is null) { JudgeIn(GatewayFanOut.ForgottenAfter + Pause); }

        return Task.CompletedTask;
    }

    private void JudgeIn(TimeSpan dueIn)
    {
        if (_judge is null)
        {
            _judge = this.RegisterGrainTimer(Judge, new GrainTimerCreationOptions(dueIn, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        }
        else
        {
            _judge.Change(dueIn, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task Judge()
    {
        // Also when what follows fails: then it is tried again.
        JudgeIn(GatewayFanOut.ForgottenAfter + Pause);
        if (!_gateways.Present.IsEmpty) { return; }

        // Told before it is saved: whoever wakes up here after a crash in between does it again.
        await workspace.Users.SetPresent(Id, present: false, CancellationToken.None);
        _isTold = false;
        if (record.State.IsThere) { await SaveIsThere(false); }

        if (await this.GetReminder(ReminderName) is { } reminder) { await this.UnregisterReminder(reminder); }

        _judge?.Dispose();
        _judge = null;
    }

    private Task SaveIsThere(bool isThere)
    {
        _user = _user with { IsThere = isThere };
        return record.Save(_user, DeactivateOnIdle);
    }
}
