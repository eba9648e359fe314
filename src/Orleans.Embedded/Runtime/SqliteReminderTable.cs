using Microsoft.Data.Sqlite;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>A reminder as it is saved.</summary>
internal sealed record Reminder(GrainId Grain, string ReminderName, DateTimeOffset FirstTickAt, TimeSpan Period) : IGrainReminder;

/// <summary>Reminders in the database.</summary>
internal sealed class SqliteReminderTable(SqliteDatabase database)
{
    public Task<List<Reminder>> ReadAll() => database.Run(
        "SELECT grain_type, grain_key, name, first_tick_ticks, period_ticks FROM reminder",
        _ => { },
        ReadRows);

    public Task Write(Reminder reminder) => database.Run(
        "INSERT OR REPLACE INTO reminder VALUES ($type, $key, $name, $first, $period)",
        parameters =>
        {
            Bind(parameters, reminder.Grain, reminder.ReminderName);
            parameters.AddWithValue("$first", reminder.FirstTickAt.UtcTicks);
            parameters.AddWithValue("$period", reminder.Period.Ticks);
        },
        command => command.ExecuteNonQuery());

    public Task Delete(GrainId grain, string name) => database.Run(
        "DELETE FROM reminder WHERE grain_type = $type AND grain_key = $key AND name = $name",
        parameters => Bind(parameters, grain, name),
        command => command.ExecuteNonQuery());

    private static void Bind(SqliteParameterCollection parameters, GrainId grain, string name)
    {
        parameters.AddWithValue("$type", grain.Type.ToString());
        parameters.AddWithValue("$key", grain.Key.ToString());
        parameters.AddWithValue("$name", name);
    }

    private static List<Reminder> ReadRows(SqliteCommand command)
    {
        var rows = new List<Reminder>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(new Reminder(
                GrainId.Create(reader.GetString(0), reader.GetString(1)),
                reader.GetString(2),
                new DateTimeOffset(reader.GetInt64(3), TimeSpan.Zero),
                TimeSpan.FromTicks(reader.GetInt64(4))));
        }

        return rows;
    }
}
