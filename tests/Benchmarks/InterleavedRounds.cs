using System.Globalization;

namespace Calls.Benchmarks;

/// <summary>
/// Compares variants honestly on a machine that changes speed: they take turns (A B A B …), and best, median and worst of the
/// rounds are shown. Time is processor time of this process, so what other programs do on the machine is mostly left out.
/// </summary>
internal sealed class InterleavedRounds(int rounds)
{
    private readonly List<(string Name, Func<RoundCost> Round)> _variants = [];

    /// <summary>Adds a variant; its round returns what one operation cost.</summary>
    public void Add(string name, Func<RoundCost> round) => _variants.Add((name, round));

    /// <summary>Runs all rounds, after two that are not counted, and returns a table in Markdown.</summary>
    public string Run(string heading)
    {
        var costs = _variants.ConvertAll(_ => new List<RoundCost>());
        for (var round = -2; round < rounds; round++)
        {
            for (var variant = 0; variant < _variants.Count; variant++)
            {
                var cost = _variants[variant].Round();
                if (round >= 0)
                {
                    costs[variant].Add(cost);
                }
            }
        }

        var rows = _variants.Select((variant, number) => Row(variant.Name, costs[number]));
        return $"| {heading} | best | median | worst | allocated |\n| --- | --- | --- | --- | --- |\n{string.Join('\n', rows)}\n";
    }

    private static string Row(string name, List<RoundCost> costs)
    {
        var times = costs.Select(cost => cost.NanosecondsPerOperation).Order().ToList();
        var bytes = costs.Max(cost => cost.BytesPerOperation);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {times[0]:F0} | {times[times.Count / 2]:F0} | {times[^1]:F0} | {bytes:F1} B |");
    }
}

/// <summary>What one operation cost in one round.</summary>
internal readonly record struct RoundCost(double NanosecondsPerOperation, double BytesPerOperation);

/// <summary>Adds up processor time and allocations over the measured parts of a round.</summary>
internal struct CostMeter
{
    private TimeSpan _processorTime;
    private long _bytes;
    private long _operations;

    /// <summary>Measures some operations.</summary>
    public void Measure(int operations, Action action)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var before = Environment.CpuUsage.TotalTime;
        action();
        _processorTime += Environment.CpuUsage.TotalTime - before;
        _bytes += GC.GetAllocatedBytesForCurrentThread() - bytes;
        _operations += operations;
    }

    /// <summary>The average so far.</summary>
    public readonly RoundCost Cost => new(_processorTime.TotalNanoseconds / _operations, (double)_bytes / _operations);
}
