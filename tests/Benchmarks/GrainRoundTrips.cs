using System.Diagnostics;
using System.Globalization;
using Calls.TestHost;

namespace Calls.Benchmarks;

/// <summary>What a call of a grain costs, with and without a saved state: one caller after the other, and 64 at once.</summary>
internal sealed class GrainRoundTrips : IBenchmark
{
    private const int CallersAtOnce = 64;
    private const int RoundsDefault = 5;

    private static readonly TimeSpan s_roundLength = TimeSpan.FromSeconds(2);

    public string Name => "grain-round-trips";

    public async Task Run(string[] options)
    {
        var rounds = options is ["--rounds", var text] ? int.Parse(text, CultureInfo.InvariantCulture) : RoundsDefault;
        await using var host = await GrainTestHost.Start();
        var grains = Enumerable.Range(0, CallersAtOnce)
            .Select(number => host.Grains.GetGrain<IRoundTripGrain>($"round-trip:{number}")).ToArray();
        var cases = new (string Name, int Callers, Func<IRoundTripGrain, Task> Call)[]
        {
            ("no-op, one caller", 1, grain => grain.Nothing()),
            ("no-op, 64 callers of 64 grains", CallersAtOnce, grain => grain.Nothing()),
            ("one state write, one caller", 1, grain => grain.Save()),
            ("one state write, 64 callers of 64 grains", CallersAtOnce, grain => grain.Save()),
        };
        Console.WriteLine("| calls per second | worst | median | best | CPU µs per call |\n| --- | --- | --- | --- | --- |");
        foreach (var (name, callers, call) in cases)
        {
            await Measure(grains[..callers], call);   // not counted: the code is compiled and the grains are made
            var measured = new List<(double PerSecond, double Cpu)>();
            for (var round = 0; round < rounds; round++)
            {
                measured.Add(await Measure(grains[..callers], call));
            }

            var rates = measured.Select(one => one.PerSecond).Order().ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {rates[0]:F0} | {rates[rates.Count / 2]:F0} | {rates[^1]:F0} | {measured.Min(one => one.Cpu):F1} |"));
        }
    }

    private static async Task<(double PerSecond, double Cpu)> Measure(IRoundTripGrain[] grains, Func<IRoundTripGrain, Task> call)
    {
        var cpuBefore = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var done = await Task.WhenAll(grains.Select(grain => Task.Run(async () =>
        {
            var calls = 0;
            for (; clock.Elapsed < s_roundLength; calls++)
            {
                await call(grain);
            }

            return calls;
        })));
        var total = done.Sum();
        return (total / clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpuBefore).TotalMicroseconds / total);
    }
}

[Alias("benchmarks.IRoundTripGrain")]
public interface IRoundTripGrain : IGrainWithStringKey
{
    [Alias("Nothing")]
    Task Nothing();

    [Alias("Save")]
    Task Save();
}

[GenerateSerializer]
[Immutable]
[Alias("benchmarks.RoundTripState")]
public sealed record RoundTripState
{
    [Id(0)]
    public int Calls { get; init; }

    // About what a small grain's record weighs.
    [Id(1)]
    public string Ballast { get; init; } = new('x', 200);
}

public sealed class RoundTripGrain([PersistentState("benchmarks-round-trip")] IPersistentState<RoundTripState> saved)
    : Grain, IRoundTripGrain
{
    public Task Nothing() => Task.CompletedTask;

    public Task Save()
    {
        saved.State = saved.State with { Calls = saved.State.Calls + 1 };
        return saved.WriteStateAsync();
    }
}
