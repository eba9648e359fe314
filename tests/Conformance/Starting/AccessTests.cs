using System.Net;
using Calls.Conformance.Coverage;
using Calls.Conformance.Service;

namespace Calls.Conformance.Starting;

/// <summary>Who may start and join, and what the others learn.</summary>
public sealed class AccessTests
{
    [Fact]
    [Row("S12", "S73", "not_a_member")]
    public async Task Who_is_not_a_member_of_a_public_channel_is_told_so_and_nothing_of_the_call()
    {
        var service = await Services.Shared;
        var (alice, outsider) = (await service.As("alice"), await service.NewPerson());
        var channel = await alice.NewChannel("public", []);
        await using var seat = await alice.Join(channel);
        await using var device = await outsider.Connect();

        Assert.Equal("not_a_member", await device.RefusedJoin(channel));
        (await outsider.Get($"channels/{channel}/call")).IsRefused(HttpStatusCode.Forbidden, "not_a_member");
        (await outsider.Get($"calls/{seat.Call}")).IsRefused(HttpStatusCode.Forbidden, "not_a_member");
        (await outsider.Get($"calls/{seat.Call}/sessions")).IsRefused(HttpStatusCode.Forbidden, "not_a_member");
        (await outsider.Post("commands", new { channelId = channel, text = "/call start" })).IsRefused(HttpStatusCode.Forbidden, "not_a_member");
        Assert.Empty(device.ToldOf("call_started").Concat(device.ToldOf("call_updated")));

        (await outsider.Post($"channels/{channel}/members", new { userId = outsider.Id })).IsDone();
        await using var joined = await device.Join(channel);
        Assert.Equal(seat.Call, joined.Call);
    }

    [Fact]
    [Row("S12", "S15", "not_found")]
    public async Task Who_cannot_see_a_channel_finds_neither_it_nor_its_call()
    {
        var service = await Services.Shared;
        var (alice, outsider) = (await service.As("alice"), await service.NewPerson());
        var channel = await alice.NewChannel();
        await using var seat = await alice.Join(channel);
        await using var device = await outsider.Connect();
        const string nowhere = "chan_aaaaaaaaaaaaaaaaaaaaaaaaaa";

        Assert.Equal(("not_found", "not_found"), (await device.RefusedJoin(channel), await device.RefusedJoin(nowhere)));
        foreach (var place in new[] { channel, nowhere })
        {
            (await outsider.Get($"channels/{place}")).IsRefused(HttpStatusCode.NotFound, "not_found");
            (await outsider.Get($"channels/{place}/call")).IsRefused(HttpStatusCode.NotFound, "not_found");
        }

        (await outsider.Get($"calls/{seat.Call}")).IsRefused(HttpStatusCode.NotFound, "not_found");
        Assert.Equal("not_in_call", await device.Refused("Sync", new { callId = seat.Call }));
    }

    [Fact]
    [Row("S17")]
    public async Task A_guest_has_every_right_where_they_were_added_and_none_elsewhere()
    {
        var service = await Services.Shared;
        var (alice, guest) = (await service.As("alice"), await service.NewPerson("guest"));
        var (added, other) = (await alice.NewChannel(guest), await alice.NewChannel("public", []));
        await using var device = await guest.Connect();
        await using var second = await guest.Connect();

        await using var seat = await device.Join(added);
        await using var alices = await alice.Join(added);

        Assert.Equal(guest.Id, alices.Picture.Host);
        Assert.Equal("not_found", await second.RefusedJoin(other));
        (await guest.Host(seat, "make", new { userId = alice.Id })).IsDone();
        await alices.Hears("host_changed", data => data.GetProperty("userId").GetString() == alice.Id);
    }

    [Fact]
    [Row("S-ch", "S12", "S25", "calls_disabled")]
    public async Task Calls_switched_off_start_no_new_one_and_let_a_live_one_go_on()
    {
        var service = await Services.Shared;
        var (alice, bob) = (await service.As("alice"), await service.As("bob"));
        var channel = await alice.NewChannel(bob);
        await using var watching = await bob.Connect();
        var seat = await alice.Join(channel);
        (await bob.Send("PATCH", $"channels/{channel}", new { callsEnabled = false })).IsRefused(HttpStatusCode.Forbidden, "forbidden");

        (await alice.Send("PATCH", $"channels/{channel}", new { callsEnabled = false })).IsDone();

        await watching.Hears("calls_policy_changed", data => data.GetProperty("channelId").GetString() == channel && !data.GetProperty("enabled").GetBoolean());
        var joined = await bob.Join(channel);
        Assert.Equal(seat.Call, joined.Call);
        await seat.Do("Leave");
        await joined.Do("Leave");
        Assert.Equal("calls_disabled", await watching.RefusedJoin(channel));
        Assert.False((await bob.Get($"channels/{channel}/call")).Body.GetProperty("callsEnabled").GetBoolean());
        Assert.Contains("switched off", await bob.Hears(channel, "/call start"), StringComparison.Ordinal);
        (await (await service.As("admin")).Send("PATCH", $"channels/{channel}", new { callsEnabled = true })).IsDone();
        await using var again = await watching.Join(channel);
    }

    [Theory]
    [InlineData("group")]
    [InlineData("direct")]
    [Row("S-ch")]
    public async Task In_direct_and_group_channels_any_member_has_the_switch(string kind)
    {
        var service = await Services.Shared;
        var people = await service.NewPeople(kind == "direct" ? 2 : 3);
        var channel = await people[0].NewChannel(kind, people[1..]);
        await using var device = await people[0].Connect();

        (await people[1].Send("PATCH", $"channels/{channel}", new { callsEnabled = false })).IsDone();

        await device.Hears("calls_policy_changed", data => !data.GetProperty("enabled").GetBoolean());
        Assert.Equal("calls_disabled", await device.RefusedJoin(channel));
    }

    [Fact]
    [Row("S25", "user_deactivated")]
    public async Task Nobody_calls_a_deactivated_peer()
    {
        var service = await Services.Shared;
        var people = await service.NewPeople(2);
        var channel = await people[0].NewChannel("direct", people[1..]);
        (await (await service.As("admin")).Send("PATCH", $"admin/users/{people[1].Id}", new { deactivated = true })).IsDone();
        await using var device = await people[0].Connect();

        Assert.Equal("user_deactivated", await device.RefusedJoin(channel));
        Assert.True((await people[0].Get($"channels/{channel}")).Body.GetProperty("peerDeactivated").GetBoolean());
        Assert.Null(await Nothing(people[0].CallOf(channel)));
    }

    private static async Task<string?> Nothing(Task<System.Text.Json.JsonElement> call) =>
        (await call) is { ValueKind: System.Text.Json.JsonValueKind.Null } ? null : "a call";
}
