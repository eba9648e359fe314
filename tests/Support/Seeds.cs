using System.Globalization;
using System.Runtime.CompilerServices;

namespace Calls.Support;

/// <summary>Where a random test's numbers come from: a stable hash of the test's name, or <c>CALLS_SEED</c> to replay.</summary>
public static class Seeds
{
    public const string Variable = "CALLS_SEED";

    /// <summary>The seed of this test. It is printed, so that a failure can be replayed.</summary>
    /// <param name="print">Where to print; a test's <c>output.WriteLine</c>. The console by default.</param>
    /// <param name="test">The test's name; left to the compiler.</param>
    public static int For(Action<string>? print = null, [CallerMemberName] string test = "")
    {
        var replay = Environment.GetEnvironmentVariable(Variable);
        var seed = string.IsNullOrEmpty(replay) ? StableHash(test) : int.Parse(replay, CultureInfo.InvariantCulture);
        (print ?? Console.WriteLine)($"{test}: {Variable}={seed}");
        return seed;
    }

    /// <summary>A generator started from <see cref="For"/>.</summary>
    public static Random Random(Action<string>? print = null, [CallerMemberName] string test = "") =>
        new(For(print, test));

    // FNV-1a: string.GetHashCode differs from process to process.
    private static int StableHash(string text)
    {
        var hash = 2166136261u;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 16777619u;
        }

        return (int)(hash & int.MaxValue);
    }
}
