using System.Net;
using System.Text.Json;
using Calls.Conformance.Clients;
using Calls.Conformance.Coverage;
using Calls.Conformance.Service;

namespace Calls.Conformance.Hosts;

/// <summary>Who is removed, and what they may still do.</summary>
public sealed class RemovalTests
{
    [Fact]
    [Row("S40", "S21", "D4")]
    public async Task A_removed_session_is_told_by_whom_and_its_user_may_come_again()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 3);
        var (alice, bob) = (meeting.People[0], meeting.People[1]);
        var phone = await meeting.Seat(bob);
        await using var elsewhere = await bob.Connect();

        await meeting.Use(alice, "remove", meeting[1].Self);

        foreach (var device in new[] { meeting[1].Device, phone.Device, elsewhere })
        {
            var removed = await device.HearsOf(meeting.Host.Call, "removed", data => Is(data, meeting[1]));
            Assert.Equal((alice.Id, false), (removed.GetProperty("by").GetString(), removed.GetProperty("blocked").GetBoolean()));
        }

        var over = await meeting[1].Hears("session_ended", data => Is(data, meeting[1]));
        Assert.Equal(("removed", alice.Id), (over.GetProperty("reason").GetString(), over.GetProperty("by").GetString()));
        foreach (var witness in new[] { meeting[0], meeting[2], phone })
        {
            var left = await witness.Hears("participant_left", data => Is(data, meeting[1]));
            Assert.Equal(("removed", alice.Id), (left.GetProperty("reason").GetString(), left.GetProperty("by").GetString()));
        }

        Assert.Equal("session_gone", await meeting[1].Refused("Unmute"));
        Assert.Equal("session_gone", await meeting[1].Device.Refused("Resume", new { sessionId = meeting[1].Session, resumeToken = meeting[1].ResumeToken, lastSeq = 0 }));
        await meeting.Seat(bob);
        Assert.Equal(4, (await EveryView.IsEqual([meeting[0], meeting[2], phone])).Sessions.Count);
    }

    [Fact]
    [Row("S41", "blocked")]
    public async Task Who_is_blocked_cannot_come_back_to_this_call_and_may_join_the_next()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 3);
        var (alice, bob) = (meeting.People[0], meeting.People[1]);
        await meeting.Seat(bob);

        await meeting.Use(alice, "remove", new { sessionId = meeting[1].Session, block = true, allSessions = true });

        await using var device = await bob.Connect();
        Assert.Equal("blocked", await device.RefusedJoin(meeting.Channel));
        Assert.Equal(2, (await EveryView.IsEqual([meeting[0], meeting[2]])).Sessions.Count);
        (await alice.Host(meeting.Host, "remove", new { sessionId = meeting[0].Session, block = true })).IsRefused(HttpStatusCode.BadRequest, "invalid");

        // Still a member: the call is seen, and its thread read.
        Assert.Equal(meeting.Host.Call, (await bob.CallOf(meeting.Channel)).GetProperty("id").GetString());
        await meeting.Use(alice, "end");
        await using var next = await device.Join(meeting.Channel);
    }

    [Fact]
    [Row("S40", "S21")]
    public async Task All_sessions_of_a_user_go_with_one_command()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 2);
        var phone = await meeting.Seat(meeting.People[1]);

        await meeting.Use(meeting.People[0], "remove", new { sessionId = phone.Session, allSessions = true });

        Assert.Single((await EveryView.IsEqual([meeting[0]])).Sessions);
        foreach (var seat in new[] { meeting[1], phone }) { Assert.Equal("removed", (await seat.Hears("session_ended", data => Is(data, seat))).GetProperty("reason").GetString()); }
    }

    [Fact]
    [Row("3.1", "S40")]
    public async Task Who_removes_the_last_one_ends_the_call()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 1);

        await meeting.Use(await meeting.Service.As("admin"), "remove", meeting[0].Self);

        Assert.Equal("last_left", (await meeting[0].Hears("call_ended")).GetProperty("reason").GetString());
    }

    private static bool Is(JsonElement data, Seat seat) => data.GetProperty("sessionId").GetString() == seat.Session;
}
