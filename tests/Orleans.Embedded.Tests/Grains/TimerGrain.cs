namespace Calls.Orleans.Embedded.Tests.Grains;

[Alias("tests.ITimerGrain")]
public interface ITimerGrain : IGrainWithStringKey
{
    [Alias("Start")]
    Task Start(TimeSpan due, TimeSpan period, bool interleaves, string does);

    [Alias("Change")]
    Task Change(TimeSpan due, TimeSpan period);

    [Alias("Hold")]
    Task Hold(string gate);

    [Alias("Leave")]
    Task Leave();
}

public sealed class TimerGrain : Grain, ITimerGrain
{
    private IGrainTimer? _timer;
    private int _ticks;

    private string Key => this.GetPrimaryKeyString();

    public Task Start(TimeSpan due, TimeSpan period, bool interleaves, string does)
    {
        _timer = this.RegisterGrainTimer(
            static (state, token) => state.Grain.Tick(state.Does, token),
            (Grain: this, Does: does),
            new GrainTimerCreationOptions(due, period) { Interleave = interleaves });
        return Task.CompletedTask;
    }

    public Task Change(TimeSpan due, TimeSpan period)
    {
        _timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public async Task Hold(string gate)
    {
        Journal.Note(Key, "holds");
        await Gates.Pass(Key + gate);
        Journal.Note(Key, "held");
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Journal.Note(Key, "deactivated");
        return Task.CompletedTask;
    }

    private async Task Tick(string does, CancellationToken token)
    {
        Journal.Note(Key, $"tick {++_ticks}");
        if (does == "throw") { throw new TravellingException("a tick"); }

        if (does == "wait")
        {
            await Gates.Pass($"{Key}tick {_ticks}");
            Journal.Note(Key, $"tick {_ticks} ends");
        }

        if (does == "dispose")
        {
            _timer!.Dispose();
            Journal.Note(Key, token.IsCancellationRequested ? "cancelled" : "not cancelled");
        }
    }
}
