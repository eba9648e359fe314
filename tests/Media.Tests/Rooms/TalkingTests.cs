using Calls.Media.Peers;
using Calls.Media.Rooms;
using Calls.Media.Sdp;
using Calls.Media.Simulation;
using Calls.Media.Tracks;
using Calls.Support;
using Xunit.Abstractions;

namespace Calls.Media.Tests.Rooms;

/// <summary>Whole calls in the simulated network.</summary>
public sealed class TalkingTests(ITestOutputHelper output)
{
    [Fact]
    public void Two_people_hear_each_other_and_never_themselves()
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        var (alice, bob) = (call.Join(), call.Join());
        alice.Microphone = Talk.Always();
        bob.Microphone = Talk.Always(35);
        call.RunMilliseconds(3_000);

        Assert.InRange(alice.CountOf(bob), 130, 150);
        Assert.InRange(bob.CountOf(alice), 130, 150);
        Assert.Equal(0, alice.CountOf(alice) + bob.CountOf(bob));
        Assert.Equal(0, alice.Unopened + bob.Unopened);
        Talk.AssertContinuous(alice);
        Talk.AssertContinuous(bob);
    }

    [Fact]
    public void Connected_and_first_packet_are_said_once_with_their_times()
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        var alice = call.Join();
        alice.Microphone = Talk.Always();
        call.RunMilliseconds(1_000);

        var connected = Assert.Single(call.Said<RoomEvent.Connected>());
        Assert.Equal(alice.Session, connected.Session);
        Assert.Equal("SRTP_AEAD_AES_128_GCM", connected.Profile.OpenSslName);
        Assert.InRange(connected.Ice.TotalMilliseconds, 10, 100);
        Assert.InRange(connected.Dtls.TotalMilliseconds, 10, 200);
        Assert.Equal(LineRole.VoiceOut, Assert.Single(call.Said<RoomEvent.FirstPacket>()).Role);
    }

    [Fact]
    public void A_thousand_words_reach_thirty_listeners_whole()
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        var alice = call.Join();
        var listeners = Enumerable.Range(0, 30).Select(_ => call.Join(muted: true)).ToList();
        call.RunMilliseconds(500);
        alice.Microphone = Talk.Always();
        call.RunMilliseconds(2_000);

        Assert.All(listeners, listener =>
        {
            Assert.InRange(listener.CountOf(alice), 95, 101);
            Talk.AssertContinuous(listener);
        });
        Assert.Empty(alice.Heard);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Loss_reordering_and_duplicates_cost_only_what_the_network_lost(int run)
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine) + run);
        call.Network.Weather = Weather.Bad;
        var (alice, bob, carol) = (call.Join(), call.Join(), call.Join());
        alice.Microphone = Talk.Always();
        bob.Microphone = Talk.Always(35);
        carol.Microphone = Talk.Always(40);
        call.RunMilliseconds(20_000);

        foreach (var browser in new[] { alice, bob, carol })
        {
            Assert.True(browser.IsConnected);
            Talk.AssertContinuous(browser, lossMax: 0.2);
            Assert.InRange(browser.Heard.Count, 2 * 850, 2 * 1_000);
            Assert.Equal(0, browser.CountOf(browser) + browser.Unopened);
        }

        Assert.Equal(0, call.Counters.Drops[DropReason.NonceGuard]);
        Assert.True(call.Counters.Drops[DropReason.Replay] > 0, "no duplicate arrived: the weather was too good");
    }

    [Fact]
    public void A_muted_voice_reaches_nobody_even_if_its_client_keeps_sending()
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        var (alice, bob) = (call.Join(), call.Join());
        alice.Microphone = Talk.Always();
        call.RunMilliseconds(2_000);
        call.Mute(alice, muted: true);
        call.RunMilliseconds(20);   // what was sent on before the mute is still on its way to Bob
        var heard = bob.CountOf(alice);
        call.RunMilliseconds(2_000);

        Assert.True(heard > 50);
        Assert.Equal(heard, bob.CountOf(alice));
        Assert.InRange(call.Counters.Drops[DropReason.Muted], 98, 102);
    }

    [Fact]
    public void Not_one_packet_is_forwarded_after_mute_is_confirmed()
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        var (alice, _) = (call.Join(), call.Join());
        alice.Microphone = Talk.Always();
        call.RunMilliseconds(2_000);
        var sent = call.Counters.PacketsOut(TrafficKind.Voice);
        call.Mute(alice, muted: true);
        call.RunMilliseconds(500);

        Assert.Equal(sent, call.Counters.PacketsOut(TrafficKind.Voice));
    }

    [Fact]
    public void Unmute_holds_from_the_next_packet_and_leaves_no_hole_in_the_numbers()   // VOX9, VOX7
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        var (alice, bob) = (call.Join(muted: true), call.Join());
        alice.Microphone = Talk.Always();
        call.RunMilliseconds(1_000);
        var before = bob.Heard.Count;
        call.Mute(alice, muted: false);
        call.RunMilliseconds(1_000);
        call.Mute(alice, muted: true);
        call.RunMilliseconds(1_000);
        call.Mute(alice, muted: false);
        call.RunMilliseconds(1_000);

        Assert.Equal(0, before);
        Assert.InRange(bob.CountOf(alice), 95, 102);
        Talk.AssertContinuous(bob);
        var resumed = bob.Heard.Zip(bob.Heard.Skip(1)).Single(pair => pair.Second.Frame - pair.First.Frame > 10);
        Assert.True(resumed.Second.Marker);
        Assert.Equal(
            (resumed.Second.Frame - resumed.First.Frame) * 960, resumed.Second.Timestamp - resumed.First.Timestamp);
    }

    [Fact]
    public void Eleven_minutes_of_mute_do_not_deafen_the_others()   // SRTP3: more than a rollover of numbers goes by
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        var (alice, bob) = (call.Join(muted: true), call.Join());
        alice.Sequence = new Media.Rtp.SequenceNumber(65_000);
        alice.Microphone = Talk.Always();
        call.Run(TimeSpan.FromMinutes(23));
        call.Mute(alice, muted: false);
        call.RunMilliseconds(1_000);

        Assert.InRange(bob.CountOf(alice), 48, 51);
        Assert.Equal(0, call.Counters.Drops[DropReason.SrtpAuth]);
    }

    [Fact]
    public void A_removed_session_is_silent_at_once_and_is_said_goodbye()   // RTCP9
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        var (alice, bob) = (call.Join(), call.Join());
        alice.Microphone = Talk.Always();
        bob.Microphone = Talk.Always();
        call.RunMilliseconds(1_000);
        var sent = call.Counters.PacketsOut(TrafficKind.Voice);
        call.Carry(new RoomCommand.Close(alice.Session));
        call.RunMilliseconds(1_000);

        Assert.Equal(sent, call.Counters.PacketsOut(TrafficKind.Voice));
        Assert.True(alice.WasSaidGoodbye);
        Assert.False(bob.WasSaidGoodbye);
        Assert.Equal(DisconnectReason.Closed, Assert.Single(call.Said<RoomEvent.Disconnected>()).Reason);
        Assert.Equal(1, call.Room.SessionCount);
    }

    [Fact]
    public void A_page_reload_ends_the_session_and_the_next_generation_takes_its_place()
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        var (alice, bob) = (call.Join(), call.Join());
        call.RunMilliseconds(1_000);
        alice.SayGoodbye();
        call.RunMilliseconds(100);
        Assert.Equal(DisconnectReason.ClosedByPeer, Assert.Single(call.Said<RoomEvent.Disconnected>()).Reason);

        var again = Assert.IsType<RoomReply.Reserved>(call.Reserve(alice, generation: 2, muted: false));
        Assert.True(again.IsNew);
        Assert.Equal(2, call.Room.SessionCount);
        Assert.NotNull(bob);
    }
}
