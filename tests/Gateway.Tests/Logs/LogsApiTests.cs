using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Calls.Gateway.Tests.Host;

namespace Calls.Gateway.Tests.Logs;

/// <summary>S90, with room for a whole log.</summary>
public sealed class LogsApiTests(LogsApiTests.Program program) : IClassFixture<LogsApiTests.Program>
{
    private const int BytesMax = 1024 * 1024;

    [Fact]
    public async Task S90_A_log_comes_back_as_a_file_from_the_bot_that_nobody_else_can_read()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));

        var first = await alice.Post("logs", Log("rtc connected"));
        var second = await alice.Post("logs", Log("rtc lost"));

        Assert.Equal(HttpStatusCode.Created, first.Status);
        Assert.Equal(first.Get("channelId"), second.Get("channelId"));
        var channel = (await alice.Get($"channels/{first.Get("channelId")}")).Body;
        Assert.Equal(("direct", "Calls"), (channel.GetProperty("kind").GetString(), channel.GetProperty("displayName").GetString()));
        var posts = (await alice.Get($"channels/{first.Get("channelId")}/posts")).Body.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([second.Get("postId"), first.Get("postId")], posts.Select(post => post.GetProperty("id").GetString()!));
        Assert.All(posts, post => Assert.Equal("bot", post.GetProperty("author").GetProperty("role").GetString()));
        Assert.Equal("rtc connected", (await alice.Get($"files/{first.Get("fileId")}")).Text);
        (await bob.Get($"files/{first.Get("fileId")}")).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await bob.Get($"posts/{first.Get("postId")}/thread")).IsRefused(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task S90_A_log_has_one_MiB_at_most_is_text_and_is_not_empty()
    {
        var carol = await Person.SignIn(program, "carol");

        (await carol.Post("logs", Log(new string('x', BytesMax + 1)))).IsRefused(HttpStatusCode.RequestEntityTooLarge, "too_large");
        Assert.Equal(HttpStatusCode.Created, (await carol.Post("logs", Log(new string('x', BytesMax)))).Status);
        (await carol.Post("logs", new { log = "x" })).IsRefused(HttpStatusCode.UnsupportedMediaType, "unsupported_media");
        (await carol.Post("logs", Log(""))).IsRefused(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task D10_Who_uploads_logs_again_and_again_waits_but_others_do_not()
    {
        var (dave, guest) = (await Person.SignIn(program, "dave"), await Person.SignIn(program, "guest"));
        for (var i = 0; i < 5; i++) { Assert.Equal(HttpStatusCode.Created, (await dave.Post("logs", Log("x"))).Status); }

        var refused = await dave.Post("logs", Log("x"));

        refused.IsRefused(HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.True(refused.Body.GetProperty("retryAfterMs").GetInt64() > 0);
        Assert.Equal(HttpStatusCode.Created, (await guest.Post("logs", Log("x"))).Status);
    }

    private static StringContent Log(string text) => new(text, Encoding.UTF8, new MediaTypeHeaderValue("text/plain"));

    public sealed class Program : CallsProgram
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } =
            new Dictionary<string, string> { ["Files:BytesMax"] = (2 * BytesMax).ToString(System.Globalization.CultureInfo.InvariantCulture) };
    }
}
