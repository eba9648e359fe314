using Orleans.Embedded;
using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>A reminder that was registered.</summary>
    public interface IGrainReminder
    {
        /// <summary>Its name, unique within its grain.</summary>
        string ReminderName { get; }
    }

    /// <summary>Which tick of a reminder this is.</summary>
    /// <param name="FirstTickTime">When the first one was due (UTC).</param>
    /// <param name="Period">How often it repeats.</param>
    /// <param name="CurrentTickTime">When this one was due (UTC).</param>
    [GenerateSerializer]
    [Immutable]
    public readonly record struct TickStatus(DateTime FirstTickTime, TimeSpan Period, DateTime CurrentTickTime);
}

namespace Orleans
{
    /// <summary>A grain that can be woken by reminders: saved, so they outlive the process.</summary>
    public interface IRemindable : IGrain
    {
        /// <summary>A tick, delivered like any call. It may be missed or come twice.</summary>
        Task ReceiveReminder(string reminderName, TickStatus status);
    }

    /// <summary>Sets reminders of a grain.</summary>
    public static class GrainReminderExtensions
    {
        /// <summary>Sets a reminder, or changes the one of the same name.</summary>
        /// <exception cref="ArgumentException">The period is shorter than a minute (or what the options allow).</exception>
        /// <exception cref="InvalidOperationException">The grain is not <see cref="IRemindable"/>.</exception>
        public static Task<IGrainReminder> RegisterOrUpdateReminder(
            this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period)
        {
            var activation = Activation.Require(grain);
            return activation.Silo.Reminders.Register(activation, reminderName, dueTime, period);
        }

        /// <summary>Ends a reminder.</summary>
        public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder)
        {
            ArgumentNullException.ThrowIfNull(reminder);
            var activation = Activation.Require(grain);
            return activation.Silo.Reminders.Unregister(activation.GrainId, reminder.ReminderName);
        }

        /// <summary>The reminder of this name, or null.</summary>
        public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName)
        {
            var activation = Activation.Require(grain);
            return Task.FromResult(activation.Silo.Reminders.Find(activation.GrainId, reminderName));
        }

        /// <summary>All reminders of this grain.</summary>
        public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain)
        {
            var activation = Activation.Require(grain);
            return Task.FromResult(activation.Silo.Reminders.Of(activation.GrainId));
        }
    }
}
