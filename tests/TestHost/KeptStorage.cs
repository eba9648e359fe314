#if ORLEANS
using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Serialization;
using Orleans.Storage;

namespace Calls.TestHost;

/// <summary>Records that outlive a test's silo: Orleans' own memory storage lives in its grains and dies with it.</summary>
internal sealed class KeptStorage : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string State, GrainId Grain), Row> _rows = new();

    public IGrainStorage Open(Serializer serializer) => new Storage(_rows, serializer);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed record Row(int Version, byte[] Payload);

    private sealed class Storage(ConcurrentDictionary<(string State, GrainId Grain), Row> rows, Serializer serializer) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            var row = rows.GetValueOrDefault((stateName, grainId));
            grainState.RecordExists = row is not null;
            grainState.ETag = Text(row?.Version);
            grainState.State = row is null ? Activator.CreateInstance<T>() : serializer.Deserialize<T>(row.Payload);
            return Task.CompletedTask;
        }

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            var payload = serializer.SerializeToArray(grainState.State);
            var written = rows.AddOrUpdate(
                (stateName, grainId),
                _ => new Row(Expect(null, grainState.ETag), payload),
                (_, row) => new Row(Expect(row.Version, grainState.ETag), payload));
            grainState.ETag = Text(written.Version);
            grainState.RecordExists = true;
            return Task.CompletedTask;
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            var row = rows.GetValueOrDefault((stateName, grainId));
            Expect(row?.Version, grainState.ETag);
            rows.TryRemove((stateName, grainId), out _);
            grainState.ETag = null;
            grainState.RecordExists = false;
            grainState.State = Activator.CreateInstance<T>();
            return Task.CompletedTask;
        }

        private static int Expect(int? stored, string? known) => Text(stored) == known
            ? (stored ?? 0) + 1
            : throw new InconsistentStateException("The record was changed by someone else.", Text(stored) ?? string.Empty, known ?? string.Empty);

        private static string? Text(int? version) => version?.ToString(CultureInfo.InvariantCulture);
    }
}
#endif
