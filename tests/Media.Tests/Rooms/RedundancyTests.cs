using Calls.Media.Simulation;
using Calls.Support;
using Xunit.Abstractions;

namespace Calls.Media.Tests.Rooms;

/// <summary>Redundant audio, RFC 2198: passed where both ends have it, unwrapped for the rest.</summary>
public sealed class RedundancyTests(ITestOutputHelper output)
{
    [Fact]
    public void It_is_unwrapped_for_those_who_take_none()
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine), audioRed: true);
        var (alice, bob) = (call.Join(offer: new SimulatedOffer(Red: true)), call.Join());
        alice.Microphone = Talk.Always();
        call.RunMilliseconds(1_000);

        Assert.InRange(bob.CountOf(alice), 30, 50);
        Assert.All(bob.Heard, packet => Assert.Equal((111, null), (packet.PayloadType, packet.Again)));
    }

    [Fact]
    public void It_is_passed_to_those_who_take_it_in_their_own_numbering()
    {
        var call = Talking(out var alice, out var bob, out _);

        Assert.InRange(bob.CountOf(alice), 45, 52);
        Assert.All(bob.Heard, packet => Assert.Equal(SimulatedOffer.RedType, packet.PayloadType));
        Assert.All(bob.Heard, packet => Assert.Equal(packet.Frame - 1, packet.Again));
        Assert.All(bob.Heard, packet => Assert.Equal(98, packet.InnerType));
        Talk.AssertContinuous(bob);
        Assert.Equal(0, bob.Unopened);
    }

    [Fact]
    public void It_repeats_nothing_from_before_an_unmute()   // VOX7, S43
    {
        var call = Talking(out var alice, out var bob, out _);
        call.Mute(alice, muted: true);
        call.RunMilliseconds(500);
        bob.Heard.Clear();
        call.Mute(alice, muted: false);
        call.RunMilliseconds(500);

        var first = bob.Heard[0];
        Assert.Null(first.Again);
        Assert.All(bob.Heard.Skip(1), packet => Assert.True(packet.Again >= first.Frame));
    }

    [Fact]
    public void It_repeats_nothing_from_before_a_voice_came_onto_the_line()   // VOX7
    {
        var call = Talking(out var alice, out var bob, out var carol, voiceSlots: 1);
        alice.Microphone = _ => 90;
        carol.Microphone = Talk.Always();
        call.RunMilliseconds(4_000);

        var first = bob.Heard.First(packet => packet.Speaker == carol.Number);
        Assert.Null(first.Again);
        Assert.Contains(bob.Heard, packet => packet.Speaker == carol.Number && packet.Again >= first.Frame);
        Talk.AssertContinuous(bob);
    }

    private RoomScenario Talking(
        out SimulatedBrowser alice, out SimulatedBrowser bob, out SimulatedBrowser carol, int voiceSlots = 3)
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine), voiceSlots, audioRed: true);
        alice = call.Join(offer: new SimulatedOffer(Red: true));
        bob = call.Join(offer: new SimulatedOffer(Red: true, PayloadType: 98));
        carol = call.Join(offer: new SimulatedOffer(Red: true));
        alice.Microphone = Talk.Always();
        call.RunMilliseconds(2_000);
        bob.Heard.Clear();
        call.RunMilliseconds(1_000);
        return call;
    }
}
