using System.Net;
using System.Text.Json;
using Calls.Conformance.Clients;
using Calls.Conformance.Coverage;
using Calls.Conformance.Service;

namespace Calls.Conformance.Hosts;

/// <summary>The chair: given away, inherited, waiting for its owner.</summary>
public sealed class ChairTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Row("S37", "S39", "5", "forbidden", "not_in_call")]
    public async Task A_host_gives_the_chair_away_and_has_no_say_any_more(bool bySlashCommand)
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 3);
        var (alice, bob) = (meeting.People[0], meeting.People[1]);

        if (bySlashCommand) { Assert.Contains("host now", await alice.Hears(meeting.Channel, $"/call host @{bob.Name}"), StringComparison.Ordinal); }
        else { await meeting.Use(alice, "make", new { userId = bob.Id }); }

        foreach (var seat in meeting.Seats)
        {
            var changed = await seat.Hears("host_changed", data => data.GetProperty("reason").GetString() == "transferred");
            Assert.Equal((bob.Id, alice.Id, true), (changed.GetProperty("userId").GetString(), changed.GetProperty("by").GetString(), changed.GetProperty("locked").GetBoolean()));
        }

        (await alice.Host(meeting.Host, "mute", meeting[2].Self)).IsRefused(HttpStatusCode.Forbidden, "forbidden");
        await meeting.Use(bob, "mute-others");
        var seq = await meeting.Seq();
        await meeting.Use(bob, "make", new { userId = bob.Id });
        Assert.Equal(seq, await meeting.Seq());
        Assert.Contains("not in the call", await bob.Hears(meeting.Channel, "/call host @dave"), StringComparison.Ordinal);
        Assert.Contains("no user @nobody", await bob.Hears(meeting.Channel, "/call host @nobody"), StringComparison.Ordinal);
        Assert.Contains("/call host @user", await bob.Hears(meeting.Channel, "/call host"), StringComparison.Ordinal);
        await EveryView.IsEqual(meeting.Seats);
    }

    [Fact]
    [Row("S38", "3.2")]
    public async Task Who_was_given_the_chair_gets_it_back_when_they_return()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 3);
        var (alice, bob) = (meeting.People[0], meeting.People[1]);
        await meeting.Use(alice, "make", new { userId = bob.Id });

        await meeting[1].Do("Leave");
        await Moves(meeting[2], alice, "succeeded", locked: false);
        await using var back = await meeting.Seat(bob);

        await Moves(meeting[2], bob, "returned", locked: true);
        (await alice.Host(meeting.Host, "mute", meeting[2].Self)).IsRefused(HttpStatusCode.Forbidden, "forbidden");
        await EveryView.IsEqual([meeting[0], meeting[2], back]);
    }

    [Fact]
    [Row("S26", "3.2")]
    public async Task The_chair_goes_to_who_joined_first_of_those_present_and_stays_with_them()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 4);
        var people = meeting.People;

        await meeting[0].Do("Leave");
        await Moves(meeting[3], people[1], "succeeded", locked: false);
        await meeting.Seat(people[0]);
        var call = await EveryView.IsEqual([.. meeting.Seats.Skip(1)]);

        // The starter came back, and the chair does not: only who was given it has it waiting.
        Assert.Equal((people[1].Id, false), (call.Host, call.HostLocked));
        await meeting[2].Do("Leave");
        await meeting[1].Do("Leave");
        await Moves(meeting[3], people[3], "succeeded", locked: false);
    }

    [Fact]
    [Row("S21", "3.2")]
    public async Task The_chair_moves_only_when_the_host_s_last_device_is_gone()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 2);
        var phone = await meeting.Seat(meeting.People[0]);

        await meeting[0].Do("Leave");
        Assert.Equal(meeting.People[0].Id, (await EveryView.IsEqual([meeting[1], phone])).Host);
        await phone.Do("Leave");

        await Moves(meeting[1], meeting.People[1], "succeeded", locked: false);
    }

    [Fact]
    [Row("3.2", "D11")]
    public async Task Within_the_grace_the_chair_waits_and_after_it_a_locked_host_still_has_it_to_come_back_to()
    {
        await using var meeting = await Meeting.Of(await Services.Brisk, 3, media: true);
        var (alice, bob) = (meeting.People[0], meeting.People[1]);
        await meeting.Use(alice, "make", new { userId = bob.Id });
        await meeting[1].Device.DisposeAsync();
        await meeting[2].Hears("participant_disconnected", data => data.GetProperty("sessionId").GetString() == meeting[1].Session);
        Assert.Equal((bob.Id, true), (meeting[2].Picture.Host, meeting[2].Picture.HostLocked));

        await Moves(meeting[2], alice, "succeeded", locked: false, Services.GracePatience);
        await meeting.Seat(bob, media: true);

        await Moves(meeting[2], bob, "returned", locked: true);
    }

    [Fact]
    [Row("S38", "3.2", "S40")]
    public async Task A_removed_host_loses_the_chair_and_a_new_transfer_forgets_the_old_lock()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 3);
        var (alice, bob, carol) = (meeting.People[0], meeting.People[1], meeting.People[2]);
        var admin = await meeting.Service.As("admin");
        await meeting.Use(alice, "make", new { userId = bob.Id });
        await meeting.Use(bob, "make", new { userId = carol.Id });

        await meeting.Use(admin, "remove", meeting[2].Self);
        await Moves(meeting[0], alice, "succeeded", locked: false);
        await meeting.Seat(bob);
        Assert.Equal(alice.Id, (await EveryView.IsEqual([meeting[0], meeting[1]])).Host);
        await meeting.Seat(carol);

        await Moves(meeting[0], carol, "returned", locked: true);
    }

    private static async Task Moves(Seat witness, Person to, string reason, bool locked, TimeSpan? within = null)
    {
        var changed = await witness.Device.HearsMessage("host_changed", message => Is(message.GetProperty("data"), to, reason), within);
        Assert.Equal(locked, changed.GetProperty("data").GetProperty("locked").GetBoolean());
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("data").GetProperty("by").ValueKind);
    }

    private static bool Is(JsonElement data, Person to, string reason) =>
        data.GetProperty("userId").GetString() == to.Id && data.GetProperty("reason").GetString() == reason;
}
