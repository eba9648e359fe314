using Calls.Media.Datagrams;
using Calls.Media.Rooms;
using Calls.Media.Sdp;
using Calls.Media.Simulation;
using Calls.Media.Tracks;
using Calls.Support;
using Xunit.Abstractions;

namespace Calls.Media.Tests.Rooms;

/// <summary>Calls with more voices than slots.</summary>
public sealed class DominanceTests(ITestOutputHelper output)
{
    [Fact]
    public void A_new_voice_is_on_its_way_within_60_ms_and_brings_its_beginning()   // VOX4
    {
        var call = Call(out var listener, speakers: 5);
        var (quiet, speaker) = (call.Browsers[4], call.Browsers[3]);
        quiet.Microphone = Talk.Noise;
        var begin = call.Now + TimeSpan.FromMilliseconds(2_000);
        speaker.Microphone = Talk.Between(begin, MonotonicTime.Never, level: 30, silence: 85);
        call.RunMilliseconds(4_000);

        var heard = listener.Heard.Where(packet => packet.Speaker == speaker.Number).ToList();
        var firstLoud = heard.First(packet => packet.Level < 60);
        var onWay = call.Network.Weather.Delay;   // from the speaker; and once more to the listener
        Assert.InRange((firstLoud.At - begin).TotalMilliseconds, 0, 60 + 20 + (2 * onWay.TotalMilliseconds));
        Assert.True(heard[0].Level > 60, "the packet before the first loud one was not brought along");
        Assert.Equal(Enumerable.Range(0, heard.Count).Select(i => heard[0].Frame + (uint)i), heard.Select(packet => packet.Frame));
        Talk.AssertContinuous(listener);
    }

    [Fact]
    public void Three_who_talk_are_heard_and_a_crowd_that_murmurs_is_not()
    {
        var call = Call(out var listener, speakers: 10);
        foreach (var browser in call.Browsers) { browser.Microphone = Talk.Noise; }

        for (var i = 0; i < 3; i++) { call.Browsers[i].Microphone = Talk.Always(25 + i); }

        call.RunMilliseconds(5_000);
        listener.Heard.Clear();
        call.RunMilliseconds(5_000);

        Assert.Equal([1, 2, 3], listener.Heard.Select(packet => packet.Speaker).Distinct().Order());
        Assert.All([0, 1, 2], line => Assert.Single(listener.SpeakersOn(line)));
    }

    [Fact]
    public void Who_is_in_a_slot_hears_the_spare_there_and_never_themselves()
    {
        var call = Call(out var listener, speakers: 4);
        for (var i = 0; i < 4; i++) { call.Browsers[i].Microphone = Talk.Always(30); }

        call.RunMilliseconds(6_000);
        Assert.All(call.Browsers, browser => browser.Heard.Clear());
        call.RunMilliseconds(3_000);

        for (var i = 0; i < 4; i++)
        {
            var others = Enumerable.Range(1, 4).Where(number => number != i + 1);
            var heard = call.Browsers[i].Heard.Select(packet => packet.Speaker).Distinct().Order().ToList();
            Assert.Equal(others, heard);
        }

        Assert.Equal(3, listener.Heard.Select(packet => packet.Speaker).Distinct().Count());
    }

    [Fact]
    public void A_crowd_taking_turns_never_breaks_a_line_and_never_flickers()   // RTP6, VOX3
    {
        var call = Call(out var listener, speakers: 8);
        call.Network.Weather = Weather.Bad;
        var random = new Random(Seeds.For(output.WriteLine));
        for (var i = 0; i < 8; i++) { call.Browsers[i].Microphone = Turns(random.Next(), call.Now); }

        call.Run(TimeSpan.FromSeconds(60));

        Talk.AssertContinuous(listener, lossMax: 0.3);
        foreach (var line in listener.Heard.GroupBy(packet => packet.Line))
        {
            var inOrder = line.OrderBy(packet => packet.At).ToList();
            var switches = inOrder.Zip(inOrder.Skip(1)).Count(pair => pair.First.Speaker != pair.Second.Speaker);
            Assert.InRange(switches, 0, 60);   // 60 s; a flicker would be one every few packets
        }

        Assert.All(call.Browsers, browser => Assert.Equal(0, browser.Unopened + browser.CountOf(browser)));
        Assert.Equal(0, call.Counters.Drops[DropReason.NonceGuard]);
    }

