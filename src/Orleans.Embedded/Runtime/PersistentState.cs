using System.Diagnostics;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded;

/// <summary>A saved state that its activation loads before the grain wakes.</summary>
internal interface ISavedState
{
    Task Load();
}

/// <summary>A grain's saved state in memory; its storage keeps the record.</summary>
internal sealed class PersistentState<TState>(Activation activation, PersistentStateAttribute named, IGrainStorage storage)
    : IPersistentState<TState>, ISavedState
{
    private readonly Record _record = new();
    private bool _isLoaded;
    private Task _last = Task.CompletedTask;

    public TState State
    {
        get
        {
            activation.RequireTurn();
            return _record.State;
        }

        set
        {
            activation.RequireTurn();
            _record.State = value;
        }
    }

    public string? Etag
    {
        get
        {
            activation.RequireTurn();
            return _record.ETag;
        }
    }

    public bool RecordExists => _isLoaded
        ? _record.RecordExists
        : throw new InvalidOperationException("The state is not loaded yet: a constructor runs before that.");

    public async Task Load()
    {
        await ReadStateAsync();
        _isLoaded = true;
    }

    public Task ReadStateAsync() => Enqueue("read", () => storage.ReadStateAsync(named.StateName, activation.GrainId, _record));

    public Task WriteStateAsync() => Enqueue("write", () => storage.WriteStateAsync(named.StateName, activation.GrainId, _record));

    public Task ClearStateAsync() => Enqueue("clear", () => storage.ClearStateAsync(named.StateName, activation.GrainId, _record));

    // One at a time: two turns of a reentrant grain must not race each other into a conflict.
    private Task Enqueue(string operation, Func<Task> work)
    {
        activation.RequireTurn();
        return _last = After(_last, operation, work);
    }

    private async Task After(Task previous, string operation, Func<Task> work)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        using var span = GrainTelemetry.Storage.StartActivity($"{operation} storage", ActivityKind.Client);
        span?.SetTag("orleans.storage.state.name", named.StateName);
        span?.SetTag(GrainTelemetry.GrainIdTag, activation.GrainId.ToString());
        var startedAt = Stopwatch.GetTimestamp();
        try
        {
            await work();
        }
        catch (Exception problem)
        {
            GrainTelemetry.Fail(span, problem);
            activation.Silo.Metrics.StorageFailed(operation, named.StateName);
            throw;
        }

        activation.Silo.Metrics.StorageDone(operation, named.StateName, Stopwatch.GetElapsedTime(startedAt));
    }

    private sealed class Record : IGrainState<TState>
    {
        public TState State { get; set; } = default!;

        public string? ETag { get; set; }

        public bool RecordExists { get; set; }
    }
}
