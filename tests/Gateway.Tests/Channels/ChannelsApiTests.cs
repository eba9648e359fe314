using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Calls.Gateway.Tests.Host;

namespace Calls.Gateway.Tests.Channels;

public sealed class ChannelsApiTests(CallsProgram program) : IClassFixture<CallsProgram>
{
    [Fact]
    public async Task The_list_has_what_a_client_shows_and_the_live_call()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(bob);
        await using var device = await alice.Connect();
        var joined = await device.Join(channel);

        var items = (await bob.Get("channels?limit=200")).Body.GetProperty("items").EnumerateArray().ToList();
        var listed = items.Single(item => item.GetProperty("id").GetString() == channel);

        Assert.Equal(joined.Call, listed.GetProperty("call").GetProperty("id").GetString());
        Assert.Equal(1, listed.GetProperty("call").GetProperty("participants").GetInt32());
        Assert.Equal("private", listed.GetProperty("kind").GetString());
        Assert.True(listed.GetProperty("callsEnabled").GetBoolean());
        Assert.Equal(2, listed.GetProperty("members").GetInt32());
        Assert.Contains(items, item => item.GetProperty("displayName").GetString() == "Alice Archer");
    }

    [Fact]
    public async Task A_creation_asked_for_again_under_the_same_key_makes_nothing_twice()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var key = Guid.NewGuid().ToString("N");
        var name = "once-" + key;

        var answers = await Task.WhenAll(Create(alice, key, name), Create(alice, key, name), Create(alice, key, name));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Single(answers.Select(answer => answer.Get("id")).Distinct());
        (await Create(bob, key, name)).IsRefused(HttpStatusCode.BadRequest, "invalid"); // Another's key is another request: the name is taken.
        (await Create(alice, new string('k', 65), "long-" + key)).IsRefused(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task S13_S16_The_call_link_is_stable_and_told_to_members_alone()
    {
        var (alice, dave) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "dave"));
        var channel = await alice.NewChannel();

        var call = await alice.Get($"channels/{channel}/call");
        Assert.Equal($"http://localhost:8065/channels/{channel}?join_call=true", call.Get("link"));
        Assert.True(call.Body.GetProperty("callsEnabled").GetBoolean());
        (await dave.Get($"channels/{channel}/call")).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await dave.Get("channels/chan_aaaaaaaaaaaaaaaaaaaaaaaaaa/call")).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await dave.Get("channels/rubbish/call")).IsRefused(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_public_channel_may_be_entered_by_a_member_of_the_workspace_and_not_by_a_guest()
    {
        var (alice, dave, guest) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "dave"), await Person.SignIn(program, "guest"));
        var open = (await alice.Post("channels", new { kind = "public", name = "enter-" + Guid.NewGuid().ToString("N") })).Get("id");

        (await dave.Get($"channels/{open}")).IsRefused(HttpStatusCode.Forbidden, "not_a_member");
        (await guest.Post($"channels/{open}/members", new { userId = guest.Id })).IsRefused(HttpStatusCode.NotFound, "not_found");
        Assert.Equal(HttpStatusCode.Created, (await dave.Post($"channels/{open}/members", new { userId = dave.Id })).Status);
        Assert.Equal(HttpStatusCode.OK, (await dave.Get($"channels/{open}")).Status);
    }

    [Fact]
    public async Task Public_channels_one_is_not_in_are_found_and_no_others()
    {
        var (alice, dave, guest) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "dave"), await Person.SignIn(program, "guest"));
        var name = "browse-" + Guid.NewGuid().ToString("N");
        var open = (await alice.Post("channels", new { kind = "public", name, displayName = "Open house" })).Get("id");
        var old = (await alice.Post("channels", new { kind = "public", name = name + "-old" })).Get("id");
        await alice.Post($"channels/{old}/archive");
        var secret = await alice.NewChannel();
        async Task<List<JsonElement>> Found(Person who) => [.. (await who.Get("channels?browse=true&limit=200")).Body.GetProperty("items").EnumerateArray()];

        var found = await Found(dave);
        var shown = found.Single(channel => channel.GetProperty("id").GetString() == open);
        Assert.Equal(("Open house", 1), (shown.GetProperty("displayName").GetString(), shown.GetProperty("members").GetInt32()));
        Assert.DoesNotContain(found, channel => channel.GetProperty("id").GetString() == old || channel.GetProperty("id").GetString() == secret);
        Assert.DoesNotContain(await Found(alice), channel => channel.GetProperty("id").GetString() == open);
        Assert.Empty(await Found(guest));

        await dave.Post($"channels/{open}/members", new { userId = dave.Id });
        Assert.DoesNotContain(await Found(dave), channel => channel.GetProperty("id").GetString() == open);
    }

    [Fact]
    public async Task Only_those_who_run_a_channel_rename_archive_or_take_out()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(bob);

        (await bob.Send("PATCH", $"channels/{channel}", new { displayName = "Mine" })).IsRefused(HttpStatusCode.Forbidden, "forbidden");
        (await bob.Post($"channels/{channel}/archive")).IsRefused(HttpStatusCode.Forbidden, "forbidden");
        (await bob.Send("DELETE", $"channels/{channel}/members/{alice.Id}")).IsRefused(HttpStatusCode.Forbidden, "forbidden");
        (await bob.Send("PATCH", $"channels/{channel}", new { callsEnabled = false })).IsRefused(HttpStatusCode.Forbidden, "forbidden");
        Assert.False((await bob.Get($"channels/{channel}")).Body.GetProperty("mayTurnCalls").GetBoolean());
        Assert.True((await alice.Get($"channels/{channel}")).Body.GetProperty("mayTurnCalls").GetBoolean());
        Assert.Equal("Ours", (await alice.Send("PATCH", $"channels/{channel}", new { displayName = "Ours" })).Get("displayName"));
        await alice.Send("PATCH", $"channels/{channel}/members/{bob.Id}", new { isAdmin = true });
        Assert.Equal("Both", (await bob.Send("PATCH", $"channels/{channel}", new { displayName = "Both" })).Get("displayName"));
    }

    [Fact]
    public async Task A_guest_makes_no_channel()
    {
        var guest = await Person.SignIn(program, "guest");
        (await guest.Post("channels", new { kind = "private", name = "secret" })).IsRefused(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Reading_a_channel_clears_its_count_of_unread_posts()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(bob);
        await bob.Post($"channels/{channel}/posts", new { text = "news" });
        Assert.Equal(1, (await alice.Get($"channels/{channel}")).Body.GetProperty("unread").GetInt32());

        await alice.Post($"channels/{channel}/read");
        Assert.Equal(0, (await alice.Get($"channels/{channel}")).Body.GetProperty("unread").GetInt32());
    }

    [Fact]
    public async Task A_call_is_told_to_members_alone()
    {
        var (alice, dave) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "dave"));
        await using var device = await alice.Connect();
        var joined = await device.Join(await alice.NewChannel());

        Assert.Equal(joined.Call, (await alice.Get($"calls/{joined.Call}")).Get("id"));
        (await dave.Get($"calls/{joined.Call}")).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await dave.Get($"calls/{joined.Call}/sessions")).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await dave.Post($"calls/{joined.Call}/host/end")).IsRefused(HttpStatusCode.NotFound, "no_call");
        (await dave.Get("turn-credentials")).IsRefused(HttpStatusCode.Conflict, "not_in_call");
        Assert.Equal(JsonValueKind.Array, (await alice.Get("turn-credentials")).Body.GetProperty("iceServers").ValueKind);
    }

    [Fact]
    public async Task The_host_gives_the_chair_away_and_ends_the_call_and_nobody_else_does()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(bob);
        await using var alices = await alice.Connect();
        await using var bobs = await bob.Connect();
        var joined = await alices.Join(channel);
        await bobs.Join(channel);

        (await bob.Post($"calls/{joined.Call}/host/end")).IsRefused(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(HttpStatusCode.NoContent, (await alice.Post($"calls/{joined.Call}/host/make", new { userId = bob.Id })).Status);
        Assert.Equal(bob.Id, (await alices.Hears("host_changed", data => data.GetProperty("reason").GetString() == "transferred")).GetProperty("userId").GetString());
        (await alice.Post($"calls/{joined.Call}/host/end")).IsRefused(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(HttpStatusCode.NoContent, (await bob.Post($"calls/{joined.Call}/host/end")).Status);
        Assert.Equal("ended_by_host", (await alices.Hears("call_ended")).GetProperty("reason").GetString());
        (await bob.Post($"calls/{joined.Call}/host/end")).IsRefused(HttpStatusCode.NotFound, "no_call");
    }

    private static async Task<Reply> Create(Person who, string key, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/channels") { Content = JsonContent.Create(new { kind = "private", name }) };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await who.Http.SendAsync(request);
        return await Reply.Of(response);
    }
}
