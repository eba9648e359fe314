using System.Text;
using Microsoft.Data.Sqlite;
using Orleans.Embedded;

namespace Calls.Orleans.Embedded.Tests.EmbeddedOnly;

public sealed class SavedPayloadTests
{
    // As large as the state of a call of a thousand; what is larger than 85,000 bytes is a block of its own that is never moved.
    private const int LettersOfALargeState = 430_000;
    private const int NoLargeBlock = 85_000;

    [Theory]
    [InlineData(0)]
    [InlineData(5_000)]
    [InlineData(LettersOfALargeState)]
    public void A_state_of_any_size_is_written_whole(int letters)
    {
        var state = new string('a', letters) + "é";

        using var payload = SavedStateJson.Write(state);

        Assert.Equal(state, SavedStateJson.Read<string>(payload.Written));
    }

    [Fact]
    public void Saving_a_large_state_again_makes_no_large_block()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var make = connection.CreateCommand();
        make.CommandText = "CREATE TABLE state (key TEXT PRIMARY KEY, version INTEGER NOT NULL, payload TEXT NOT NULL)";
        make.ExecuteNonQuery();
        using var save = new SqliteStatement(connection, """
            INSERT INTO state VALUES ($key, 1, $payload)
            ON CONFLICT DO UPDATE SET version = version + 1, payload = $payload RETURNING version
            """);
        var state = Enumerable.Repeat("0123456789", LettersOfALargeState / 10).ToArray();
        Save();

        var before = GC.GetAllocatedBytesForCurrentThread();
        var version = Save();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, NoLargeBlock);
        Assert.Equal(2, version);
        using var read = connection.CreateCommand();
        read.CommandText = "SELECT typeof(payload) || length(payload) FROM state";
        Assert.Equal("text" + Encoding.UTF8.GetByteCount(System.Text.Json.JsonSerializer.Serialize(state)), read.ExecuteScalar());

        long? Save()
        {
            using var payload = SavedStateJson.Write(state);
            save.Bind("$key", "k");
            save.Bind("$payload", payload.Written);
            return save.Run();
        }
    }

    [Fact]
    public void A_statement_that_failed_runs_again()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var make = connection.CreateCommand();
        make.CommandText = "CREATE TABLE state (number INTEGER NOT NULL CHECK (number > 0))";
        make.ExecuteNonQuery();
        using var save = new SqliteStatement(connection, "INSERT INTO state VALUES ($number) RETURNING number");

        save.Bind("$number", 0);
        Assert.Throws<SqliteException>(() => save.Run());
        save.Bind("$number", 5);

        Assert.Equal(5, save.Run());
        Assert.Throws<ArgumentException>(() => save.Bind("$other", 1));
    }
}
