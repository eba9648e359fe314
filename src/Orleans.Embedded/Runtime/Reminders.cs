using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Wakes grains at saved times. A tick is an ordinary call; those missed while the process was down stay missed.</summary>
internal sealed partial class Reminders(Silo silo, TimeSpan periodMin, SqliteReminderTable? table) : IDisposable
{
    // Platform timers end at 49 days; a longer wait is taken in parts.
    private static readonly TimeSpan s_waitMax = TimeSpan.FromDays(30);

    private readonly ConcurrentDictionary<(GrainId Grain, string Name), Alarm> _alarms = new();

    public async Task Start()
    {
        if (table is null) { return; }

        foreach (var reminder in await table.ReadAll())
        {
            Set(reminder, isNew: false);
        }
    }

    public async Task<IGrainReminder> Register(Activation activation, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        if (period < periodMin)
        {
            throw new ArgumentException($"The reminder '{name}' asks for a period of {period}; the shortest is {periodMin}.", nameof(period));
        }

        if (activation.GrainInstance is not IRemindable)
        {
            throw new InvalidOperationException($"{activation.Class.Type} asks for a reminder and is not {nameof(IRemindable)}.");
        }

        var reminder = new Reminder(activation.GrainId, name, silo.Time.GetUtcNow() + dueTime, period);
        await Table.Write(reminder);
        Set(reminder, isNew: true);
        return reminder;
    }

    public async Task Unregister(GrainId grain, string name)
    {
        await Table.Delete(grain, name);
        if (_alarms.TryRemove((grain, name), out var alarm)) { alarm.Dispose(); }
    }

    public IGrainReminder? Find(GrainId grain, string name) => _alarms.GetValueOrDefault((grain, name))?.Reminder;

    public List<IGrainReminder> Of(GrainId grain) =>
        [.. _alarms.Values.Select(alarm => alarm.Reminder).Where(reminder => reminder.Grain == grain)];

    public void Dispose()
    {
        foreach (var alarm in _alarms.Values)
        {
            alarm.Dispose();
        }
    }

    private TimeProvider Time => silo.Time;

    private SqliteReminderTable Table => table
        ?? throw new InvalidOperationException("No reminder storage is set up: call UseSqlite.");

    private void Set(Reminder reminder, bool isNew)
    {
        var alarm = new Alarm(this, reminder, isNew);
        _alarms.AddOrUpdate(
            (reminder.Grain, reminder.ReminderName),
            alarm,
            (_, former) =>
            {
                former.Dispose();
                return alarm;
            });
        alarm.Arm();
    }

    private async Task Tick(Reminder reminder)
    {
        try
        {
            var grain = (IRemindable)silo.References.Make(typeof(IRemindable), reminder.Grain);
            await grain.ReceiveReminder(
                reminder.ReminderName,
                new TickStatus(reminder.FirstTickAt.UtcDateTime, reminder.Period, silo.Time.GetUtcNow().UtcDateTime));
        }
        catch (Exception problem)
        {
            LogTickFailed(silo.Log, reminder.ReminderName, reminder.Grain, problem);
        }
    }

    [LoggerMessage(30, LogLevel.Warning, "Reminder {Name} of grain {GrainId} failed; it comes again")]
    private static partial void LogTickFailed(ILogger log, string name, GrainId grainId, Exception problem);

    /// <summary>One reminder's clock. Its ticks never overlap.</summary>
    private sealed class Alarm : IDisposable
    {
        private readonly Reminders _owner;
        private readonly ITimer _timer;
        private DateTimeOffset _due;
        private volatile bool _isDisposed;

        public Alarm(Reminders owner, Reminder reminder, bool isNew)
        {
            _owner = owner;
            Reminder = reminder;
            _due = isNew ? reminder.FirstTickAt : NextDue();
            using (ExecutionContext.SuppressFlow())   // a tick carries nothing of the call that once asked for it
            {
                _timer = owner.Time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }

        public Reminder Reminder { get; }

        private TimeProvider Time => _owner.Time;

        public void Arm()
        {
            var wait = _due - Time.GetUtcNow();
            if (wait < TimeSpan.Zero) { wait = TimeSpan.Zero; }

            if (!_isDisposed) { _timer.Change(wait < s_waitMax ? wait : s_waitMax, Timeout.InfiniteTimeSpan); }
        }

        public void Dispose()
        {
            _isDisposed = true;
            _timer.Dispose();
        }

        private void Ring()
        {
            if (Time.GetUtcNow() < _due) { Arm(); }
            else { _ = TickThenArm(); }
        }

        private async Task TickThenArm()
        {
            await _owner.Tick(Reminder);
            _due = NextDue();
            Arm();
        }

        // On the grid that the first tick began; a tick that was missed is not made up for.
        private DateTimeOffset NextDue()
        {
            var since = Time.GetUtcNow() - Reminder.FirstTickAt;
            return since < TimeSpan.Zero
                ? Reminder.FirstTickAt
                : Reminder.FirstTickAt + Reminder.Period * (since.Ticks / Reminder.Period.Ticks + 1);
        }
    }
}
