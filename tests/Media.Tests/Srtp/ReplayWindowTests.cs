using Calls.Media.Srtp;
using Calls.Support;
using Xunit.Abstractions;

namespace Calls.Media.Tests.Srtp;

public sealed class ReplayWindowTests(ITestOutputHelper output)
{
    [Fact]
    public void The_window_agrees_with_a_set_of_all_numbers_ever_seen_SRTP4()
    {
        var random = Seeds.Random(output.WriteLine);
        var window = default(ReplayWindow);
        var seen = new HashSet<long>();
        var highest = -1L;

        for (var step = 0; step < 50_000; step++)
        {
            // Mostly around the front; now and then a leap over part of the window, or all of it.
            var number = Math.Max(0, highest + random.Next(100) switch
            {
                < 3 => random.Next(3 * ReplayWindow.Packets),
                < 10 => -random.Next(2 * ReplayWindow.Packets),
                _ => random.Next(-60, 20),
            });
            var expected = number > highest - ReplayWindow.Packets && !seen.Contains(number);
            Assert.True(expected == window.IsNew(number), $"step {step}: {number} with {highest} highest");
            if (expected)
            {
                window.Accept(number);
                seen.Add(number);
                highest = Math.Max(highest, number);
                Assert.Equal(highest, window.Highest);
            }
        }
    }

    [Fact]
    public void An_empty_window_knows_every_number_as_new_but_those_below_zero()
    {
        var window = default(ReplayWindow);

        Assert.True(window.IsEmpty);
        Assert.True(window.IsNew(0));
        Assert.True(window.IsNew(1L << 47));
        Assert.False(window.IsNew(-1));
    }
}
