using Calls.Conformance.Clients;
using Calls.Conformance.Coverage;
using Calls.Conformance.Service;

namespace Calls.Conformance.Media;

/// <summary>Voices over real UDP.</summary>
public sealed class VoiceTests
{
    [Fact]
    [Row("S2", "S74", "S82")]
    public async Task What_one_says_the_others_hear_on_the_slot_that_names_them()
    {
        var service = await Services.Shared;
        var people = new[] { await service.As("alice"), await service.As("bob"), await service.As("carol") };
        var channel = await people[0].NewChannel(people[1..]);
        await using var alice = await people[0].JoinWithMedia(channel);
        await using var bob = await people[1].JoinWithMedia(channel);
        await using var carol = await people[2].JoinWithMedia(channel);
        await alice.Hears("participant_reconnected", data => data.GetProperty("sessionId").GetString() == carol.Session);
        await alice.Do("Unmute");

        await alice.Media.SayUntilHeard("hello", bob.Media);
        await alice.Media.SayUntilHeard("again", carol.Media);

        foreach (var listener in new[] { bob, carol })
        {
            var slots = await listener.Hears("slots", data => Slot(data, alice) >= 0);
            Assert.Equal(1 + Slot(slots, alice), Assert.Single(listener.Media.Heard.Select(heard => heard.Line).Distinct()));
            await alice.Media.SayUntil("and again", () => listener.Device.ToldOf("speaking").Any(data => Speaks(data, alice)));
        }

        Assert.Empty(alice.Media.Heard);
    }

    [Fact]
    [Row("S27", "D4")]
    public async Task Who_is_muted_is_heard_by_nobody_whatever_they_send()
    {
        var service = await Services.Shared;
        var people = new[] { await service.As("alice"), await service.As("bob"), await service.As("carol") };
        var channel = await people[0].NewChannel(people[1..]);
        await using var rude = await people[0].JoinWithMedia(channel);
        await using var listener = await people[1].JoinWithMedia(channel);
        await using var fence = await people[2].JoinWithMedia(channel);
        await fence.Do("Unmute");

        await Silence.IsKept(rude, listener, fence, "never unmuted");
        await rude.Do("Unmute");
        await rude.Media.SayUntilHeard("may speak", listener.Media);
        await rude.Do("Mute");
        await Silence.IsKept(rude, listener, fence, "muted again");
    }

    [Fact]
    [Row("S28")]
    public async Task In_a_direct_channel_both_are_heard_at_once()
    {
        var service = await Services.Shared;
        var people = await service.NewPeople(2);
        var channel = await people[0].NewChannel("direct", people[1..]);
        await using var one = await people[0].JoinWithMedia(channel);
        await using var two = await people[1].JoinWithMedia(channel);

        await one.Media.SayUntilHeard("hello", two.Media);
        await two.Media.SayUntilHeard("good day", one.Media);
    }

    [Fact]
    [Row("S74", "S75")]
    public async Task Voice_that_is_not_sealed_with_the_sender_s_own_keys_reaches_nobody()
    {
        var service = await Services.Shared;
        var people = new[] { await service.As("alice"), await service.As("bob") };
        var channel = await people[0].NewChannel(people[1..]);
        await using var alice = await people[0].JoinWithMedia(channel);
        await using var bob = await people[1].JoinWithMedia(channel);
        await alice.Do("Unmute");
        await bob.Do("Unmute");

        // In the clear, and sealed by somebody else: neither is the sender's.
        var plain = new byte[60];
        (plain[0], plain[1], plain[3]) = (0x80, 111, 1);
        for (var i = 0; i < 5; i++) { alice.Media.SendRaw(plain); }

        await alice.Media.Check();
        await alice.Media.SayUntilHeard("sealed", bob.Media);
        Assert.Equal(["sealed"], bob.Media.Heard.Select(heard => heard.Word).Distinct());
    }

    [Fact]
    [Row("S81", "3.3")]
    public async Task Media_that_does_not_connect_in_time_ends_the_session()
    {
        var service = await Services.Brisk;
        var (alice, bob) = (await service.As("alice"), await service.As("bob"));
        var channel = await alice.NewChannel(bob);
        await using var witness = await bob.JoinWithMedia(channel);

        await using var seat = await alice.Join(channel);

        Assert.Equal("media_timeout", (await seat.Hears("session_ended", null, Services.GracePatience)).GetProperty("reason").GetString());
        await witness.Hears("participant_left", data => data.GetProperty("sessionId").GetString() == seat.Session && data.GetProperty("reason").GetString() == "media_timeout");
    }

