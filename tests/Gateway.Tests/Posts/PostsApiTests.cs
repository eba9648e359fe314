using System.Net;
using Calls.Gateway.Tests.Host;

namespace Calls.Gateway.Tests.Posts;

public sealed class PostsApiTests(CallsProgram program) : IClassFixture<CallsProgram>
{
    [Fact]
    public async Task A_post_and_its_thread_are_read_by_members_alone()
    {
        var (alice, bob, dave) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"), await Person.SignIn(program, "dave"));
        var channel = await alice.NewChannel(bob);
        var first = await alice.Post($"channels/{channel}/posts", new { text = "first" });
        var reply = await bob.Post($"channels/{channel}/posts", new { text = "second", threadId = first.Get("id") });

        var thread = (await bob.Get($"posts/{first.Get("id")}/thread")).Body.GetProperty("items").EnumerateArray();
        Assert.Equal(["first", "second"], thread.Select(post => post.GetProperty("text").GetString()));
        (await dave.Get($"posts/{first.Get("id")}/thread")).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await dave.Post($"channels/{channel}/posts", new { text = "let me in" })).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await dave.Send("DELETE", $"posts/{reply.Get("id")}")).IsRefused(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_repeated_post_with_the_same_key_is_answered_as_the_first_was()
    {
        var alice = await Person.SignIn(program, "alice");
        var channel = await alice.NewChannel();
        alice.Http.DefaultRequestHeaders.Add("Idempotency-Key", "key-1");

        var first = await alice.Post($"channels/{channel}/posts", new { text = "once" });
        var second = await alice.Post($"channels/{channel}/posts", new { text = "once" });

        Assert.Equal(first.Get("id"), second.Get("id"));
        Assert.Single((await alice.Get($"channels/{channel}/posts")).Body.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Only_the_author_edits_a_post_and_nobody_that_of_a_call()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(bob);
        var post = (await alice.Post($"channels/{channel}/posts", new { text = "mine" })).Get("id");
        await using var device = await alice.Connect();
        var joined = await device.Join(channel);
        var card = joined.Value.GetProperty("call").GetProperty("threadId").GetString();

        (await bob.Send("PATCH", $"posts/{post}", new { text = "yours" })).IsRefused(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal("still mine", (await alice.Send("PATCH", $"posts/{post}", new { text = "still mine" })).Get("text"));
        (await alice.Send("PATCH", $"posts/{card}", new { text = "no card" })).IsRefused(HttpStatusCode.Forbidden, "forbidden");
        (await alice.Send("DELETE", $"posts/{card}")).IsRefused(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(HttpStatusCode.NoContent, (await alice.Send("DELETE", $"posts/{post}")).Status);
    }

    [Fact]
    public async Task An_administrator_deletes_a_post_in_a_channel_they_are_not_in_and_it_is_noted()
    {
        var (alice, admin) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "admin"));
        var channel = await alice.NewChannel();
        var post = (await alice.Post($"channels/{channel}/posts", new { text = "not for here" })).Get("id");
        (await admin.Send("PATCH", $"posts/{post}", new { text = "other words" })).IsRefused(HttpStatusCode.NotFound, "not_found");

        Assert.Equal(HttpStatusCode.NoContent, (await admin.Send("DELETE", $"posts/{post}")).Status);

        Assert.Empty((await alice.Get($"channels/{channel}/posts")).Body.GetProperty("items").EnumerateArray());
        var noted = (await admin.Get("admin/audit")).Body.GetProperty("items").EnumerateArray()
            .Single(entry => entry.GetProperty("action").GetString() == "post.delete");
        Assert.Equal((alice.Id, channel), (noted.GetProperty("whom").GetString(), noted.GetProperty("detail").GetString()));
        (await admin.Send("DELETE", $"posts/{post}")).IsRefused(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_thread_in_which_a_call_is_stays()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(bob);
        var root = (await alice.Post($"channels/{channel}/posts", new { text = "let us talk" })).Get("id");
        await using var device = await bob.Connect();
        await device.Done("Join", new { channelId = channel, threadId = root });

        (await alice.Send("DELETE", $"posts/{root}")).IsRefused(HttpStatusCode.Forbidden, "forbidden");

        Assert.Equal(2, (await alice.Get($"posts/{root}/thread")).Body.GetProperty("items").GetArrayLength());
    }
}
