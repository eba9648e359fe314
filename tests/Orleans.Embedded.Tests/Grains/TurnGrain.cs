using Orleans.Concurrency;

namespace Calls.Orleans.Embedded.Tests.Grains;

[Alias("tests.ITurnGrain")]
public interface ITurnGrain : IGrainWithStringKey
{
    /// <summary>Notes that it started, waits for the gate, notes that it ended.</summary>
    [Alias("Write")]
    Task Write(string gate);

    [ReadOnly]
    [Alias("Read")]
    Task Read(string gate);

    [AlwaysInterleave]
    [Alias("Interleave")]
    Task Interleave(string gate);

    [ResponseTimeout("00:00:01")]
    [Alias("WriteSoon")]
    Task WriteSoon(string gate);

    /// <summary>Calls itself by reference, which can't work: it is busy with this call.</summary>
    [Alias("CallItself")]
    Task CallItself();

    [Alias("CallItselfInterleaved")]
    Task CallItselfInterleaved(string gate);

    /// <summary>Many turns that would step on each other if two ran at once.</summary>
    [Alias("CountInTurns")]
    Task<int> CountInTurns(int turns);

    [Alias("UseFactoryOffTurn")]
    Task<string> UseFactoryOffTurn();

    [Alias("RegisterTimerOffTurn")]
    Task<string> RegisterTimerOffTurn();

    [Alias("StaysOnItsScheduler")]
    Task<bool> StaysOnItsScheduler();
}

[Alias("tests.IReentrantGrain")]
public interface IReentrantGrain : IGrainWithStringKey
{
    [Alias("Write")]
    Task Write(string gate);

    [Alias("CountInTurns")]
    Task<int> CountInTurns(int turns);
}

public sealed class TurnGrain : Grain, ITurnGrain
{
    private int _count;

    private string Key => this.GetPrimaryKeyString();

    public Task Write(string gate) => Hold(gate);

    public Task Read(string gate) => Hold(gate);

    public Task Interleave(string gate) => Hold(gate);

    public Task WriteSoon(string gate) => Hold(gate);

    public Task CallItself() => this.AsReference<ITurnGrain>().WriteSoon("itself");

    public Task CallItselfInterleaved(string gate) => this.AsReference<ITurnGrain>().Interleave(gate);

    public async Task<int> CountInTurns(int turns) => _count = await CountWithoutLock(_count, turns);

    public async Task<string> UseFactoryOffTurn() => await Task.Run(() => Refusal(() => GrainFactory.GetGrain<ITurnGrain>("x")));

    public async Task<string> RegisterTimerOffTurn() => await Task.Run(() => Refusal(
        () => this.RegisterGrainTimer(() => Task.CompletedTask, TimeSpan.FromHours(1), TimeSpan.FromHours(1))));

    public async Task<bool> StaysOnItsScheduler()
    {
        var before = TaskScheduler.Current;
        await Task.Yield();
        return before != TaskScheduler.Default && ReferenceEquals(before, TaskScheduler.Current);
    }

    internal static async Task<int> CountWithoutLock(int count, int turns)
    {
        for (var i = 0; i < turns; i++)
        {
            var read = count;
            await Task.Yield();
            count = read + 1;
        }

        return count;
    }

    private static string Refusal(Action act)
    {
        try
        {
            act();
            return "allowed";
        }
        catch (InvalidOperationException)
        {
            return "refused";
        }
    }

    private async Task Hold(string gate)
    {
        Journal.Note(Key, $"{gate} starts");
        await Gates.Pass(Key + gate);
        Journal.Note(Key, $"{gate} ends");
    }
}

[Reentrant]
public sealed class ReentrantGrain : Grain, IReentrantGrain
{
    private int _inside;
    private int _insideMost;

    public async Task Write(string gate)
    {
        var key = this.GetPrimaryKeyString();
        Journal.Note(key, $"{gate} starts");
        await Gates.Pass(key + gate);
        Journal.Note(key, $"{gate} ends");
    }

    /// <returns>The most turns that ever ran at the same time.</returns>
    public async Task<int> CountInTurns(int turns)
    {
        for (var i = 0; i < turns; i++)
        {
            _insideMost = Math.Max(_insideMost, Interlocked.Increment(ref _inside));
            Interlocked.Decrement(ref _inside);
            await Task.Yield();
        }

        return _insideMost;
    }
}
