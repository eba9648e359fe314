using System.Text;
using Calls.Orleans.Embedded.Tests.Grains;
using Calls.TestHost;
using Microsoft.Data.Sqlite;
using Orleans.Embedded;

namespace Calls.Orleans.Embedded.Tests.EmbeddedOnly;

public sealed class GrainDatabaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("calls-database-").FullName;

    private string File => Path.Combine(_folder, "below", "grains.db");

    [Fact]
    public async Task A_write_that_was_acknowledged_is_committed_with_full_sync()
    {
        using var database = new SqliteDatabase(File);
        await Insert(database, "a");

        Assert.Equal("1", Query("SELECT COUNT(*) FROM grain_state"));
        Assert.Equal("wal", await database.Run("PRAGMA journal_mode", _ => { }, command => command.ExecuteScalar()));
        Assert.Equal(2L, await database.Run("PRAGMA synchronous", _ => { }, command => command.ExecuteScalar()));
    }

    [Fact]
    public void A_second_user_of_the_file_is_refused_with_a_sentence()
    {
        using var database = new SqliteDatabase(File);

        var refusal = Assert.Throws<OrleansConfigurationException>(() => new SqliteDatabase(File));

        Assert.Contains("in use by another process", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_with_a_sentence()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, string.Concat(Enumerable.Repeat("this is a text. ", 100)));

        Assert.Throws<OrleansConfigurationException>(() => new SqliteDatabase(File));
    }

    [Fact]
    public void A_file_of_a_newer_version_is_refused_and_left_alone()
    {
        using (new SqliteDatabase(File))
        {
        }

        Query("PRAGMA user_version = 99");

        Assert.Throws<OrleansConfigurationException>(() => new SqliteDatabase(File));
        Assert.Equal("99", Query("PRAGMA user_version"));
    }

    [Fact]
    public async Task A_statement_that_fails_does_not_harm_those_committed_with_it()
    {
        using var database = new SqliteDatabase(File);

        var good = Insert(database, "a");
        var bad = database.Run("INSERT INTO grain_state VALUES ('s', 't', 'k', 1, NULL)", _ => { }, command => command.ExecuteNonQuery());
        var alsoGood = Insert(database, "b");

        await Assert.ThrowsAsync<SqliteException>(() => bad);
        await Task.WhenAll(good, alsoGood);
        Assert.Equal("2", Query("SELECT COUNT(*) FROM grain_state"));
    }

    [Fact]
    public async Task A_key_that_a_clusters_database_would_read_as_a_number_is_refused()
    {
        await using var host = await GrainTestHost.Start();

        var refusal = await Assert.ThrowsAsync<ArgumentException>(
            async () => await host.Grains.GetGrain<ICounterGrain>("00ff").Value());

        Assert.Contains("hexadecimal", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void State_is_saved_under_the_numbers_of_its_members_and_the_alias_of_its_case()
    {
        var state = new SavedState { Happenings = [new Happening.Left(new PersonId("user:b"), null)], Name = "n" };

        using var payload = SavedStateJson.Write(state);
        var json = Encoding.UTF8.GetString(payload.Written);

        Assert.Contains("""{"$type":"tests.Happening.Left","1.0":"user:b","1.1":null}""", json, StringComparison.Ordinal);
        Assert.Contains("\"6\":\"n\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("Size", json, StringComparison.Ordinal);
        Assert.DoesNotContain("Happenings", json, StringComparison.Ordinal);
        Assert.Equal("unnamed", SavedStateJson.Read<SavedState>("{\"99\":\"of another version\"}"u8).Name);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<int> Insert(SqliteDatabase database, string key) => database.Run(
        "INSERT INTO grain_state VALUES ('s', 't', $key, 1, '{}')",
        parameters => parameters.AddWithValue("$key", key),
        command => command.ExecuteNonQuery());

    private string? Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }
}
