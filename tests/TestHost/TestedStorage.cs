using System.Collections.Concurrent;
using Orleans.Storage;

namespace Calls.TestHost;

/// <summary>What a test sees of its grains' records, and how it makes writing them fail. Only of the default storage.</summary>
public sealed class TestedStorage
{
    /// <summary>What a write that fails says.</summary>
    public const string Failure = "The test lets nothing of this state be written.";

    private readonly ConcurrentDictionary<(string State, string Key), object> _kept = new();

    /// <summary>Says of a state by its name whether writing it fails now.</summary>
    public Func<string, bool> Fails { get; set; } = _ => false;

    /// <summary>What is saved of the grain with this key; null when nothing is.</summary>
    public T? Find<T>(string state, string key) where T : class => (T?)_kept.GetValueOrDefault((state, key));

    internal IGrainStorage Around(IGrainStorage storage) => new Watched(storage, this);

    private sealed class Watched(IGrainStorage storage, TestedStorage test) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            storage.ReadStateAsync(stateName, grainId, grainState);

        public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            ThrowIfFailing(stateName);
            await storage.WriteStateAsync(stateName, grainId, grainState);
            test._kept[Of(stateName, grainId)] = grainState.State!;
        }

        public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            ThrowIfFailing(stateName);
            await storage.ClearStateAsync(stateName, grainId, grainState);
            test._kept.TryRemove(Of(stateName, grainId), out _);
        }

        private static (string State, string Key) Of(string state, GrainId grain) => (state, grain.Key.ToString()!);

        private void ThrowIfFailing(string state)
        {
            if (test.Fails(state)) { throw new IOException(Failure); }
        }
    }
}
