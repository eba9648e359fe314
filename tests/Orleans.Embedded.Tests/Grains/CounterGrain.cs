namespace Calls.Orleans.Embedded.Tests.Grains;

[Alias("tests.ICounterGrain")]
public interface ICounterGrain : IGrainWithStringKey
{
    [Alias("Add")]
    Task<int> Add(int amount);

    /// <summary>Adds by a timer, at once.</summary>
    [Alias("AddByTimer")]
    Task AddByTimer(int amount);

    [Alias("Value")]
    ValueTask<int> Value();

    [Alias("Etag")]
    Task<string?> Etag();

    [Alias("Exists")]
    Task<bool> Exists();

    [Alias("Clear")]
    Task Clear();

    /// <summary>Names the object in memory: another one after each activation.</summary>
    [Alias("Instance")]
    Task<Guid> Instance();

    [Alias("Leave")]
    Task Leave();
}

[GenerateSerializer]
[Immutable]
[Alias("tests.CounterState")]
public sealed record CounterState
{
    [Id(0)]
    public int Value { get; init; }
}

public sealed class CounterGrain(
    [PersistentState("tests-counter", "grains")] IPersistentState<CounterState> counter) : Grain, ICounterGrain
{
    private readonly Guid _instance = Guid.NewGuid();

    public async Task<int> Add(int amount)
    {
        counter.State = counter.State with { Value = counter.State.Value + amount };
        await counter.WriteStateAsync();
        return counter.State.Value;
    }

    public Task AddByTimer(int amount)
    {
        this.RegisterGrainTimer(() => Add(amount), TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public ValueTask<int> Value() => new(counter.State.Value);

    public Task<string?> Etag() => Task.FromResult<string?>(counter.Etag);

    public Task<bool> Exists() => Task.FromResult(counter.RecordExists);

    public Task Clear() => counter.ClearStateAsync();

    public Task<Guid> Instance() => Task.FromResult(_instance);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
