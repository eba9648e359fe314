using Calls.Media.Datagrams;
using Calls.Media.Rtp;

namespace Calls.Media.Tests.Rtp;

public sealed class ReceptionStatisticsTests
{
    private const int FrameTicks = 960;
    private const int FrameMilliseconds = 20;

    [Fact]
    public void A_pause_in_speech_is_neither_loss_nor_jitter_RTP10()
    {
        var statistics = new ReceptionStatistics(RtpTimestamp.OpusTicksPerSecond);

        // Ten frames, four seconds of silence in which numbers stand still, ten frames.
        for (var frame = 0; frame < 20; frame++)
        {
            var slot = frame < 10 ? frame : frame + 200;
            Receive(statistics, (ushort)(65_530 + frame), slot, delayMilliseconds: 7);
        }

        Assert.Equal(new ReceptionReport(0, 0, 65_549, 0), statistics.TakeReport());
    }

    [Fact]
    public void Loss_is_counted_over_the_wrap_and_each_report_speaks_of_its_own_interval_RTCP3()
    {
        var statistics = new ReceptionStatistics(RtpTimestamp.OpusTicksPerSecond);
        for (var frame = 0; frame < 16; frame++)
        {
            if (frame % 4 != 1)
            {
                Receive(statistics, (ushort)(65_528 + frame), frame, delayMilliseconds: 0);
            }
        }

        var first = statistics.TakeReport();
        for (var frame = 16; frame < 32; frame++)
        {
            Receive(statistics, (ushort)(65_528 + frame), frame, delayMilliseconds: 0);
        }

        Assert.Equal(new ReceptionReport(64, 4, 65_543, 0), first);
        Assert.Equal(new ReceptionReport(0, 4, 65_559, 0), statistics.TakeReport());
    }

    [Fact]
    public void A_late_packet_mends_the_loss_and_one_from_before_the_first_counts_too()
    {
        var statistics = new ReceptionStatistics(RtpTimestamp.OpusTicksPerSecond);

        Receive(statistics, 1, 1, delayMilliseconds: 0);
        Receive(statistics, 0, 0, delayMilliseconds: 20);
        Receive(statistics, 65_535, -1, delayMilliseconds: 40);

        Assert.Equal(0, statistics.Lost);
        Assert.Equal(3, statistics.Received);
    }

    [Fact]
    public void Duplicates_make_loss_negative_and_the_fraction_zero()
    {
        var statistics = new ReceptionStatistics(RtpTimestamp.OpusTicksPerSecond);

        Receive(statistics, 1, 1, delayMilliseconds: 0);
        Receive(statistics, 1, 1, delayMilliseconds: 0);

        Assert.Equal(new ReceptionReport(0, -1, 1, 0), statistics.TakeReport());
    }

    [Fact]
    public void Jitter_moves_by_a_sixteenth_of_each_change_in_transit()
    {
        var statistics = new ReceptionStatistics(RtpTimestamp.OpusTicksPerSecond);

        Receive(statistics, 1, 1, delayMilliseconds: 0);
        Receive(statistics, 2, 2, delayMilliseconds: 10);   // 480 ticks later than its timestamp says

        Assert.Equal(480u / 16, statistics.TakeReport().Jitter);
    }

    private static void Receive(ReceptionStatistics statistics, ushort sequence, int slot, int delayMilliseconds) =>
        statistics.Receive(
            new SequenceNumber(sequence),
            new RtpTimestamp(uint.MaxValue - 2000).Add(slot * FrameTicks),
            MonotonicTime.FromMilliseconds(1000 + (slot * FrameMilliseconds) + delayMilliseconds));
}
