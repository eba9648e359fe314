using System.Collections.Concurrent;
using System.Diagnostics;

namespace Calls.Benchmarks.Joins;

/// <summary>
/// Clicks at a fixed rate, whatever becomes of them (open loop): a service that falls behind is not spared the next click. Times count from when
/// the click was due.
/// </summary>
internal sealed class StormRound(double clicksPerSecond, TimeSpan stay)
{
    private readonly ConcurrentBag<JoinTimes> _joins = [];
    private readonly ConcurrentDictionary<string, int> _errors = new();
    private long _lastJoinAt;

    public async Task<StormFigures> Run(IReadOnlyList<(Device Device, string Channel)> joiners, CallsProgram program, double backgroundShare)
    {
        foreach (var (device, _) in joiners) { device.Prepare(); }

        var cpuBefore = program.ProcessorTime;
        var ownBefore = Environment.CpuUsage.TotalTime;
        var startedAt = Stopwatch.GetTimestamp();
        var running = new List<Task>(joiners.Count);
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (running.Count < joiners.Count)
        {
            await clock.WaitForNextTickAsync();
            while (running.Count < joiners.Count)
            {
                var due = startedAt + (long)(running.Count / clicksPerSecond * Stopwatch.Frequency);
                if (due > Stopwatch.GetTimestamp()) { break; }

                running.Add(Click(joiners[running.Count], due));
            }
        }

        await Task.WhenAll(running);
        var took = Stopwatch.GetElapsedTime(startedAt);
        var cpu = program.ProcessorTime - cpuBefore - took * backgroundShare;
        return new StormFigures(
            clicksPerSecond,
            [.. _joins],
            _errors,
            _joins.Count / Stopwatch.GetElapsedTime(startedAt, _lastJoinAt).TotalSeconds,
            cpu.TotalMilliseconds / joiners.Count,
            (Environment.CpuUsage.TotalTime - ownBefore).TotalMilliseconds / joiners.Count);
    }

    private async Task Click((Device Device, string Channel) joiner, long dueAt)
    {
        try
        {
            _joins.Add(await joiner.Device.Join(joiner.Channel, dueAt));
            Interlocked.Exchange(ref _lastJoinAt, Stopwatch.GetTimestamp());
            using var visit = new PeriodicTimer(stay);
            await visit.WaitForNextTickAsync();
            await joiner.Device.Leave();
        }
        catch (Exception problem)
        {
            var what = problem is RefusedException ? problem.Message : $"{problem.GetType().Name}: {problem.Message.Split([';', '\n'])[0]}";
            _errors.AddOrUpdate(what, 1, (_, count) => count + 1);
        }
    }
}

/// <summary>What one round showed.</summary>
/// <param name="JoinsPerSecond">Joins that came to their first packet, from the first click to the last of them.</param>
/// <param name="ServerCpuMs">Of the program, per join, without what it spends while nobody joins.</param>
/// <param name="ClientCpuMs">Of this process, per join.</param>
internal sealed record StormFigures(
    double ClicksPerSecond,
    IReadOnlyList<JoinTimes> Joins,
    IReadOnlyDictionary<string, int> Errors,
    double JoinsPerSecond,
    double ServerCpuMs,
    double ClientCpuMs);
