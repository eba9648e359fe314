using Calls.Contracts.Workspace;
using Calls.Gateway.Admin;

namespace Calls.Gateway.Tests.Admin;

/// <summary>What administrators are told of past calls (BEHAVIOUR section 9).</summary>
public class CallStatisticsTests
{
    private static readonly DateOnly s_today = new(2026, 3, 15);

    [Fact]
    public void Days_and_months_are_all_there_and_calls_are_counted_by_kind()
    {
        var statistics = CallStatistics.Of(
            [
                Ended(s_today, ChannelKind.Public, calls: 2, minutes: 10, participants: 5),
                Ended(s_today, ChannelKind.Direct, calls: 1, minutes: 5, participants: 2),
                Ended(s_today.AddDays(-29), kind: null, calls: 1, minutes: 1, participants: 1),
                Ended(s_today.AddDays(-30), ChannelKind.Group, calls: 7, minutes: 700, participants: 70),
                Ended(new DateOnly(2025, 4, 1), ChannelKind.Private, calls: 3, minutes: 3, participants: 9),
            ],
            s_today);

        Assert.Equal(30, statistics.Days.Length);
        Assert.Equal(new CallStatistics.Count("2026-03-15", 2, 0, 0, 1, 3), statistics.Days[^1]);
        Assert.Equal(new CallStatistics.Count("2026-02-14", 0, 0, 0, 0, 1), statistics.Days[0]);
        Assert.Equal(new CallStatistics.Count("2026-03-14", 0, 0, 0, 0, 0), statistics.Days[^2]);
        Assert.Equal(12, statistics.Months.Length);
        Assert.Equal(new CallStatistics.Count("2025-04", 0, 3, 0, 0, 3), statistics.Months[0]);
        Assert.Equal(new CallStatistics.Count("2026-02", 0, 0, 7, 0, 8), statistics.Months[^2]);
        Assert.Equal(((long)TimeSpan.FromMinutes(4).TotalMilliseconds, 2.0), (statistics.AverageDurationMs, statistics.AverageParticipants));
    }

    [Fact]
    public void The_first_day_that_is_counted_begins_the_first_of_the_twelve_months() =>
        Assert.Equal(new DateOnly(2025, 4, 1), CallStatistics.From(s_today));

    [Fact]
    public void Without_calls_there_are_no_averages()
    {
        var statistics = CallStatistics.Of([], s_today);
        Assert.Null(statistics.AverageDurationMs);
        Assert.Null(statistics.AverageParticipants);
        Assert.All(statistics.Days.Concat(statistics.Months), count => Assert.Equal(0, count.Calls));
    }

    private static CallCount Ended(DateOnly day, ChannelKind? kind, int calls, int minutes, int participants) =>
        new(day, kind, calls, TimeSpan.FromMinutes(minutes), participants);
}