    [Fact]
    public void A_holder_that_has_been_quiet_for_long_sends_nothing_until_it_speaks_again()   // VOX6
    {
        var call = Call(out var listener, speakers: 5);
        for (var i = 0; i < 5; i++) { call.Browsers[i].Microphone = Talk.Noise; }

        call.Browsers[0].Microphone = Talk.Between(call.Now, call.Now + TimeSpan.FromSeconds(2));
        call.RunMilliseconds(6_000);
        listener.Heard.Clear();
        call.RunMilliseconds(2_000);
        Assert.Empty(listener.Heard);

        call.Browsers[0].Microphone = Talk.Always();
        call.RunMilliseconds(500);
        Assert.InRange(listener.CountOf(call.Browsers[0]), 22, 29);
        Talk.AssertContinuous(listener);
    }

    [Fact]
    public void Digital_silence_passes_three_times_and_then_ends_here()   // VOX6
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        var (alice, bob) = (call.Join(), call.Join());
        alice.Microphone = _ => 127;
        call.RunMilliseconds(2_000);
        Assert.Equal(3, bob.CountOf(alice));

        alice.Microphone = Talk.Always();
        call.RunMilliseconds(400);
        Talk.AssertContinuous(bob);
        Assert.InRange(bob.CountOf(alice), 21, 24);
        Assert.True(bob.Heard[3].Marker);
    }

    [Fact]
    public void A_gap_of_discontinuous_sending_is_passed_on_as_time_and_never_as_loss()   // RTP10
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        var (alice, bob) = (call.Join(), call.Join());
        alice.Microphone = now => now.Microseconds / 1_000_000 % 2 == 0 ? 30 : null;
        call.RunMilliseconds(8_000);

        Talk.AssertContinuous(bob);
        var jumps = bob.Heard.Zip(bob.Heard.Skip(1)).Where(pair => pair.Second.Frame - pair.First.Frame > 1).ToList();
        Assert.InRange(jumps.Count, 3, 4);
        Assert.All(jumps, pair => Assert.Equal(
            (pair.Second.Frame - pair.First.Frame) * 960, pair.Second.Timestamp - pair.First.Timestamp));
        Assert.All(alice.ReportBlocks, block => Assert.Equal((0, 0), (block.FractionLost, block.CumulativeLost)));
        Assert.NotEmpty(alice.ReportBlocks);
    }

    [Fact]
    public void Who_connects_in_the_middle_hears_the_present_voices_from_the_first_packet()   // VOX9
    {
        var call = Call(out _, speakers: 3);
        for (var i = 0; i < 3; i++) { call.Browsers[i].Microphone = Talk.Always(); }

        call.RunMilliseconds(3_000);
        var late = call.Join(muted: true);
        call.RunMilliseconds(500);
        var connected = call.Events.Single(said => said.News is RoomEvent.Connected news && news.Session == late.Session).At;

        Assert.Equal([1, 2, 3], late.Heard.Select(packet => packet.Speaker).Distinct().Order());
        Assert.InRange((late.Heard[0].At - connected).TotalMilliseconds, 0, 31);
        Assert.All(late.Heard.GroupBy(packet => packet.Line), line => Assert.True(line.First().Marker));
    }

    [Fact]
    public void A_listener_with_one_line_hears_who_stands_out_and_is_told_who()
    {
        var call = Call(out _, speakers: 3);
        var phone = call.Join(muted: true, offer: new SimulatedOffer(VoiceLines: 1));
        call.RunMilliseconds(500);
        call.Browsers[0].Microphone = Talk.Between(call.Now, call.Now + TimeSpan.FromSeconds(3));
        call.Browsers[1].Microphone = Talk.Between(call.Now + TimeSpan.FromSeconds(5), call.Now + TimeSpan.FromSeconds(8));
        call.Browsers[2].Microphone = Talk.Noise;
        call.RunMilliseconds(9_000);

        var order = phone.Heard.Where(packet => packet.Level < 60).Select(packet => packet.Speaker).Distinct();
        Assert.Equal([1, 2], order);
        Assert.Equal([0], phone.Heard.Select(packet => packet.Line).Distinct());
        Talk.AssertContinuous(phone);
        var told = call.Said<RoomEvent.SessionSlots>().Where(news => news.Session == phone.Session).ToList();
        Assert.Equal(call.Browsers[1].Session, told[^1].Voices.Single());
    }

    [Fact]
    public void Slots_are_told_as_they_are_in_the_end_and_not_oftener_than_ten_times_a_second()   // VOX10
    {
        var call = Call(out _, speakers: 6);
        var random = new Random(Seeds.For(output.WriteLine));
        for (var i = 0; i < 6; i++) { call.Browsers[i].Microphone = Turns(random.Next(), call.Now); }

        for (var i = 0; i < 200; i++)
        {
            call.Mute(call.Browsers[random.Next(6)], random.Next(2) == 0);
            call.RunMilliseconds(30);
        }

        call.RunMilliseconds(200);
        var slots = call.Events.Where(said => said.News is RoomEvent.Slots).Select(said => said.At).ToList();
        var speaking = call.Events.Where(said => said.News is RoomEvent.Speaking).Select(said => said.At).ToList();
        Assert.All(slots.Zip(slots.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromMilliseconds(100)));
        Assert.All(speaking.Zip(speaking.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromMilliseconds(100)));
        var last = call.Said<RoomEvent.Slots>().Last();
        for (var slot = 0; slot < 3; slot++)
        {
            var line = call.Statistics(call.Browsers[6]).Lines.Single(line => line.Role == LineRole.VoiceIn && line.Index == slot);
            Assert.Equal(line.Source, last.Voices[slot]);
        }
    }

    [Fact]
    public void Speaking_names_who_speaks_and_ends_with_a_mute()
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        var (alice, bob) = (call.Join(), call.Join());
        alice.Microphone = Talk.Always(20);
        bob.Microphone = Talk.Always(45);
        call.RunMilliseconds(2_000);
        var both = call.Said<RoomEvent.Speaking>().Last();
        Assert.Equal([alice.Session, bob.Session], both.Sessions.Order());
        Assert.Equal(alice.Session, both.Dominant);

        call.Mute(alice, muted: true);
        call.RunMilliseconds(200);
        Assert.Equal(bob.Session, Assert.Single(call.Said<RoomEvent.Speaking>().Last().Sessions));
        bob.Microphone = _ => null;
        call.RunMilliseconds(1_000);
        Assert.Empty(call.Said<RoomEvent.Speaking>().Last().Sessions);
        Assert.Null(call.Said<RoomEvent.Speaking>().Last().Dominant);
    }

    // Speakers first, then one muted listener, all connected.
    private RoomScenario Call(out SimulatedBrowser listener, int speakers)
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        for (var i = 0; i < speakers; i++) { call.Join(); }

        listener = call.Join(muted: true);
        call.RunMilliseconds(500);
        return call;
    }

    // Sentences of one to five seconds, pauses as long.
    private static Func<MonotonicTime, int?> Turns(int seed, MonotonicTime from)
    {
        var random = new Random(seed);
        var (talks, until) = (random.Next(2) == 0, from);
        return now =>
        {
            if (now >= until) { (talks, until) = (!talks, now + TimeSpan.FromMilliseconds(random.Next(1_000, 5_000))); }

            return talks ? 25 + random.Next(12) : 80 + random.Next(5);
        };
    }
}
