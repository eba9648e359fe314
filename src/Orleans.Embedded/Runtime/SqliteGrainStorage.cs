using System.Globalization;
using Microsoft.Data.Sqlite;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded;

/// <summary>Grain states in the database, one row each, with a version that a write must know.</summary>
internal sealed class SqliteGrainStorage(SqliteDatabase database) : IGrainStorage
{
    private const string ThisRow = "state_name = $state AND grain_type = $type AND grain_key = $key";
    private const string Select = $"SELECT version, payload FROM grain_state WHERE {ThisRow}";
    private const string Insert = "INSERT INTO grain_state VALUES ($state, $type, $key, 1, $payload) ON CONFLICT DO NOTHING RETURNING version";
    private const string Update = $"UPDATE grain_state SET version = version + 1, payload = $payload WHERE {ThisRow} AND version = $version RETURNING version";
    private const string Delete = $"DELETE FROM grain_state WHERE {ThisRow} AND version = $version RETURNING version";

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ThrowIfAmbiguous(grainId);
        var (version, payload) = await database.Run(Select, Bind(stateName, grainId), ReadRow);
        grainState.RecordExists = payload is not null;
        grainState.ETag = version;
        grainState.State = payload is null ? Activator.CreateInstance<T>() : SavedStateJson.Read<T>(payload);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var known = grainState.ETag;
        using var payload = SavedStateJson.Write(grainState.State);
        var version = await database.Run(known is null ? Insert : Update, row =>
        {
            row.Bind("$state", stateName);
            row.Bind("$type", grainId.Type.ToString());
            row.Bind("$key", grainId.Key.ToString());
            row.Bind("$payload", payload.Written);
            if (known is not null) { row.Bind("$version", Number(known)); }
        });
        grainState.ETag = version is { } written ? Text(written) : throw await Conflict(stateName, grainId, known);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.ETag is { } known)
        {
            var version = await database.Run(
                Delete,
                parameters =>
                {
                    Bind(stateName, grainId)(parameters);
                    parameters.AddWithValue("$version", Number(known));
                },
                ReadVersion);
            if (version is null) { throw await Conflict(stateName, grainId, known); }
        }

        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }

    private static long Number(string etag) => long.Parse(etag, CultureInfo.InvariantCulture);

    private static Action<SqliteParameterCollection> Bind(string stateName, GrainId grainId) => parameters =>
    {
        parameters.AddWithValue("$state", stateName);
        parameters.AddWithValue("$type", grainId.Type.ToString());
        parameters.AddWithValue("$key", grainId.Key.ToString());
    };

    private static (string? Version, byte[]? Payload) ReadRow(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        return reader.Read() ? (Text(reader.GetInt64(0)), reader.GetFieldValue<byte[]>(1)) : (null, null);
    }

    private static string? ReadVersion(SqliteCommand command) =>
        command.ExecuteScalar() is long version ? Text(version) : null;

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    // A cluster's AdoNet storage reads such keys as numbers, and would give "ff" and "FF" one row.
    private static void ThrowIfAmbiguous(GrainId grainId)
    {
        var key = grainId.Key.ToString();
        if (key.All(char.IsAsciiHexDigit) && (key.Length <= 16 || key.Length == 32))
        {
            throw new ArgumentException(
                $"The key of {grainId} reads as a hexadecimal number; give keys of grains with saved state a prefix such as \"call:\".");
        }
    }

    private async Task<InconsistentStateException> Conflict(string stateName, GrainId grainId, string? known)
    {
        var (stored, _) = await database.Run(Select, Bind(stateName, grainId), ReadRow);
        return new InconsistentStateException(
            $"The state '{stateName}' of {grainId} was changed by someone else: it is at version {stored ?? "none"}, not {known ?? "none"}.",
            stored,
            known);
    }
}
