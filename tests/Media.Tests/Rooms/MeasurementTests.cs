using Calls.Media.Peers;
using Calls.Media.Simulation;
using Calls.Media.Tracks;
using Calls.Support;
using Xunit.Abstractions;

namespace Calls.Media.Tests.Rooms;

/// <summary>What the core measures for the node's metrics.</summary>
public sealed class MeasurementTests(ITestOutputHelper output)
{
    [Fact]
    public void A_voice_that_had_no_slot_is_on_its_way_within_60_ms_and_that_is_measured()   // VOX4
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine), voiceSlots: 1);
        var (alice, bob, _) = (call.Join(), call.Join(), call.Join());
        bob.Microphone = _ => 90;
        alice.Microphone = Talk.Always();
        call.RunMilliseconds(5_000);
        alice.Microphone = _ => 90;
        call.RunMilliseconds(3_000);
        call.Counters.Samples.Clear();
        bob.Microphone = Talk.Always();
        call.RunMilliseconds(1_000);

        var onset = Assert.Single(Of(call, MediaSampleKind.VoiceOnset));
        Assert.InRange(onset, 0, 0.06);
    }

    [Fact]
    public void A_word_that_just_passes_has_no_onset()   // VOX5
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        var (alice, _) = (call.Join(), call.Join());
        alice.Microphone = now => now.Microseconds / 1_000_000 % 2 == 0 ? 20 : null;
        call.RunMilliseconds(5_000);

        Assert.Empty(Of(call, MediaSampleKind.VoiceOnset));
    }

    [Fact]
    public void Loss_on_the_way_here_is_measured_by_our_own_count()   // RTCP3
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        var (alice, _) = (call.Join(), call.Join());
        alice.Microphone = Talk.Always();
        call.RunMilliseconds(2_000);
        call.Counters.Samples.Clear();
        call.Network.Weather = Weather.Fair with { Loss = 0.2 };
        call.RunMilliseconds(10_000);

        Assert.InRange(Of(call, MediaSampleKind.LossIn).Average(), 0.1, 0.3);
        Assert.NotEmpty(Of(call, MediaSampleKind.JitterIn));
    }

    [Fact]
    public void Sessions_are_counted_by_how_far_they_are()
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        var (alice, bob) = (call.Join(), call.Join());
        Assert.Equal((2, 0), (Count(call, SessionProgress.Connecting), Count(call, SessionProgress.Connected)));

        call.RunMilliseconds(1_000);
        Assert.Equal((0, 2), (Count(call, SessionProgress.Connecting), Count(call, SessionProgress.Connected)));

        bob.IsAwake = false;
        call.RunMilliseconds(15_000);
        Assert.Equal((1, 1), (Count(call, SessionProgress.Connected), Count(call, SessionProgress.Stalled)));

        call.Reserve(alice, generation: 2, muted: false);
        Assert.Equal((1, 0), (Count(call, SessionProgress.Reserved), Count(call, SessionProgress.Connected)));

        call.RunMilliseconds(120_000);
        Assert.All(
            [SessionProgress.Reserved, SessionProgress.Connecting, SessionProgress.Connected, SessionProgress.Stalled],
            progress => Assert.Equal(0, Count(call, progress)));
    }

    private static int Count(RoomScenario call, SessionProgress progress) => call.Counters.Sessions(progress);

    private static List<double> Of(RoomScenario call, MediaSampleKind kind)
    {
        var values = new List<double>();
        foreach (var sample in call.Counters.Samples.All)
        {
            if (sample.Kind == kind) { values.Add(sample.Value); }
        }

        return values;
    }
}
