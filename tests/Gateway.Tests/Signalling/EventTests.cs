using System.Text.Json;
using Calls.Gateway.Tests.Host;
using Calls.Support;

namespace Calls.Gateway.Tests.Signalling;

/// <summary>What those are told who are online.</summary>
public sealed class EventTests(CallsProgram program) : IClassFixture<CallsProgram>
{
    [Fact]
    public async Task Members_hear_of_a_call_and_of_posts_and_others_do_not()
    {
        var (alice, bob, dave) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"), await Person.SignIn(program, "dave"));
        var channel = await alice.NewChannel(bob);
        await using var alices = await alice.Connect();
        await using var bobs = await bob.Connect();
        await using var daves = await dave.Connect();

        var joined = await alices.Join(channel);
        var started = await bobs.Hears("call_started");
        Assert.Equal(joined.Call, started.GetProperty("call").GetProperty("id").GetString());

        await alice.Post($"channels/{channel}/posts", new { text = "hello" });
        var created = await bobs.Hears("post_created", data => data.GetProperty("post").GetProperty("text").GetString() == "hello");
        Assert.Equal("alice", created.GetProperty("post").GetProperty("author").GetProperty("username").GetString());
        Assert.DoesNotContain(daves.Events, message => message.GetProperty("channelId").GetString() == channel);
    }

    [Fact]
    public async Task What_is_about_a_user_is_told_once_however_many_channels_are_shared()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        for (var i = 0; i < 3; i++) { await alice.NewChannel(bob); }
        await using var alices = await alice.Connect();
        await using var bobs = await bob.Connect();

        foreach (var name in new[] { "Once", "And again" }) { await alice.Send("PATCH", "me", new { displayName = name }); }

        // In their order, so that by the second all of the first has come.
        foreach (var device in new[] { alices, bobs })
        {
            await device.Hears("user_changed", data => NameIn(data) == "And again");
            Assert.Single(device.Events, message => message.GetProperty("type").GetString() == "user_changed" && NameIn(message.GetProperty("data")) == "Once");
        }

        static string? NameIn(JsonElement data) => data.GetProperty("user").GetProperty("displayName").GetString();
    }

    [Fact]
    public async Task Who_is_added_to_a_channel_hears_it_from_then_on()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel();
        await using var bobs = await bob.Connect();

        await alice.Post($"channels/{channel}/members", new { userId = bob.Id });
        await bobs.Hears("member_added", data => data.GetProperty("channelId").GetString() == channel);
        await Eventually.Passes("posts of the new channel", async () =>
        {
            await alice.Post($"channels/{channel}/posts", new { text = "welcome" });
            Assert.Contains(bobs.Events, message => message.GetProperty("type").GetString() == "post_created"
                && message.GetProperty("channelId").GetString() == channel);
        });
    }

    [Fact]
    public async Task A_calls_events_come_numbered_without_a_gap_after_the_snapshot()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(bob);
        await using var alices = await alice.Connect();
        var joined = await alices.Join(channel);
        var seq = joined.Value.GetProperty("call").GetProperty("seq").GetInt64();
        await using var bobs = await bob.Connect();
        var other = await bobs.Join(channel);
        for (var i = 0; i < 10; i++)
        {
            await bobs.Done("Unmute", new { sessionId = other.Session });
            await bobs.Done("Mute", new { sessionId = other.Session });
        }

        var numbers = await Eventually.Sees(
            "twenty-one numbered events",
            () => alices.Events.Where(message => message.GetProperty("seq").ValueKind == JsonValueKind.Number
                && message.GetProperty("callId").GetString() == joined.Call).Select(message => message.GetProperty("seq").GetInt64()).ToList(),
            seen => seen.Count >= 21);

        Assert.Equal(Enumerable.Range(1, 21).Select(step => seq + step), numbers.Take(21));
    }
}
