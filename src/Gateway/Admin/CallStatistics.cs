using System.Collections.Immutable;
using System.Globalization;
using Calls.Contracts.Workspace;

namespace Calls.Gateway.Admin;

/// <summary>The calls of the last 30 days and 12 months, in UTC, by kind of channel. Days and months without calls are listed too.</summary>
/// <param name="AverageDurationMs">Of a call of these 30 days; null when there was none.</param>
/// <param name="AverageParticipants">As <paramref name="AverageDurationMs"/>: people, not devices.</param>
internal sealed record CallStatistics(
    ImmutableArray<CallStatistics.Count> Days, ImmutableArray<CallStatistics.Count> Months, long? AverageDurationMs, double? AverageParticipants)
{
    private const int DaysShown = 30;
    private const int MonthsShown = 12;

    /// <summary>The first day that is counted.</summary>
    public static DateOnly From(DateOnly today) => FirstOfMonth(today).AddMonths(1 - MonthsShown);

    public static CallStatistics Of(ImmutableArray<CallCount> counts, DateOnly today)
    {
        var firstDay = today.AddDays(1 - DaysShown);
        var recent = counts.Where(count => count.Day >= firstDay && count.Day <= today).ToList();
        var calls = recent.Sum(count => count.Calls);
        return new CallStatistics(
            [.. Enumerable.Range(0, DaysShown).Select(firstDay.AddDays).Select(day =>
                Sum(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), recent.Where(count => count.Day == day)))],
            [.. Enumerable.Range(0, MonthsShown).Select(From(today).AddMonths).Select(month =>
                Sum(month.ToString("yyyy-MM", CultureInfo.InvariantCulture), counts.Where(count => FirstOfMonth(count.Day) == month)))],
            calls == 0 ? null : (long)recent.Sum(count => count.Duration.TotalMilliseconds) / calls,
            calls == 0 ? null : Math.Round(recent.Sum(count => count.Participants) / (double)calls, digits: 2));
    }

    private static Count Sum(string date, IEnumerable<CallCount> counts)
    {
        var byKind = counts.ToLookup(count => count.Kind, count => count.Calls);
        return new Count(
            date,
            byKind[ChannelKind.Public].Sum(),
            byKind[ChannelKind.Private].Sum(),
            byKind[ChannelKind.Group].Sum(),
            byKind[ChannelKind.Direct].Sum(),
            byKind.Sum(kind => kind.Sum()));
    }

    private static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);

    /// <summary>The calls that began on a day or in a month.</summary>
    /// <param name="Date">2026-11-26, or 2026-11.</param>
    /// <param name="Calls">All of them, also those of channels that the chat does not know any more.</param>
    internal sealed record Count(string Date, int Public, int Private, int Group, int Direct, int Calls);
}
