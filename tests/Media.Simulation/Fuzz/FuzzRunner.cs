namespace Calls.Media.Simulation.Fuzz;

/// <summary>Feeds a target with spoilt inputs, the same ones for the same seed: seconds in a test run, hours on demand.</summary>
public static class FuzzRunner
{
    /// <summary>How many inputs each target gets; set it high for a long hunt.</summary>
    public const string RoundsVariable = "CALLS_FUZZ_ROUNDS";

    // About a second for the dearest target, which reads whole session descriptions.
    private const int RoundsDefault = 4_000;

    // The first inputs also pay for what is made once: compiled code, tables, caches.
    private const int WarmUpRounds = 50;

    /// <summary>All targets of this assembly, in order of their names.</summary>
    public static IReadOnlyList<IFuzzTarget> Targets =>
    [
        .. typeof(FuzzRunner).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFuzzTarget)))
            .Select(type => (IFuzzTarget)Activator.CreateInstance(type)!)
            .OrderBy(target => target.Name, StringComparer.Ordinal),
    ];

    /// <summary>The rounds asked for by <see cref="RoundsVariable"/>, or a second's worth.</summary>
    public static int Rounds => int.TryParse(Environment.GetEnvironmentVariable(RoundsVariable), out var rounds) ? rounds : RoundsDefault;

    /// <summary>Runs a target. Returns what it found: the first input that broke it, ready to be kept as a test; null if none did.</summary>
    public static string? Run(IFuzzTarget target, int seed, int rounds)
    {
        foreach (var input in target.Seeds)
        {
            if (Feed(target, input, isMeasured: false) is { } found) { return Describe(target, seed, -1, input, found); }
        }

        var mutator = new FuzzMutator(new Random(seed), target.Seeds);
        for (var round = 0; round < rounds; round++)
        {
            var input = mutator.Next();
            if (Feed(target, input, round >= WarmUpRounds) is { } found) { return Describe(target, seed, round, input, found); }
        }

        return null;
    }

    private static string? Feed(IFuzzTarget target, byte[] input, bool isMeasured)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try { target.Run(input); }
        catch (Exception fault) { return fault.ToString(); }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return isMeasured && allocated > target.AllocatedBytesMax ? $"took {allocated} B, more than {target.AllocatedBytesMax} B" : null;
    }

    private static string Describe(IFuzzTarget target, int seed, int round, byte[] input, string found) =>
        $"{target.Name}, seed {seed}, round {round}, {input.Length} B {Convert.ToHexString(input)}: {found}";
}
