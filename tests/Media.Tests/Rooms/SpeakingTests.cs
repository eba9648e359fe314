using Calls.Media.Datagrams;
using Calls.Media.Rooms;

namespace Calls.Media.Tests.Rooms;

/// <summary>Row VOX10.</summary>
public sealed class SpeakingTests
{
    private static readonly MonotonicTime Start = MonotonicTime.FromMilliseconds(1_000);

    [Theory]
    [InlineData("111", true)]
    [InlineData("101", false)]
    [InlineData("10101", true)]
    [InlineData("1100001", false)]
    public void The_ring_goes_on_after_three_active_packets_of_five(string packets, bool speaking)
    {
        var detector = new SpeakingDetector();
        foreach (var packet in packets) { detector.Hear(packet == '1', Start); }

        Assert.Equal(speaking, detector.IsSpeaking);
    }

    [Fact]
    public void The_ring_goes_off_half_a_second_after_the_last_active_packet_and_at_once_on_mute()
    {
        var detector = new SpeakingDetector();
        for (var i = 0; i < 3; i++) { detector.Hear(true, Start); }

        Assert.False(detector.Tick(Start + TimeSpan.FromMilliseconds(499)));
        Assert.True(detector.Tick(Start + TimeSpan.FromMilliseconds(500)));
        for (var i = 0; i < 3; i++) { detector.Hear(true, Start); }

        Assert.True(detector.Reset());
        Assert.False(detector.IsSpeaking);
        Assert.Equal(MonotonicTime.Never, detector.EndsAt);
    }

    [Fact]
    public void News_are_said_at_once_then_ten_times_a_second_and_the_last_state_always()
    {
        var pace = default(NewsPace);
        var said = new List<(int Ms, int State)>();
        for (var ms = 0; ms < 2_000; ms++)
        {
            if (ms < 1_000) { pace.Mark(); }
            if (pace.TryTake(Start + TimeSpan.FromMilliseconds(ms))) { said.Add((ms, Math.Min(ms, 999))); }
        }

        Assert.Equal(0, said[0].Ms);
        Assert.InRange(said.Count, 10, 11);
        Assert.Equal(999, said[^1].State);
    }
}
