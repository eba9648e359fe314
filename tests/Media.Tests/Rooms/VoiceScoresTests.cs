using Calls.Media.Datagrams;
using Calls.Media.Rooms;

namespace Calls.Media.Tests.Rooms;

/// <summary>Rows VOX1, VOX2 and VOX8.</summary>
public sealed class VoiceScoresTests
{
    private readonly VoiceScores _scores = new();
    private MonotonicTime _now = MonotonicTime.FromMilliseconds(1_000);

    [Fact]
    public void A_steady_loud_sound_counts_from_the_first_packet_and_goes_on_counting()   // VOX1: the floor stays below −50
    {
        Hear(packets: 1, level: 30);
        Assert.True(_scores.IsActive);
        Hear(packets: 3_000, level: 30);
        Assert.True(_scores.IsActive);
    }

    [Fact]
    public void Steady_noise_becomes_the_floor_and_a_voice_rises_from_it()
    {
        Hear(packets: 1_000, level: 58);
        Assert.False(_scores.IsActive);
        Hear(packets: 1, level: 50);
        Assert.True(_scores.IsActive);
    }

    [Fact]
    public void A_rustle_after_digital_silence_is_no_voice()
    {
        Hear(packets: 50, level: 127);
        Hear(packets: 1, level: 70);
        Assert.False(_scores.IsActive);
    }

    [Fact]
    public void Without_a_level_a_payload_over_ten_bytes_is_a_voice_and_a_small_one_is_not()
    {
        Hear(packets: 1, level: VoiceScores.Unclaimed, payloadBytes: 10);
        Assert.False(_scores.IsActive);
        Hear(packets: 1, level: VoiceScores.Unclaimed, payloadBytes: 11);
        Assert.True(_scores.IsActive);
    }

    [Fact]
    public void Windows_count_time_not_packets()   // VOX2: 20 ms and 60 ms frames of one voice score alike
    {
        var long60 = new VoiceScores();
        for (var i = 0; i < 50; i++)
        {
            Hear(packets: 3, level: 30);
            long60.Hear(30, 80, _now);
        }

        Assert.InRange(long60.MediumWindow, _scores.MediumWindow * 0.85, _scores.MediumWindow * 1.15);
        Assert.InRange(long60.LongWindow, _scores.LongWindow * 0.9, _scores.LongWindow * 1.1);
    }

    [Fact]
    public void Windows_forget_after_100_ms_500_ms_and_5_s()
    {
        Hear(packets: 250, level: 30);
        Assert.True(_scores.ShortWindow > 0 && _scores.MediumWindow > _scores.ShortWindow && _scores.LongWindow > _scores.MediumWindow);
        Wait(120);
        Assert.Equal(0, _scores.ShortWindow);
        Assert.True(_scores.MediumWindow > 0);
        Wait(500);
        Assert.Equal(0, _scores.MediumWindow);
        Assert.True(_scores.LongWindow > 0);
        Wait(4_500);
        Assert.Equal(0, _scores.LongWindow);
    }

    [Fact]
    public void A_pause_of_a_minute_leaves_nothing_behind()
    {
        Hear(packets: 250, level: 30);
        Wait(60_000);
        Assert.Equal((0, 0, 0), (_scores.ShortWindow, _scores.MediumWindow, _scores.LongWindow));
        Hear(packets: 1, level: 30);
        Assert.Equal(_scores.ShortWindow, _scores.LongWindow);
    }

    [Fact]
    public void A_click_is_no_onset_and_two_active_packets_are()
    {
        Hear(packets: 1, level: 90);
        Hear(packets: 1, level: 30);
        Assert.False(_scores.HasOnset);
        Hear(packets: 1, level: 30);
        Assert.True(_scores.HasOnset);
    }

    [Fact]
    public void A_level_that_never_varies_for_ten_seconds_ranks_below_one_that_does()   // VOX8
    {
        var living = new VoiceScores();
        for (var i = 0; i < 600; i++)
        {
            Hear(packets: 1, level: 5);
            living.Hear(40 + (i % 3), 80, _now);
        }

        Assert.True(_scores.IsSteady);
        Assert.True(living.IsAheadOf(_scores, _now));
        Assert.False(_scores.IsAheadOf(living, _now));
        Hear(packets: 1, level: 9);
        Assert.False(_scores.IsSteady);
    }

    [Fact]
    public void Sources_without_a_level_claim_nothing_and_are_not_held_for_steady()
    {
        Hear(packets: 1_000, level: VoiceScores.Unclaimed);
        Assert.False(_scores.IsSteady);
    }

    [Fact]
    public void Equal_voices_are_not_ahead_of_each_other()
    {
        var other = new VoiceScores();
        for (var i = 0; i < 300; i++)
        {
            Hear(packets: 1, level: 30 + (i % 4));
            other.Hear(30 + ((i + 2) % 4), 80, _now);
        }

        Assert.False(_scores.IsAheadOf(other, _now));
        Assert.False(other.IsAheadOf(_scores, _now));
    }

    private void Hear(int packets, int level, int payloadBytes = 80)
    {
        for (var i = 0; i < packets; i++)
        {
            _now += TimeSpan.FromMilliseconds(20);
            _scores.Hear(level, payloadBytes, _now);
        }
    }

    private void Wait(int milliseconds)
    {
        _now += TimeSpan.FromMilliseconds(milliseconds);
        _scores.AdvanceTo(_now);
    }
}
