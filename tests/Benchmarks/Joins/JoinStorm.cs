using System.Diagnostics;
using System.Globalization;

namespace Calls.Benchmarks.Joins;

/// <summary>
/// Joins per second through hub, grains and media node of the real program, and from a click to the first packet of a voice. Options:
/// <c>--program PATH</c> (artifacts/bin/Silo/release/calls.dll above this program), <c>--rates 50,100</c>, <c>--joins N</c> a round (500),
/// <c>--rounds N</c> (3), <c>--calls N</c> (25), <c>--users N</c> (100), <c>--stay SECONDS</c> (3), <c>--with name=value,…</c> for the program.
/// </summary>
internal sealed class JoinStorm : IBenchmark
{
    private const string DemoPassword = "calls-demo";
    private const int WarmUpJoins = 150;
    private const double WarmUpRate = 25;
    private static readonly TimeSpan s_background = TimeSpan.FromSeconds(5);

    // What is measured is the service, not its guard.
    private static readonly Dictionary<string, string> s_noLimits = new()
    {
        ["Calls__RateLimits__SignInPerMinute"] = "10000",
        ["Calls__RateLimits__RestPerSecond"] = "10000",
        ["Calls__RateLimits__RestBurst"] = "100000",
        ["Logging__LogLevel__Default"] = "Warning",
        ["Logging__LogLevel__Microsoft.Extensions.Diagnostics.HealthChecks"] = "None", // not ready yet is no complaint here
    };

    /// <inheritdoc/>
    public string Name => "join-storm";

    /// <inheritdoc/>
    public async Task Run(string[] options)
    {
        var settings = new StormSettings(options);
        ThreadPool.SetMinThreads(64, 64); // A burst of answers must not wait for the pool to grow.
        Say($"Load average {Load()}.");
        await using var program = await CallsProgram.Start(settings.Program, s_noLimits.Concat(settings.With));
        await using var party = await Party.Invite(program.Address, settings, DemoPassword);
        await using var speakers = new Speakers(party.Speakers);
        speakers.Begin();
        Say($"{settings.Calls} calls with one voice each, {party.Joiners.Count} devices of {settings.Users} users are connected; {program.MemoryBytes >> 20} MiB.");

        await new StormRound(WarmUpRate, settings.Stay).Run([.. party.Joiners.Take(WarmUpJoins)], program, backgroundShare: 0);
        var figures = new List<StormFigures>();
        for (var round = 0; round < settings.Rounds; round++)
        {
            foreach (var rate in settings.Rates)
            {
                var background = await Background(program);
                figures.Add(await new StormRound(rate, settings.Stay).Run(party.Joiners, program, background));
                Say($"Round {round + 1} at {rate}/s, background {background:P1} of a core, memory {program.MemoryBytes >> 20} MiB, load {Load()}.");
                foreach (var (what, count) in figures[^1].Errors) { Say($"  {count} × {what}"); }
            }
        }

        Say(StormReport.Write(figures));
        Say($"Load average {Load()}; {party.Joiners.Sum(joiner => joiner.Device.Events)} events were told to the joiners.");
        var complaints = program.Output.Split('\n').Where(line => line.Contains("warn:") || line.Contains("fail:")).Take(20);
        foreach (var line in complaints) { Say(line); }
    }

    // What the program spends on voices, connections and timers while nobody joins, as a share of one core.
    private static async Task<double> Background(CallsProgram program)
    {
        var before = program.ProcessorTime;
        var startedAt = Stopwatch.GetTimestamp();
        using var wait = new PeriodicTimer(s_background);
        await wait.WaitForNextTickAsync();
        return (program.ProcessorTime - before) / Stopwatch.GetElapsedTime(startedAt);
    }

    private static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static void Say(string text) => Console.WriteLine(text);
}
