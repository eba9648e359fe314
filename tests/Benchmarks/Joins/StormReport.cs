using System.Globalization;

namespace Calls.Benchmarks.Joins;

/// <summary>The figures of all rounds as a table in Markdown: per rate the median round, and between which values the rounds lie.</summary>
internal static class StormReport
{
    private const double ResendMs = 200; // So long the client waits for an answer before it sends a check or a flight again.

    public static string Write(IReadOnlyList<StormFigures> rounds)
    {
        var lines = new List<string>
        {
            "| ms, unless said otherwise | " + string.Join(" | ", Rates(rounds).Select(rate => $"{Text(rate)} clicks/s")) + " |",
            "| --- | " + string.Join(" | ", Rates(rounds).Select(_ => "---")) + " |",
        };
        void Add(string name, Func<StormFigures, double> figure, string format = "F1") =>
            lines.Add($"| {name} | " + string.Join(" | ", Rates(rounds).Select(rate => Spread(rounds.Where(r => r.ClicksPerSecond == rate).Select(figure), format))) + " |");

        Add("joins/s that came to a first packet", round => round.JoinsPerSecond);
        Add("`Join` answered, p50", round => Percentile(round, join => join.Join, 50));
        Add("`Join` answered, p99", round => Percentile(round, join => join.Join, 99));
        Add("`Offer` answered, p50", round => Percentile(round, join => join.Offer, 50));
        Add("`Offer` answered, p99", round => Percentile(round, join => join.Offer, 99));
        Add("ICE and DTLS, p50", round => Percentile(round, join => join.Connect, 50));
        Add("ICE and DTLS, p99", round => Percentile(round, join => join.Connect, 99));
        Add("of 100 joins, those that had to send again (200 ms and more)", round => 100.0 * round.Joins.Count(join => join.Connect >= ResendMs) / round.Joins.Count);
        Add("click → first packet, p50", round => Percentile(round, join => join.FirstPacket, 50));
        Add("click → first packet, p99", round => Percentile(round, join => join.FirstPacket, 99));
        Add("click → first packet, worst", round => Percentile(round, join => join.FirstPacket, 100));
        Add("server's processor time per join", round => round.ServerCpuMs, "F2");
        Add("client's processor time per join", round => round.ClientCpuMs, "F2");
        Add("errors", round => round.Errors.Values.Sum(), "F0");
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<double> Rates(IEnumerable<StormFigures> rounds) => rounds.Select(round => round.ClicksPerSecond).Distinct();

    private static double Percentile(StormFigures round, Func<JoinTimes, double> time, int percent)
    {
        if (round.Joins.Count == 0) { return double.NaN; }

        var sorted = round.Joins.Select(time).Order().ToList();
        return sorted[Math.Clamp((int)Math.Ceiling(sorted.Count * percent / 100.0) - 1, 0, sorted.Count - 1)];
    }

    private static string Spread(IEnumerable<double> values, string format)
    {
        var sorted = values.Order().ToList();
        string In(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return $"{In(sorted[sorted.Count / 2])} ({In(sorted[0])}–{In(sorted[^1])})";
    }

    private static string Text(double rate) => rate.ToString("0.#", CultureInfo.InvariantCulture);
}
