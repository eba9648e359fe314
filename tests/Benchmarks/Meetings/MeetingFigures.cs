using System.Globalization;

namespace Calls.Benchmarks.Meetings;

/// <summary>What a meeting cost.</summary>
/// <param name="Joins">From each click to its answer, in milliseconds.</param>
/// <param name="Settled">From the first click until all of a call saw the same.</param>
/// <param name="Events">Told to all while joining and settling.</param>
/// <param name="Cpu">The service's processor time meanwhile.</param>
/// <param name="BytesPerSession">Growth of the service's working set, with sockets, connections and what the garbage collector keeps in hand.</param>
internal sealed record MeetingFigures(
    List<double> Joins, int Errors, TimeSpan Joining, TimeSpan Settled, long Events, TimeSpan Cpu, long BytesPerSession, int Gaps,
    int Hosts, int EndedWhole, int Calls)
{
    public override string ToString()
    {
        var sorted = Joins.Order().ToList();
        double At(int percent) => sorted[Math.Clamp((int)Math.Ceiling(sorted.Count * percent / 100.0) - 1, 0, sorted.Count - 1)];
        return string.Create(CultureInfo.InvariantCulture, $"""
            | figure | value |
            | --- | --- |
            | joins answered / errors | {Joins.Count} / {Errors} |
            | all answered after, all saw the same after | {Joining.TotalSeconds:F1} s, {Settled.TotalSeconds:F1} s |
            | `Join` p50 / p99 / worst | {At(50):F0} / {At(99):F0} / {sorted[^1]:F0} ms |
            | events delivered, per second | {Events}, {Events / Settled.TotalSeconds:F0}/s |
            | service's processor time per delivered event, joins included | {Cpu.TotalMicroseconds / Events:F1} µs |
            | service's processor time per join | {Cpu.TotalMilliseconds / Joins.Count:F2} ms |
            | growth of the working set per session | {BytesPerSession / 1024.0:F1} KiB |
            | gaps seen by clients | {Gaps} |
            | calls with a host / ended with all their sessions counted | {Hosts} / {EndedWhole} of {Calls} |

            """);
    }
}
