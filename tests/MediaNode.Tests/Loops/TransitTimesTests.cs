using Calls.MediaNode.Loops;

namespace Calls.MediaNode.Tests.Loops;

public sealed class TransitTimesTests
{
    private readonly TransitTimes _times = new();

    [Fact]
    public void Nothing_counted_took_no_time() => Assert.Equal(TimeSpan.Zero, Quantile(0.99));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 4)]
    [InlineData(100, 112)]
    [InlineData(1_000, 1_024)]
    [InlineData(65_000, 65_536)]
    public void A_time_is_told_as_the_end_of_its_class_a_quarter_of_a_doubling_wide(int microseconds, int told)
    {
        _times.Note(TimeSpan.FromMicroseconds(microseconds));

        Assert.Equal(TimeSpan.FromMicroseconds(told), Quantile(0.99));
    }

    [Fact]
    public void One_slow_turn_in_a_hundred_is_beyond_the_99th_and_two_are_not()
    {
        for (var i = 0; i < 99; i++) { _times.Note(TimeSpan.FromMicroseconds(100)); }

        _times.Note(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromMicroseconds(112), Quantile(0.99));

        _times.Note(TimeSpan.FromSeconds(1));
        Assert.True(Quantile(0.99) > TimeSpan.FromMilliseconds(60));
    }

    private TimeSpan Quantile(double share)
    {
        var counts = new long[TransitTimes.Classes];
        _times.AddTo(counts);
        return TransitTimes.Quantile(counts, share);
    }
}
