using Orleans.Runtime;

namespace Orleans.Core
{
    /// <summary>One saved record.</summary>
    public interface IStorage
    {
        /// <summary>The version that was last read or written; null when there is no record.</summary>
        string? Etag { get; }

        /// <summary>Whether the record exists.</summary>
        bool RecordExists { get; }

        /// <summary>Reads the record anew.</summary>
        Task ReadStateAsync();

        /// <summary>Saves the record; done when it would survive a power cut.</summary>
        /// <exception cref="Storage.InconsistentStateException">Someone else changed the record.</exception>
        Task WriteStateAsync();

        /// <summary>Removes the record.</summary>
        /// <exception cref="Storage.InconsistentStateException">Someone else changed the record.</exception>
        Task ClearStateAsync();
    }

    /// <summary>One saved record of a known type.</summary>
    public interface IStorage<TState> : IStorage
    {
        /// <summary>The value in memory.</summary>
        TState State { get; set; }
    }
}

namespace Orleans.Runtime
{
    /// <summary>A grain's saved state, injected by <see cref="PersistentStateAttribute"/>.</summary>
    public interface IPersistentState<TState> : Core.IStorage<TState>;
}

namespace Orleans
{
    /// <summary>A record as a storage sees it.</summary>
    public interface IGrainState<T>
    {
        /// <summary>The value.</summary>
        T State { get; set; }

        /// <summary>The version.</summary>
        string? ETag { get; set; }

        /// <summary>Whether the record exists.</summary>
        bool RecordExists { get; set; }
    }
}

namespace Orleans.Storage
{
    /// <summary>Keeps records. Registered as a keyed service under the storage's name.</summary>
    public interface IGrainStorage
    {
        /// <summary>Reads a record into <paramref name="grainState"/>.</summary>
        Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <summary>Writes a record if its version is still the one in <paramref name="grainState"/>.</summary>
        Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <summary>Removes a record if its version is still the one in <paramref name="grainState"/>.</summary>
        Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);
    }
}
