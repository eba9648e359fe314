using System.Text.Json;
using Calls.Conformance.Clients;
using Calls.Conformance.Coverage;
using Calls.Conformance.Service;
using Calls.Support;
using Xunit.Abstractions;

namespace Calls.Conformance.Hosts;

/// <summary>Commands that cross on their way: fired at once, again and again, each time one of the outcomes that are defined.</summary>
public sealed class CrossingTests(ITestOutputHelper output)
{
    private const int Rounds = 12;

    [Fact]
    [Row("crossings", "S37", "S39")]
    public async Task Of_two_transfers_by_one_host_one_holds_and_the_other_is_forbidden()
    {
        var random = Seeds.Random(output.WriteLine);
        await using var meeting = await Meeting.Of(await Services.Shared, 3);
        var (alice, bob, carol, admin) = (meeting.People[0], meeting.People[1], meeting.People[2], await meeting.Service.As("admin"));
        for (var round = 0; round < Rounds; round++)
        {
            await meeting.Use(admin, "make", new { userId = alice.Id });

            var (toBob, toCarol) = await Cross(random, () => Use(alice, meeting, "make", new { userId = bob.Id }), () => Use(alice, meeting, "make", new { userId = carol.Id }));

            Assert.Equal(["forbidden", "ok"], new[] { toBob, toCarol }.Order());
            Assert.Equal(toBob == "ok" ? bob.Id : carol.Id, (await EveryView.IsEqual(meeting.Seats)).Host);
        }
    }

    [Fact]
    [Row("crossings", "S35")]
    public async Task Of_a_host_s_and_an_administrator_s_transfer_the_later_one_holds()
    {
        var random = Seeds.Random(output.WriteLine);
        await using var meeting = await Meeting.Of(await Services.Shared, 3);
        var (alice, bob, carol, admin) = (meeting.People[0], meeting.People[1], meeting.People[2], await meeting.Service.As("admin"));
        for (var round = 0; round < Rounds; round++)
        {
            await meeting.Use(admin, "make", new { userId = alice.Id });

            var (byAlice, byAdmin) = await Cross(random, () => Use(alice, meeting, "make", new { userId = bob.Id }), () => Use(admin, meeting, "make", new { userId = carol.Id }));

            var host = (await EveryView.IsEqual(meeting.Seats)).Host;
            Assert.Equal("ok", byAdmin);
            Assert.Contains((byAlice, host == carol.Id), new[] { ("ok", true), ("forbidden", true) });
        }
    }

    [Fact]
    [Row("crossings", "S40")]
    public async Task Removing_somebody_who_leaves_ends_the_session_once()
    {
        var random = Seeds.Random(output.WriteLine);
        await using var meeting = await Meeting.Of(await Services.Shared, 2);
        for (var round = 0; round < Rounds; round++)
        {
            await using var seat = await meeting.People[1].Join(meeting.Channel);

            var (removed, left) = await Cross(random, () => Use(meeting.People[0], meeting, "remove", seat.Self), () => seat.Device.Outcome("Leave", seat.Self));

            var reason = (await meeting[0].Hears("participant_left", data => Is(data, seat))).GetProperty("reason").GetString();
            Assert.Equal("ok", left);
            Assert.Contains($"{removed} {reason}", new[] { "ok removed", "session_gone left" });
            await EveryView.IsEqual(meeting.Seats);
            Assert.Single(meeting[0].Device.ToldOf("participant_left"), data => Is(data, seat));
        }
    }

    [Fact]
    [Row("crossings", "S47", "3.1", "S1")]
    public async Task Joining_a_call_that_ends_is_a_place_in_it_until_the_end_or_in_the_next_one()
    {
        var random = Seeds.Random(output.WriteLine);
        var service = await Services.Shared;
        var (alice, bob) = (await service.As("alice"), await service.As("bob"));
        var channel = await alice.NewChannel(bob);
        for (var round = 0; round < Rounds; round++)
        {
            await using var host = await alice.Join(channel);
            await using var device = await bob.Connect();
            Seat? joined = null;

            var (ended, join) = await Cross(random, () => Use(alice, host, "end"), async () => (joined = await device.Join(channel)).Call);

            Assert.Equal("ok", ended);
            await host.Hears("call_ended");
            if (join == host.Call)
            {
                Assert.Equal("call_ended", (await joined!.Hears("session_ended")).GetProperty("reason").GetString());
                Assert.Equal(JsonValueKind.Null, (await alice.CallOf(channel)).ValueKind);
            }
            else
            {
                Assert.Equal(bob.Id, (await EveryView.IsEqual([joined!])).Host);
                await joined!.Do("Leave");
            }
        }
    }

    [Fact]
    [Row("crossings", "S43")]
    public async Task Mute_against_unmute_is_one_of_both_and_the_same_for_all()
    {
        var random = Seeds.Random(output.WriteLine);
        await using var meeting = await Meeting.Of(await Services.Shared, 3, false, 1);
        for (var round = 0; round < Rounds; round++)
        {
            var (muted, unmuted) = await Cross(random, () => Use(meeting.People[0], meeting, "mute", meeting[1].Self), () => meeting[1].Device.Outcome("Unmute", meeting[1].Self));

            Assert.Equal(("ok", "ok"), (muted, unmuted));
            await EveryView.IsEqual(meeting.Seats);
        }
    }

