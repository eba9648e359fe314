namespace Calls.Orleans.Embedded.Tests.Grains;

[Alias("tests.ILifeGrain")]
public interface ILifeGrain : IGrainWithStringKey
{
    [Alias("Live")]
    Task Live();

    [Alias("Instance")]
    Task<Guid> Instance();

    /// <summary>Asks to leave, waits for the gate, ends.</summary>
    [Alias("LeaveBehind")]
    Task<Guid> LeaveBehind(string gate);

    [Alias("Hold")]
    Task Hold(string gate);

    [Alias("StayFor")]
    Task StayFor(TimeSpan stay);

    [Alias("Tick")]
    Task Tick(bool keepsAlive);
}

/// <summary>Notes its life. What its key contains goes wrong.</summary>
public sealed class LifeGrain : Grain, ILifeGrain
{
    private readonly Guid _instance = Guid.NewGuid();

    public LifeGrain(IGrainContext context, [PersistentState("tests-life", "grains")] IPersistentState<CounterState> state)
    {
        Key = context.GrainId.Key.ToString();
        Note("made");
        State = state;
        if (Fails("constructor")) { throw new TravellingException("constructor"); }
    }

    private string Key { get; }

    private IPersistentState<CounterState> State { get; }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Note(State.State is null ? "activated without state" : "activated");
        return Fails("activation") ? throw new TravellingException("activation") : Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Note($"deactivated: {reason.ReasonCode}");
        return Key.Contains("bad-deactivation", StringComparison.Ordinal)
            ? throw new TravellingException("deactivation")
            : Task.CompletedTask;
    }

    public Task Live()
    {
        Note("called");
        return Task.CompletedTask;
    }

    public Task<Guid> Instance() => Task.FromResult(_instance);

    public async Task<Guid> LeaveBehind(string gate)
    {
        DeactivateOnIdle();
        Note("leaving");
        await Gates.Pass(Key + gate);
        return _instance;
    }

    public async Task Hold(string gate)
    {
        Note("holds");
        await Gates.Pass(Key + gate);
        Note("held");
    }

    public Task StayFor(TimeSpan stay)
    {
        DelayDeactivation(stay);
        return Task.CompletedTask;
    }

    public Task Tick(bool keepsAlive)
    {
        var every = TimeSpan.FromMilliseconds(200);
        this.RegisterGrainTimer(
            () =>
            {
                Note("tick");
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(every, every) { KeepAlive = keepsAlive });
        return Task.CompletedTask;
    }

    private void Note(string what) => Journal.Note(Key, what);

    // Goes wrong the first time only.
    private bool Fails(string where) =>
        Key.Contains($"bad-{where}", StringComparison.Ordinal) && Journal.Of(Key).Count(note => note == "made") == 1;
}
