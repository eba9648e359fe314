using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Calls.Conformance.Clients;
using Calls.Conformance.Coverage;
using Calls.Conformance.Service;

namespace Calls.Conformance.Forms;

/// <summary>The call's post, its thread, and what else its people do meanwhile.</summary>
public sealed class ChatTests
{
    [Fact]
    [Row("4.3", "S3", "S50")]
    public async Task The_workspace_goes_on_during_a_call_whose_thread_is_its_chat_and_outlives_it()
    {
        var service = await Services.Shared;
        var (alice, bob) = (await service.As("alice"), await service.As("bob"));
        var (channel, other) = (await alice.NewChannel(bob), await alice.NewChannel(bob));
        await using var seat = await alice.Join(channel, new { title = "Plan" });
        await using var bobs = await bob.Join(channel);
        var thread = seat.Joined.GetProperty("call").GetProperty("threadId").GetString();

        var reply = (await bob.Post($"channels/{channel}/posts", new { text = "in the chat", threadId = thread })).IsDone();
        (await alice.Post($"channels/{other}/posts", new { text = "elsewhere" })).IsDone();
        var file = await Upload(alice);
        (await alice.Post($"channels/{channel}/posts", new { text = "a file", threadId = thread, files = new[] { file } })).IsDone();

        await seat.Hears("post_created", data => data.GetProperty("post").GetProperty("id").GetString() == reply.Id);
        var posts = (await alice.Get($"posts/{thread}/thread")).Items;
        var props = posts[0].GetProperty("props");
        Assert.Equal(("call", alice.Id), (posts[0].GetProperty("type").GetString(), posts[0].GetProperty("author").GetProperty("id").GetString()));
        Assert.Equal((seat.Call, "Plan"), (props.GetProperty("callId").GetString(), props.GetProperty("title").GetString()));
        Assert.Equal(["in the chat", "a file"], posts.Skip(1).Select(post => post.GetProperty("text").GetString()));
        Assert.Equal("hello", (await bob.Get($"files/{file}")).Text);
        (await alice.Send("PATCH", $"posts/{thread}", new { text = "changed" })).IsRefused(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(2, (await seat.Sync()).GetProperty("sessions").GetArrayLength());

        await seat.Do("Leave");
        await bobs.Do("Leave");

        await seat.Hears("post_edited", data => data.GetProperty("post").GetProperty("id").GetString() == thread && data.ToString().Contains("endedAt", StringComparison.Ordinal));
        (await bob.Post($"channels/{channel}/posts", new { text = "it outlives the call", threadId = thread })).IsDone();
    }

    [Fact]
    [Row("S90")]
    public async Task A_client_s_log_is_a_file_in_the_direct_channel_with_the_bot_that_its_owner_alone_reads()
    {
        var service = await Services.Shared;
        var (one, other) = (await service.NewPerson(), await service.NewPerson());

        var log = (await one.Send("POST", "logs", new StringContent("12:00 rtc connected", Encoding.UTF8, "text/plain"))).IsDone();

        Assert.Equal("12:00 rtc connected", (await one.Get($"files/{log.Get("fileId")}")).Text);
        (await other.Get($"files/{log.Get("fileId")}")).IsRefused(HttpStatusCode.NotFound, "not_found");
        var direct = (await one.Get($"channels/{log.Get("channelId")}")).IsDone();
        Assert.Equal("direct", direct.Get("kind"));
        var post = (await one.Get($"channels/{log.Get("channelId")}/posts")).Items[0];
        Assert.Equal("bot", post.GetProperty("author").GetProperty("role").GetString());
        (await one.Send("POST", "logs", new StringContent(new string('x', (1024 * 1024) + 1), Encoding.UTF8, "text/plain")))
            .IsRefused(HttpStatusCode.RequestEntityTooLarge, "too_large");
    }

    private static async Task<string> Upload(Person person)
    {
        using var form = new MultipartFormDataContent();
        var text = new ByteArrayContent("hello"u8.ToArray());
        text.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        form.Add(text, "file", "hello.txt");
        return (await person.Send("POST", "files", form)).IsDone().Id;
    }
}
