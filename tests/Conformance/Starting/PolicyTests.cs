using Calls.Conformance.Clients;
using Calls.Conformance.Coverage;
using Calls.Conformance.Service;

namespace Calls.Conformance.Starting;

/// <summary>What an operator may decide about starting, each on a service of its own.</summary>
public sealed class PolicyTests
{
    [OwnProcessFact]
    [Row("S8", "calls_test_mode")]
    public async Task In_test_mode_only_administrators_start_and_everybody_may_join()
    {
        using var service = await CallsProgram.Start(new Dictionary<string, string> { ["policy:start"] = "admins" });
        var (alice, admin) = (await service.As("alice"), await service.As("admin"));
        var channel = await alice.NewChannel(admin);
        await using var device = await alice.Connect();

        Assert.Equal("calls_test_mode", await device.RefusedJoin(channel));
        await using var started = await admin.Join(channel);
        await using var joined = await device.Join(channel);
        Assert.Equal(started.Call, joined.Call);
    }

    [OwnProcessFact]
    [Row("S8", "S-ch", "4.2")]
    public async Task Whoever_is_connected_is_told_at_once_when_other_people_may_start()
    {
        using var service = await CallsProgram.Start();
        var (alice, admin) = (await service.As("alice"), await service.As("admin"));
        var channel = await alice.NewChannel();
        await using var device = await alice.Connect();
        Task Allow(string? who) => Change(admin, new Dictionary<string, string?> { ["Policy:Start"] = who });

        await Allow("nobody");
        Assert.Equal("nobody", (await device.Hears("start_policy_changed")).GetProperty("policy").GetString());
        Assert.False((await alice.Get($"channels/{channel}")).IsDone().Body.GetProperty("callsEnabled").GetBoolean());
        Assert.Equal("calls_disabled", await device.RefusedJoin(channel));

        await Change(admin, new Dictionary<string, string?> { ["Limits:Participants"] = "7" });
        await Allow(null);
        await device.Hears("start_policy_changed", data => data.GetProperty("policy").GetString() == "everyone");
        await using var seat = await device.Join(channel);
        Assert.Equal(["nobody", "everyone"], device.ToldOf("start_policy_changed").Select(data => data.GetProperty("policy").GetString()));
    }

    [OwnProcessFact]
    [Row("S8", "D9", "S25", "call_full")]
    public async Task Nobody_may_start_or_a_call_may_be_full_and_sessions_are_what_is_counted()
    {
        using var service = await CallsProgram.Start(new Dictionary<string, string> { ["limits:participants"] = "2" });
        var (alice, bob) = (await service.As("alice"), await service.As("bob"));
        var channel = await alice.NewChannel(bob);
        await using var first = await alice.Join(channel);
        var second = await alice.Join(channel);
        await using var device = await bob.Connect();

        Assert.Equal("call_full", await device.RefusedJoin(channel));
        await second.Do("Leave");
        await using var joined = await device.Join(channel);
        Assert.Equal(first.Call, joined.Call);
    }

    [OwnProcessFact]
    [Row("S8", "D1", "calls_disabled")]
    public async Task Where_nobody_may_start_not_even_administrators_do()
    {
        using var service = await CallsProgram.Start(new Dictionary<string, string> { ["policy:start"] = "nobody" });
        var admin = await service.As("admin");
        var channel = await admin.NewChannel();
        await using var device = await admin.Connect();

        Assert.Equal("calls_disabled", await device.RefusedJoin(channel));
    }

    [OwnProcessFact]
    [Row("3.1", "no_media_node")]
    public async Task A_start_without_a_media_node_leaves_nothing_behind()
    {
        using var service = await CallsProgram.Start(new Dictionary<string, string> { ["roles"] = "silo,gateway" });
        var alice = await service.As("alice");
        var channel = await alice.NewChannel();
        await using var device = await alice.Connect();

        Assert.Equal("no_media_node", await device.RefusedJoin(channel));

        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await alice.CallOf(channel)).ValueKind);
        Assert.Empty((await alice.Get($"channels/{channel}/posts")).Items);
        Assert.Empty(device.ToldOf("call_started"));
    }

    [OwnProcessFact]
    [Row("D16", "D6")]
    public async Task Who_is_alone_for_too_long_is_in_no_call()
    {
        using var service = await CallsProgram.Start(new Dictionary<string, string> { ["limits:alonemax"] = "00:00:02" });
        var alice = await service.As("alice");
        await using var seat = await alice.JoinWithMedia(await alice.NewChannel());
        await using var other = await alice.JoinWithMedia(seat.Joined.GetProperty("call").GetProperty("channelId").GetString()!);

        Assert.Equal("alone", (await seat.Hears("call_ended")).GetProperty("reason").GetString());
    }

    private static async Task Change(Person admin, Dictionary<string, string?> settings) =>
        (await admin.Send("PUT", "admin/config", new { settings })).IsDone();
}