    [Fact]
    [Row("crossings", "S37", "3.2")]
    public async Task The_chair_is_never_left_with_somebody_who_has_gone()
    {
        var random = Seeds.Random(output.WriteLine);
        await using var meeting = await Meeting.Of(await Services.Shared, 2);
        var (alice, bob, carol) = (meeting.People[0], meeting.People[1], await meeting.Service.As("carol"));
        (await bob.Post($"channels/{meeting.Channel}/members", new { userId = carol.Id })).IsDone();
        for (var round = 0; round < Rounds; round++)
        {
            await using var leaving = await carol.Join(meeting.Channel);
            await Reset(meeting, alice);

            var (made, left) = await Cross(random, () => Use(alice, meeting, "make", new { userId = carol.Id }), () => leaving.Device.Outcome("Leave", leaving.Self));

            Assert.Equal("ok", left);
            Assert.Contains(made, new[] { "ok", "not_in_call" });
            Assert.Equal(alice.Id, (await EveryView.IsEqual(meeting.Seats)).Host);
        }
    }

    [Fact]
    [Row("crossings", "S46", "screen_taken")]
    public async Task Of_two_who_share_at_once_one_presents()
    {
        var random = Seeds.Random(output.WriteLine);
        await using var meeting = await Meeting.Of(await Services.Shared, 2);
        for (var round = 0; round < Rounds; round++)
        {
            var (first, second) = await Cross(random, () => meeting[0].Device.Outcome("StartScreen", meeting[0].Self), () => meeting[1].Device.Outcome("StartScreen", meeting[1].Self));

            Assert.Equal(["ok", "screen_taken"], new[] { first, second }.Order());
            var owner = first == "ok" ? meeting[0] : meeting[1];
            Assert.Equal(owner.Session, (await EveryView.IsEqual(meeting.Seats)).Screen);
            await owner.Do("StopScreen");
        }
    }

    [Fact]
    [Row("crossings", "Move", "S40")]
    public async Task A_session_that_moves_while_it_is_removed_or_left_is_in_one_place_or_none()
    {
        var random = Seeds.Random(output.WriteLine);
        await using var meeting = await Meeting.Of(await Services.Shared, 2);
        for (var round = 0; round < Rounds; round++)
        {
            await using var seat = await meeting.People[1].Join(meeting.Channel);
            await using var tablet = await meeting.People[1].Connect();

            var (over, moved) = await Cross(
                random,
                () => round % 2 == 0 ? Use(meeting.People[0], meeting, "remove", seat.Self) : seat.Device.Outcome("Leave", seat.Self),
                () => tablet.Outcome("Move", seat.Self));

            Assert.Contains(moved, new[] { "ok", "session_gone" });
            Assert.Contains(over, new[] { "ok", "session_gone" });
            var call = await EveryView.IsEqual(meeting.Seats);
            Assert.Equal(2 + (moved == "ok" ? 1 : 0), call.Sessions.Count);
            Assert.DoesNotContain(seat.Session, call.Sessions.Keys);
            if (moved == "ok") { await meeting.Use(meeting.People[0], "remove", new { sessionId = call.Sessions.Keys.Except(meeting.Seats.Select(one => one.Session)).Single() }); }
        }
    }

    [Fact]
    [Row("crossings", "4.2", "3.2")]
    public async Task Whatever_everybody_does_at_once_there_is_one_host_and_one_view()
    {
        var random = Seeds.Random(output.WriteLine);
        await using var meeting = await Meeting.Of(await Services.Shared, 4);
        string[] own = ["Mute", "Unmute", "RaiseHand", "LowerHand", "StartScreen", "StopScreen"];
        for (var round = 0; round < Rounds; round++)
        {
            var commands = Enumerable.Range(0, 16).Select(_ =>
            {
                var (by, at) = (meeting[random.Next(4)], meeting[random.Next(4)]);
                return random.Next(8) switch
                {
                    0 => Use(by.Person, meeting, "make", new { userId = at.Person.Id }),
                    1 => Use(by.Person, meeting, "mute", at.Self),
                    2 => Use(by.Person, meeting, "mute-others"),
                    3 => Use(by.Person, meeting, "lower-hand", at.Self),
                    4 => Use(by.Person, meeting, "stop-screen", at.Self),
                    _ => by.Device.Outcome(own[random.Next(own.Length)], by.Self),
                };
            }).ToList();

            Assert.All(await Task.WhenAll(commands), outcome => Assert.Contains(outcome, new[] { "ok", "forbidden", "screen_taken" }));
            var call = await EveryView.IsEqual(meeting.Seats);
            Assert.Contains(call.Host, call.Sessions.Values.Select(seat => seat.User));
        }
    }

    // The chair back to whom it began with, whoever has it or waits for it.
    private static async Task Reset(Meeting meeting, Person host) =>
        await meeting.Use(await meeting.Service.As("admin"), "make", new { userId = host.Id });

    private static Task<string> Use(Person by, Meeting meeting, string control, object? body = null) => Use(by, meeting.Host, control, body);

    private static async Task<string> Use(Person by, Seat seat, string control, object? body = null)
    {
        var reply = await by.Host(seat, control, body);
        return reply.Code.Length > 0 ? reply.Code : "ok";
    }

    private static async Task<(string First, string Second)> Cross(Random random, Func<Task<string>> first, Func<Task<string>> second)
    {
        if (random.Next(2) == 0)
        {
            var (one, two) = (first(), second());
            return (await one, await two);
        }

        var (later, earlier) = (second(), first());
        return (await earlier, await later);
    }

    private static bool Is(JsonElement data, Seat seat) => data.GetProperty("sessionId").GetString() == seat.Session;
}
