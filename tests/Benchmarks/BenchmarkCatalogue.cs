namespace Calls.Benchmarks;

/// <summary>Finds the benchmark that was asked for, or lists those there are.</summary>
internal static class BenchmarkCatalogue
{
    public static async Task<int> Run(string[] arguments)
    {
        var benchmarks = typeof(IBenchmark).Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IBenchmark)))
            .Select(type => (IBenchmark)Activator.CreateInstance(type)!)
            .OrderBy(benchmark => benchmark.Name, StringComparer.Ordinal)
            .ToList();
        if (benchmarks.Find(benchmark => benchmark.Name == arguments.FirstOrDefault()) is { } chosen)
        {
            await chosen.Run(arguments[1..]);
            return 0;
        }

        Console.WriteLine($"benchmarks <name> [options], where name is one of: {string.Join(", ", benchmarks.Select(b => b.Name))}");
        return 1;
    }
}
