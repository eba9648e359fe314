using System.Net;
using System.Text.Json;
using Calls.Conformance.Clients;
using Calls.Conformance.Coverage;
using Calls.Conformance.Service;

namespace Calls.Conformance.Hosts;

/// <summary>What each control does, and who is told.</summary>
public sealed class ControlTests
{
    [Fact]
    [Row("S43", "S21")]
    public async Task Mute_silences_one_session_and_its_owner_may_unmute_again()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 2, false, 1);
        var other = await meeting.Seat(meeting.People[1]);
        await other.Do("Unmute");

        await meeting.Use(meeting.People[0], "mute", meeting[1].Self);

        foreach (var seat in meeting.Seats)
        {
            var muted = await seat.Hears("muted", data => Is(data, meeting[1]));
            Assert.Equal(meeting.People[0].Id, muted.GetProperty("by").GetString());
        }

        var seq = await meeting.Seq();
        await meeting.Use(meeting.People[0], "mute", meeting[1].Self);
        Assert.Equal(seq, await meeting.Seq());
        Assert.False((await EveryView.IsEqual(meeting.Seats)).Sessions[other.Session].Muted);
        await meeting[1].Do("Unmute");
        var unmuted = await meeting[0].Device.HearsMessage("unmuted", message => Is(message.GetProperty("data"), meeting[1]) && message.GetProperty("seq").GetInt64() > seq);
        Assert.Equal(JsonValueKind.Null, unmuted.GetProperty("data").GetProperty("by").ValueKind);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Row("S44", "D3", "5")]
    public async Task Mute_all_spares_every_device_of_who_asks(bool bySlashCommand)
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 3, false, 0, 1, 2);
        var phone = await meeting.Seat(meeting.People[0]);
        await phone.Do("Unmute");

        if (bySlashCommand) { await meeting.People[0].Hears(meeting.Channel, "/call mute-all"); }
        else { await meeting.Use(meeting.People[0], "mute-others"); }

        var call = await EveryView.IsEqual(meeting.Seats);
        Assert.Equal([false, true, true, false], meeting.Seats.Select(seat => call.Sessions[seat.Session].Muted));
        await meeting.Use(await meeting.Service.As("admin"), "mute-others");
        Assert.All((await EveryView.IsEqual(meeting.Seats)).Sessions.Values, seat => Assert.True(seat.Muted));
    }

    [Fact]
    [Row("S42", "D2", "4.2")]
    public async Task Asked_to_unmute_one_may_decline_or_unmute_and_the_asker_sees_which()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 3);
        await using var elsewhere = await meeting.People[1].Connect();
        var seq = await meeting.Seq();

        await meeting.Use(meeting.People[0], "ask-unmute", meeting[1].Self);

        foreach (var device in new[] { meeting[1].Device, elsewhere })
        {
            var asked = await device.HearsMessage("unmute_requested", message => Is(message.GetProperty("data"), meeting[1]));
            Assert.Equal((meeting.People[0].Id, JsonValueKind.Null), (asked.GetProperty("data").GetProperty("by").GetString(), asked.GetProperty("seq").ValueKind));
        }

        Assert.Equal(seq, await meeting.Seq());
        await meeting[1].Do("DeclineUnmute");
        await meeting[0].Hears("unmute_declined", data => Is(data, meeting[1]));
        Assert.True(meeting[2].Picture.Sessions[meeting[1].Session].Muted);
        await meeting.Use(meeting.People[0], "ask-unmute", meeting[1].Self);
        await meeting[1].Do("Unmute");
        await meeting[0].Hears("unmuted", data => Is(data, meeting[1]));

        // Not muted: accepted, and nobody is asked.
        await meeting.Use(meeting.People[0], "ask-unmute", meeting[1].Self);
        await meeting[2].Do("RaiseHand");
        await meeting[1].Hears("hand_raised");
        Assert.Equal(2, meeting[1].Device.ToldOf("unmute_requested").Count(data => Is(data, meeting[1])));
        Assert.DoesNotContain(meeting[2].Device.ToldOf("unmute_requested").Concat(meeting[2].Device.ToldOf("unmute_declined")), data => Is(data, meeting[1]));
    }

    [Fact]
    [Row("S45", "S48h")]
    public async Task Hands_are_in_the_order_in_which_they_rose_and_the_host_may_lower_one()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 3);
        var first = (await meeting[2].Do("RaiseHand")).GetProperty("raisedAt").GetDateTimeOffset();
        var second = (await meeting[1].Do("RaiseHand")).GetProperty("raisedAt").GetDateTimeOffset();
        var again = (await meeting[2].Do("RaiseHand")).GetProperty("raisedAt").GetDateTimeOffset();

        Assert.True(first < second);
        Assert.Equal(first, again);
        var call = await EveryView.IsEqual(meeting.Seats);
        Assert.Equal((first, second), (call.Sessions[meeting[2].Session].RaisedAt, call.Sessions[meeting[1].Session].RaisedAt));
        await using var late = await meeting.Seat(meeting.People[0]);
        Assert.Equal(first, late.Picture.Sessions[meeting[2].Session].RaisedAt);
        await meeting.Use(meeting.People[0], "lower-hand", meeting[2].Self);
        Assert.Equal(meeting.People[0].Id, (await meeting[2].Hears("hand_lowered", data => Is(data, meeting[2]))).GetProperty("by").GetString());
        await meeting[1].Do("LowerHand");
        Assert.Equal(JsonValueKind.Null, (await meeting[0].Hears("hand_lowered", data => Is(data, meeting[1]))).GetProperty("by").ValueKind);
        var seq = await meeting.Seq();
        await meeting.Use(meeting.People[0], "lower-hand", meeting[2].Self);
        await meeting[1].Do("LowerHand");
        Assert.Equal(seq, await meeting.Seq());
    }

    [Fact]
    [Row("S46", "S3", "screen_taken", "4.1")]
    public async Task There_is_one_screen_which_its_owner_or_the_host_stops()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 3);
        await meeting[1].Do("StartScreen");

        var taken = await meeting[2].Device.Ask("StartScreen", meeting[2].Self);
        Assert.Equal("screen_taken", taken.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains(meeting[1].Session, taken.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(meeting[1].Session, (await EveryView.IsEqual(meeting.Seats)).Screen);

        await meeting.Use(meeting.People[0], "stop-screen", meeting[1].Self);

        var stopped = await meeting[1].Hears("screen_stopped");
        Assert.Equal((meeting[1].Session, meeting.People[0].Id), (stopped.GetProperty("sessionId").GetString(), stopped.GetProperty("by").GetString()));
        var seq = await meeting.Seq();
        await meeting.Use(meeting.People[0], "stop-screen", meeting[1].Self);
        Assert.Equal(seq, await meeting.Seq());
        await meeting[2].Do("StartScreen");
        await meeting[2].Do("Leave");
        await meeting[0].Do("StartScreen");
        await meeting[0].Do("StopScreen");
        Assert.Null((await EveryView.IsEqual([meeting[0], meeting[1]])).Screen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Row("S47", "D6", "5", "3.1")]
    public async Task End_is_the_end_for_everyone(bool bySlashCommand)
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 3);
        await using var watching = await meeting.People[2].Connect();

        if (bySlashCommand) { await meeting.People[0].Hears(meeting.Channel, "/call end"); }
        else { await meeting.Use(meeting.People[0], "end"); }

        foreach (var device in meeting.Seats.Select(seat => seat.Device).Append(watching))
        {
            var ended = await device.HearsOf(meeting.Host.Call, "call_ended");
            Assert.Equal(("ended_by_host", meeting.People[0].Id), (ended.GetProperty("reason").GetString(), ended.GetProperty("by").GetString()));
        }

        foreach (var seat in meeting.Seats)
        {
            Assert.Equal("call_ended", (await seat.Hears("session_ended", data => Is(data, seat))).GetProperty("reason").GetString());
            Assert.Equal("session_gone", await seat.Refused("Unmute"));
        }

        Assert.Equal(JsonValueKind.Null, (await meeting.People[0].CallOf(meeting.Channel)).ValueKind);
    }

    [Fact]
    [Row("S47", "D6")]
    public async Task An_administrator_who_ends_a_call_is_named_as_such()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 1);
        var admin = await meeting.Service.As("admin");

        await meeting.Use(admin, "end");

        var ended = await meeting.Host.Hears("call_ended");
        Assert.Equal(("ended_by_admin", admin.Id), (ended.GetProperty("reason").GetString(), ended.GetProperty("by").GetString()));
    }

    [Fact]
    [Row("S48", "4.2", "invalid")]
    public async Task A_reaction_is_told_to_those_present_and_kept_nowhere()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 2);
        var seq = await meeting.Seq();
        var emoji = new { name = "+1", unified = "1F44D-1F3FD", skin = "1F3FD" };

        await meeting[1].Device.Done("React", new { sessionId = meeting[1].Session, emoji });

        foreach (var seat in meeting.Seats)
        {
            var reacted = await seat.Device.HearsMessage("reacted", message => Is(message.GetProperty("data"), meeting[1]));
            Assert.Equal(JsonValueKind.Null, reacted.GetProperty("seq").ValueKind);
            Assert.Equal("1F44D-1F3FD", reacted.GetProperty("data").GetProperty("emoji").GetProperty("unified").GetString());
        }

        Assert.Equal(seq, await meeting.Seq());
        var late = await meeting.Seat(meeting.People[1]);
        Assert.Empty(late.Device.ToldOf("reacted"));
        foreach (var wrong in new object[] { new { name = "A<script>", unified = "1F44D" }, new { name = "x", unified = "zz" }, new { name = "x", unified = "1F44D", skin = "red" } })
        {
            Assert.Equal("invalid", await meeting[1].Device.Refused("React", new { sessionId = meeting[1].Session, emoji = wrong }));
        }
    }

    [Fact]
    [Row("audit")]
    public async Task Who_did_what_to_whom_in_which_call_is_read_by_administrators()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 3, false, 1);
        var (alice, bob, admin) = (meeting.People[0], meeting.People[1], await meeting.Service.As("admin"));
        await meeting.Use(alice, "mute", meeting[1].Self);
        (await bob.Host(meeting.Host, "mute", meeting[0].Self)).IsRefused(HttpStatusCode.Forbidden, "forbidden");
        await meeting.Use(alice, "remove", new { sessionId = meeting[2].Session, block = true });
        await bob.Hears(meeting.Channel, "/call mute-all");
        await meeting.Use(alice, "make", new { userId = bob.Id });
        await bob.Hears(meeting.Channel, "/call end");

        var entries = (await admin.Get("admin/audit?limit=200")).Items.Where(entry => entry.GetProperty("call").GetString() == meeting.Host.Call).Reverse().ToList();

        Assert.Equal(
            [("host.mute", alice.Id, bob.Id), ("host.remove", alice.Id, meeting.People[2].Id), ("host.make", alice.Id, bob.Id), ("host.end", bob.Id, null)],
            entries.Select(entry => (entry.GetProperty("action").GetString(), entry.GetProperty("by").GetString(), entry.GetProperty("whom").GetString())));
        Assert.All(entries, entry => Assert.True(entry.GetProperty("at").GetDateTimeOffset() > DateTimeOffset.UnixEpoch));
    }

    private static bool Is(JsonElement data, Seat seat) => data.GetProperty("sessionId").GetString() == seat.Session;
}
