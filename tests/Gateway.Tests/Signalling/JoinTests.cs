using System.Text.Json;
using Calls.Gateway.Tests.Host;
using Calls.Support;

namespace Calls.Gateway.Tests.Signalling;

/// <summary>Start and join, and who may not.</summary>
public sealed class JoinTests(CallsProgram program) : IClassFixture<CallsProgram>
{
    [Fact]
    public async Task S1_Two_who_press_start_at_once_are_in_one_call()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(bob);
        await using var first = await alice.Connect();
        await using var second = await bob.Connect();

        var joined = await Task.WhenAll(first.Join(channel), second.Join(channel));

        Assert.Equal(joined[0].Call, joined[1].Call);
        Assert.NotEqual(joined[0].Session, joined[1].Session);
        var posts = (await alice.Get($"channels/{channel}/posts")).Body.GetProperty("items").EnumerateArray();
        Assert.Single(posts, post => post.GetProperty("type").GetString() == "call");
    }

    [Fact]
    public async Task S26_S27_The_starter_is_host_and_starts_muted_in_a_private_channel()
    {
        var alice = await Person.SignIn(program, "alice");
        await using var device = await alice.Connect();

        var joined = await device.Join(await alice.NewChannel());

        Assert.Equal(alice.Id, joined.Value.GetProperty("call").GetProperty("hostUserId").GetString());
        Assert.True(joined.Value.GetProperty("muted").GetBoolean());
        Assert.Equal(1, joined.Value.GetProperty("media").GetProperty("generation").GetInt32());
        Assert.Equal(3, joined.Value.GetProperty("media").GetProperty("voiceSlots").GetInt32());
    }

    [Fact]
    public async Task S28_In_a_direct_channel_one_starts_unmuted()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var direct = (await alice.Post("channels", new { kind = "direct", members = new[] { bob.Id } })).Get("id");
        await using var device = await alice.Connect();

        Assert.False((await device.Join(direct)).Value.GetProperty("muted").GetBoolean());
    }

    [Fact]
    public async Task S12_Who_is_no_member_learns_nothing_and_a_guest_not_even_that_the_channel_is_there()
    {
        var (alice, dave, guest) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "dave"), await Person.SignIn(program, "guest"));
        var secret = await alice.NewChannel();
        var open = (await alice.Post("channels", new { kind = "public", name = "open-" + Guid.NewGuid().ToString("N") })).Get("id");
        await using var davesDevice = await dave.Connect();
        await using var guestsDevice = await guest.Connect();

        Assert.Equal("not_found", await davesDevice.Refused("Join", new { channelId = secret }));
        Assert.Equal("not_a_member", await davesDevice.Refused("Join", new { channelId = open }));
        Assert.Equal("not_found", await guestsDevice.Refused("Join", new { channelId = open }));
        Assert.Equal("not_found", await davesDevice.Refused("Join", new { channelId = "chan_aaaaaaaaaaaaaaaaaaaaaaaaaa" }));
    }

    [Fact]
    public async Task S17_A_guest_in_the_channel_may_start_and_host()
    {
        var guest = await Person.SignIn(program, "guest");
        var (alice, channel) = (await Person.SignIn(program, "alice"), "");
        channel = await alice.NewChannel(guest);
        await using var device = await guest.Connect();

        Assert.Equal(guest.Id, (await device.Join(channel)).Value.GetProperty("call").GetProperty("hostUserId").GetString());
    }

    [Fact]
    public async Task S25_An_archived_channel_takes_no_call_until_it_is_unarchived()
    {
        var alice = await Person.SignIn(program, "alice");
        var channel = await alice.NewChannel();
        await using var device = await alice.Connect();

        await alice.Post($"channels/{channel}/archive");
        Assert.Equal("channel_archived", await device.Refused("Join", new { channelId = channel }));

        await alice.Post($"channels/{channel}/unarchive");
        await device.Join(channel);
    }

    [Fact]
    public async Task S25_A_direct_channel_whose_peer_is_deactivated_takes_no_call()
    {
        var (admin, alice) = (await Person.SignIn(program, "admin"), await Person.SignIn(program, "alice"));
        var made = await admin.Post("admin/users", new { username = "leaver", password = "password-1" });
        var direct = (await alice.Post("channels", new { kind = "direct", members = new[] { made.Get("id") } })).Get("id");
        await admin.Send("PATCH", $"admin/users/{made.Get("id")}", new { deactivated = true });
        await using var device = await alice.Connect();

        Assert.Equal("user_deactivated", await device.Refused("Join", new { channelId = direct }));
        Assert.True((await alice.Get($"channels/{direct}")).Body.GetProperty("peerDeactivated").GetBoolean());
    }

    [Fact]
    public async Task Where_calls_are_switched_off_none_starts()
    {
        var alice = await Person.SignIn(program, "alice");
        var channel = await alice.NewChannel();
        await using var device = await alice.Connect();

        var changed = await alice.Send("PATCH", $"channels/{channel}", new { callsEnabled = false });
        Assert.False(changed.Body.GetProperty("callsEnabled").GetBoolean());
        await device.Hears("calls_policy_changed");
        Assert.Equal("calls_disabled", await device.Refused("Join", new { channelId = channel }));
    }

    [Fact]
    public async Task S19_S21_Each_device_of_a_user_is_a_session_of_its_own_and_is_counted()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(bob);
        await using var laptop = await alice.Connect();
        await using var phone = await alice.Connect();
        await using var bobs = await bob.Connect();

        var first = await laptop.Join(channel);
        var second = await phone.Join(channel);
        await bobs.Join(channel);
        await laptop.Done("Unmute", new { sessionId = first.Session });

        var sessions = (await alice.Get($"calls/{first.Call}/sessions")).Body.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(3, sessions.Count);
        Assert.True(sessions.Single(session => session.GetProperty("sessionId").GetString() == second.Session).GetProperty("muted").GetBoolean());
        Assert.False(sessions.Single(session => session.GetProperty("sessionId").GetString() == first.Session).GetProperty("muted").GetBoolean());
        await phone.Hears("unmuted", data => data.GetProperty("sessionId").GetString() == first.Session);
    }

    [Fact]
    public async Task A_repeated_join_operation_makes_no_second_session()
    {
        var alice = await Person.SignIn(program, "alice");
        var channel = await alice.NewChannel();
        await using var device = await alice.Connect();

        var first = await device.Done("Join", new { channelId = channel, operationId = "op-1" });
        var second = await device.Done("Join", new { channelId = channel, operationId = "op-1" });

        Assert.Equal(first.GetProperty("sessionId").GetString(), second.GetProperty("sessionId").GetString());
        Assert.Single(second.GetProperty("call").GetProperty("sessions").EnumerateArray());
    }

    [Fact]
    public async Task The_last_one_out_ends_the_call_and_its_record_stays()
    {
        var alice = await Person.SignIn(program, "alice");
        var channel = await alice.NewChannel();
        await using var device = await alice.Connect();
        var joined = await device.Join(channel);

        await device.Done("Leave", new { sessionId = joined.Session });

        Assert.Equal("last_left", (await device.Hears("call_ended")).GetProperty("reason").GetString());
        Assert.Equal(JsonValueKind.Null, (await alice.Get($"channels/{channel}/call")).Body.GetProperty("call").ValueKind);
        await Eventually.Passes("the call's record", async () =>
            Assert.Equal("last_left", (await alice.Get($"calls/{joined.Call}")).Get("reason")));
    }

    [Fact]
    public async Task An_offer_is_answered_and_one_that_cannot_be_is_refused_with_the_reason()
    {
        var alice = await Person.SignIn(program, "alice");
        await using var device = await alice.Connect();
        var joined = await device.Join(await alice.NewChannel());

        var answer = await device.Done("Offer", new { sessionId = joined.Session, sdp = "an offer", generation = 1, number = 1 });
        Assert.Equal("answer 1 to an offer", answer.GetProperty("sdp").GetString());
        Assert.Equal("voiceOut", answer.GetProperty("lines")[0].GetProperty("role").GetString());
        Assert.Equal("sdp_rejected", await device.Refused("Offer", new { sessionId = joined.Session, sdp = "unanswerable", generation = 1, number = 2 }));
    }
}