    [Fact]
    [Row("D12", "3.3")]
    public async Task Lost_media_is_waited_for_and_then_ends_the_session()
    {
        var service = await Services.Brisk;
        var (alice, bob) = (await service.As("alice"), await service.As("bob"));
        var channel = await alice.NewChannel(bob);
        await using var witness = await bob.JoinWithMedia(channel);
        await using var seat = await alice.JoinWithMedia(channel);
        await witness.Hears("participant_reconnected", data => data.GetProperty("sessionId").GetString() == seat.Session);

        await seat.Media.DisposeAsync();

        await witness.Hears("participant_disconnected", data => data.GetProperty("sessionId").GetString() == seat.Session, Services.GracePatience);
        Assert.Equal("media_lost", (await seat.Hears("session_ended", null, Services.GracePatience)).GetProperty("reason").GetString());
    }

    [Fact]
    [Row("D12", "3.3")]
    public async Task A_closed_peer_is_replaced_by_the_next_generation_and_the_session_keeps_its_place()
    {
        var service = await Services.Shared;
        var (alice, bob) = (await service.As("alice"), await service.As("bob"));
        var channel = await alice.NewChannel(bob);
        await using var seat = await alice.JoinWithMedia(channel);
        await using var witness = await bob.JoinWithMedia(channel);
        await seat.Do("Unmute");
        seat.Media.Close();
        await witness.Hears("participant_disconnected", data => data.GetProperty("sessionId").GetString() == seat.Session);

        await seat.OpenMedia(generation: 2);

        await witness.Hears("participant_reconnected", data => data.GetProperty("sessionId").GetString() == seat.Session);
        await seat.Media.SayUntilHeard("back", witness.Media);
        Assert.Equal((alice.Id, false), (witness.Picture.Host, witness.Picture.Sessions[seat.Session].Muted));
        Assert.Empty(witness.Device.ToldOf("participant_left"));
    }

    [Fact]
    [Row("D12", "4.1")]
    public async Task An_ice_restart_keeps_keys_and_lines_and_is_answered_once_more_as_before()
    {
        var service = await Services.Shared;
        var (alice, bob) = (await service.As("alice"), await service.As("bob"));
        var channel = await alice.NewChannel(bob);
        await using var seat = await alice.JoinWithMedia(channel);
        await using var witness = await bob.JoinWithMedia(channel);
        await seat.Do("Unmute");
        var restart = new { sessionId = seat.Session, sdp = seat.Media.OfferRestart(), generation = 1, number = 2 };

        var answer = await seat.Device.Done("Offer", restart);
        var repeated = await seat.Device.Done("Offer", restart);
        await seat.Media.Connect(answer.GetProperty("sdp").GetString()!);

        Assert.Equal(answer.ToString(), repeated.ToString());
        await seat.Media.SayUntilHeard("restarted", witness.Media);
    }

    [Fact]
    [Row("S88", "S89", "4.3")]
    public async Task What_the_media_server_knows_of_a_session_is_told_to_its_user_alone_during_the_call_and_after_it()
    {
        var service = await Services.Shared;
        var (alice, bob) = (await service.As("alice"), await service.As("bob"));
        var channel = await alice.NewChannel(bob);
        await using var mine = await alice.JoinWithMedia(channel);
        await using var other = await bob.JoinWithMedia(channel);
        await mine.Do("Unmute");
        await mine.Media.SayUntilHeard("counted", other.Media);
        var path = $"calls/{mine.Call}/sessions/{mine.Session}/statistics";

        var during = (await alice.Get(path)).IsDone().Body;
        (await bob.Get(path)).IsRefused(System.Net.HttpStatusCode.NotFound, "not_found");
        await mine.Do("Leave");
        await other.Do("Leave");
        var after = (await alice.Get(path)).IsDone().Body;

        Assert.Equal((mine.Session, "udp"), (during.GetProperty("session").GetString(), during.GetProperty("transport").GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, during.GetProperty("endedBy").ValueKind);
        var voice = during.GetProperty("lines").EnumerateArray().Single(line => line.GetProperty("role").GetString() == "voiceOut");
        Assert.True(voice.GetProperty("packets").GetInt64() > 0 && voice.GetProperty("bytes").GetInt64() > 0, $"{voice}");
        Assert.InRange(voice.GetProperty("loss").GetDouble(), 0, 1);
        Assert.True(voice.GetProperty("jitterMs").GetDouble() >= 0 && during.TryGetProperty("rttMs", out _), $"{during}");
        Assert.Equal((mine.Session, "closed"), (after.GetProperty("session").GetString(), after.GetProperty("endedBy").GetString()));
        (await bob.Get(path)).IsRefused(System.Net.HttpStatusCode.NotFound, "not_found");
    }

    private static bool Speaks(System.Text.Json.JsonElement speaking, Seat seat) =>
        speaking.GetProperty("sessionIds").EnumerateArray().Any(id => id.GetString() == seat.Session);

    private static int Slot(System.Text.Json.JsonElement slots, Seat speaker) =>
        slots.GetProperty("voice").EnumerateArray().Select(id => id.GetString()).ToList().IndexOf(speaker.Session);
}
