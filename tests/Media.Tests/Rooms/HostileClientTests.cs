using System.Buffers.Binary;
using Calls.Media.Datagrams;
using Calls.Media.Simulation;
using Calls.Media.Stun;
using Calls.Media.Tracks;
using Calls.Support;
using Xunit.Abstractions;

namespace Calls.Media.Tests.Rooms;

/// <summary>Promise 4, from somebody who has keys and sends what no browser would.</summary>
public sealed class HostileClientTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sealed_nonsense_costs_its_sender_and_nobody_else(bool redundant)
    {
        var random = Seeds.Random(output.WriteLine);
        var call = Talking(out var mallory, out var alice, out var bob, redundant);
        var type = redundant ? SimulatedOffer.RedType : 111;
        for (var i = 0; i < 20_000; i++)
        {
            var packet = new byte[random.Next(12, 1_450)];
            random.NextBytes(packet);
            packet[0] = (byte)(0x80 | (packet[0] & (random.Next(3) == 0 ? 0x3F : 0x10)));
            packet[1] = (byte)(random.Next(3) == 0 ? packet[1] & 0x3F : type);
            call.Deliver(call.PeerOf(mallory), mallory.Address, mallory.Seal(packet));
            if (i % 100 == 0) { call.RunMilliseconds(20); }
        }

        bob.Heard.Clear();
        mallory.Microphone = _ => null;
        call.RunMilliseconds(1_000);
        Assert.InRange(bob.CountOf(alice), 48, 52);
        Assert.Equal(0, bob.Unopened + alice.Unopened);
        Assert.Equal(0, call.Counters.Drops[DropReason.NonceGuard]);
    }

    [Fact]
    public void A_voice_packet_too_long_to_be_sent_on_is_dropped()
    {
        var call = Talking(out var mallory, out _, out var bob);
        var packet = new byte[1_470];
        packet[0] = 0x80;
        packet[1] = 111;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), mallory.Ssrc.Value);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), mallory.Sequence.Add(50).Value);
        call.Deliver(call.PeerOf(mallory), mallory.Address, mallory.Seal(packet));

        Assert.Equal(1, call.Counters.Drops[DropReason.TooBig]);
        Assert.Equal(0, bob.Unopened);
    }

    [Fact]
    public void A_client_that_claims_to_shout_all_the_time_does_not_keep_the_others_out()   // VOX8
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine), voiceSlots: 1);
        var (mallory, alice, bob) = (call.Join(), call.Join(), call.Join(muted: true));
        mallory.Microphone = _ => 0;
        call.RunMilliseconds(25_000);
        alice.Microphone = Talk.Always(40);
        call.RunMilliseconds(2_000);
        bob.Heard.Clear();
        call.RunMilliseconds(2_000);

        Assert.Equal([alice.Number], bob.Heard.Select(packet => packet.Speaker).Distinct());
    }

    [Fact]
    public void A_client_that_sends_under_ever_new_numbers_is_held_to_its_streams()   // SRTP5
    {
        var call = Talking(out var mallory, out var alice, out var bob);
        for (var i = 0u; i < 1_000; i++)
        {
            mallory.Ssrc = new Media.Rtp.Ssrc(0x9000_0000 + i);
            call.Deliver(call.PeerOf(mallory), mallory.Address, mallory.Frame(20));
        }

        bob.Heard.Clear();
        call.RunMilliseconds(1_000);
        Assert.InRange(bob.CountOf(alice), 48, 52);
        Assert.True(call.Counters.Drops[DropReason.Unbound] > 900);
    }

    [Fact]
    public void Who_guesses_at_a_sessions_password_costs_neither_it_nor_others_an_answer()   // ICE3
    {
        var call = Talking(out _, out var alice, out var bob);
        var (mallory, stranger) = (TransportAddress.FromIPv4(0x0A0A0A0A, 1), TransportAddress.FromIPv4(0x0A0B0B0B, 1));
        var refused = new Dictionary<TransportAddress, int> { [mallory] = 0, [stranger] = 0 };
        foreach (var source in refused.Keys.ToArray()) { call.Network.Attach(source, (_, _) => refused[source]++); }

        for (var i = 0; i < 5_000; i++) { call.Network.Send(mallory, call.Node, alice.WriteCheck($"guess {i}")); }

        for (var i = 0; i < 10; i++) { call.Network.Send(stranger, call.Node, alice.WriteCheck("of yesterday")); }

        bob.Heard.Clear();
        call.RunMilliseconds(900);

        Assert.Equal((RefusalBudget.PerSecondDefault, 10), (refused[mallory], refused[stranger]));
        Assert.InRange(bob.CountOf(alice), 43, 47);
        call.RunMilliseconds(40_000);
        Assert.Empty(call.Said<Media.Rooms.RoomEvent.Stalled>());
    }

    private RoomScenario Talking(
        out SimulatedBrowser mallory, out SimulatedBrowser alice, out SimulatedBrowser bob, bool redundant = false)
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine), audioRed: redundant);
        var offer = new SimulatedOffer(Red: redundant);
        (mallory, alice, bob) = (call.Join(offer: offer), call.Join(offer: offer), call.Join(offer: offer));
        alice.Microphone = Talk.Always();
        mallory.Microphone = Talk.Always();
        call.RunMilliseconds(1_000);
        return call;
    }
}
