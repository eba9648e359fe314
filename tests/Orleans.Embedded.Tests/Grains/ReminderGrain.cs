namespace Calls.Orleans.Embedded.Tests.Grains;

[Alias("tests.IReminderGrain")]
public interface IReminderGrain : IGrainWithStringKey
{
    [Alias("Remind")]
    Task Remind(string name, TimeSpan due, TimeSpan period);

    [Alias("Forget")]
    Task Forget(string name);

    [Alias("Names")]
    Task<string[]> Names();
}

public sealed class ReminderGrain : Grain, IReminderGrain, IRemindable
{
    public async Task Remind(string name, TimeSpan due, TimeSpan period) =>
        await this.RegisterOrUpdateReminder(name, due, period);

    public async Task Forget(string name)
    {
        if (await this.GetReminder(name) is { } reminder) { await this.UnregisterReminder(reminder); }
    }

    public async Task<string[]> Names() => [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order()];

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var context = RequestContext.Get("tests.who") is { } who ? $" for {who}" : string.Empty;
        Journal.Note(this.GetPrimaryKeyString(), $"{reminderName} at {status.CurrentTickTime:HH:mm}{context}");
        return Task.CompletedTask;
    }
}

[Alias("tests.IForgetfulGrain")]
public interface IForgetfulGrain : IGrainWithStringKey
{
    [Alias("Remind")]
    Task Remind();
}

/// <summary>Asks for a reminder and cannot receive one.</summary>
public sealed class ForgetfulGrain : Grain, IForgetfulGrain
{
    public async Task Remind() =>
        await this.RegisterOrUpdateReminder("never", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
}
