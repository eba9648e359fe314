using Calls.Media.Datagrams;
using Calls.Media.Rtp;
using Calls.Media.Tracks;
using Calls.Support;
using Xunit.Abstractions;

namespace Calls.Media.Tests.Tracks;

/// <summary>Rows RTP6, RTP7 and VOX7: one number line, many streams.</summary>
public sealed class SequenceRewriterTests(ITestOutputHelper output)
{
    private static readonly MonotonicTime Start = MonotonicTime.FromMilliseconds(5_000);

    private SequenceRewriter _line = new(new SequenceNumber(100), new RtpTimestamp(7_000));

    [Fact]
    public void A_line_begins_at_its_first_number_with_the_marker_set()
    {
        var place = Put(stream: 1, number: 40_000, timestamp: 123_456, ms: 0);

        Assert.Equal(new OutgoingPlace(new ExtendedSequence(100), new RtpTimestamp(7_000), true, 0), place);
    }

    [Fact]
    public void Loss_stays_a_loss_and_the_sources_time_is_kept()
    {
        Put(1, 10, 0, 0);
        var place = Put(1, 13, 2_880, 60)!.Value;

        Assert.Equal(103, place.Number.Value);
        Assert.Equal(7_000u + 2_880, place.Timestamp.Value);
        Assert.False(place.Marker);
    }

    [Fact]
    public void A_switch_continues_the_number_and_moves_time_by_what_has_passed()
    {
        Put(1, 10, 0, 0);
        var place = Put(2, 60_000, 999, 500)!.Value;

        Assert.Equal(101, place.Number.Value);
        Assert.Equal(7_000u + 24_000, place.Timestamp.Value);
        Assert.True(place.Marker);
        Assert.Equal(1, _line.Switches);
    }

    [Fact]
    public void A_switch_within_a_frame_still_moves_time_by_one_frame()
    {
        Put(1, 10, 0, 0);
        Assert.Equal(7_000u + 960, Put(2, 1, 0, 3)!.Value.Timestamp.Value);
    }

    [Fact]
    public void Look_back_takes_only_time_that_the_line_has_to_spare()   // VOX4
    {
        Put(1, 10, 0, 0);
        Assert.Null(Put(2, 1, 0, -20, onlyIfRoom: true));
        Assert.Null(Put(2, 2, 960, 10, onlyIfRoom: true));
        Assert.Equal(7_000u + 1_440, Put(2, 3, 1_920, 30, onlyIfRoom: true)!.Value.Timestamp.Value);
        Assert.Equal(7_000u + 2_400, Put(2, 4, 2_880, 50)!.Value.Timestamp.Value);
    }

    [Fact]
    public void Look_back_never_sends_again_what_went_out_when_it_was_new()   // SRTP6
    {
        Put(1, 10, 0, 0);
        Put(1, 11, 960, 20);
        Assert.Null(Put(1, 10, 0, 0, stretch: 1, onlyIfRoom: true));
        Assert.Null(Put(1, 11, 960, 20, stretch: 1, onlyIfRoom: true));
    }

    [Fact]
    public void Late_packets_of_the_present_stream_get_the_number_that_is_theirs()
    {
        Put(1, 10, 0, 0);
        Put(1, 12, 1_920, 40);
        var late = Put(1, 11, 960, 45)!.Value;

        Assert.Equal(101, late.Number.Value);
        Assert.Equal(7_000u + 960, late.Timestamp.Value);
        Assert.Equal(103, Put(1, 13, 2_880, 60)!.Value.Number.Value);
    }

    [Fact]
    public void What_came_before_a_switch_is_cut()
    {
        Put(1, 10, 0, 0);
        Put(2, 50, 0, 100);

        Assert.Null(Put(2, 49, -960, 105));
    }

    [Fact]
    public void A_stretch_left_out_closes_up_and_late_packets_find_their_own_stretch()
    {
        Put(1, 10, 0, 0, stretch: 0);
        Put(1, 12, 1_920, 40, stretch: 0);
        var resumed = Put(1, 50, 40 * 960, 800, stretch: 1)!.Value;

        Assert.Equal(103, resumed.Number.Value);
        Assert.Equal(7_000u + (40 * 960), resumed.Timestamp.Value);
        Assert.True(resumed.Marker);
        Assert.Equal(101, Put(1, 11, 960, 801, stretch: 1)!.Value.Number.Value);
        Assert.Null(Put(1, 30, 20 * 960, 802, stretch: 1));
    }

    [Fact]
    public void A_source_whose_clock_stood_still_in_a_pause_does_not_stop_the_lines_time()
    {
        Put(1, 10, 0, 0, stretch: 0);
        Assert.Equal(7_000u + 48_000, Put(1, 11, 0, 1_000, stretch: 1)!.Value.Timestamp.Value);
    }

    [Fact]
    public void Numbers_and_time_wrap_without_a_seam()
    {
        _line = new SequenceRewriter(new SequenceNumber(32_000), new RtpTimestamp(uint.MaxValue - 500));
        var last = Put(1, 65_000, uint.MaxValue - 1_000, 0)!.Value;
        for (var i = 1; i < 70_000; i++)
        {
            var place = Put(1, 65_000 + i, uint.MaxValue - 1_000 + (i * 960L), i * 20)!.Value;
            Assert.Equal(last.Number.Value + 1, place.Number.Value);
            Assert.Equal(960, place.Timestamp.Since(last.Timestamp));
            last = place;
        }
    }

    [Fact]
    public void No_history_of_streams_pauses_loss_and_reordering_uses_a_number_twice()
    {
        var random = Seeds.Random(output.WriteLine);
        var used = new HashSet<long>();
        var (stream, stretch, number, ms) = (1, 0u, 500L, 0);
        var highest = 99L;
        for (var i = 0; i < 50_000; i++)
        {
            ms += 20;
            number++;
            switch (random.Next(40))
            {
                case 0: (stream, number) = (stream + 1, random.Next(100_000)); break;
                case 1: (stretch, number) = (stretch + 1, number + random.Next(50)); break;
                case 2: number += random.Next(4); break;
            }

            var late = random.Next(10) == 0 ? random.Next(1, 8) : 0;
            if (Put(stream, number - late, (number - late) * 960, ms, stretch) is { } place && late == 0)
            {
                Assert.True(used.Add(place.Number.Value), $"number {place.Number.Value} twice");
                Assert.True(place.Number.Value > highest || place.Number.Value >= highest - 8);
                highest = Math.Max(highest, place.Number.Value);
            }
        }
    }

    private OutgoingPlace? Put(long stream, long number, long timestamp, int ms, uint stretch = 0, bool onlyIfRoom = false)
    {
        var packet = new VoicePacket
        {
            Stream = stream,
            Stretch = stretch,
            Sequence = new ExtendedSequence(number),
            Timestamp = new RtpTimestamp(unchecked((uint)timestamp)),
            Marker = false,
            LevelByte = 30,
            Payload = default,
        };
        return _line.TryPlace(packet, Start + TimeSpan.FromMilliseconds(ms), onlyIfRoom, out var place) ? place : null;
    }
}
