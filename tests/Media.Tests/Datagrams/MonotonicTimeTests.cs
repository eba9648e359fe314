using Calls.Media.Datagrams;

namespace Calls.Media.Tests.Datagrams;

public sealed class MonotonicTimeTests
{
    [Fact]
    public void Never_is_later_than_every_time_and_adding_to_it_keeps_it()
    {
        Assert.True(MonotonicTime.Never > new MonotonicTime(long.MaxValue - 1));
        Assert.Equal(MonotonicTime.Never, MonotonicTime.Never + TimeSpan.FromHours(1));
        Assert.Equal(MonotonicTime.Never, MonotonicTime.FromMilliseconds(1) + TimeSpan.MaxValue);
        Assert.Equal(TimeSpan.MaxValue, MonotonicTime.Never - MonotonicTime.Zero);
    }

    [Fact]
    public void The_difference_of_two_times_is_what_was_added()
    {
        var start = MonotonicTime.FromMilliseconds(1_234);

        Assert.Equal(TimeSpan.FromMilliseconds(20), start + TimeSpan.FromMilliseconds(20) - start);
    }

    [Fact]
    public void The_earlier_of_two_deadlines_is_the_parents() =>
        Assert.Equal(new MonotonicTime(5), MonotonicTime.Earlier(MonotonicTime.Never, new MonotonicTime(5)));
}
