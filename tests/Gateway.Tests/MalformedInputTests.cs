using System.Net;
using System.Text;
using System.Text.Json;
using Calls.Gateway.Tests.Host;
using Calls.Support;

namespace Calls.Gateway.Tests;

/// <summary>Whatever a client sends, it is answered with a documented error, and the service goes on.</summary>
public sealed class MalformedInputTests(CallsProgram program) : IClassFixture<CallsProgram>
{
    private static readonly string[] s_values =
    [
        "null", "true", "0", "-1", "1e400", "9223372036854775808", "\"\"", "\"x\"", "\"\\u0000\"", "\"\\ud800\"", "[]", "{}", "[[[]]]",
        "\"chan_aaaaaaaaaaaaaaaaaaaaaaaaaa\"", "\"call_aaaaaaaaaaaaaaaaaaaaaaaaaa\"", "\"sess_aaaaaaaaaaaaaaaaaaaaaaaaaa\"",
        "\"user_aaaaaaaaaaaaaaaaaaaaaaaaaa\"", "\"public\"", "\"direct\"", "{\"name\":\"x\"}", "[\"user_aaaaaaaaaaaaaaaaaaaaaaaaaa\"]",
    ];

    private static readonly string[] s_members =
    [
        "channelId", "callId", "sessionId", "resumeToken", "lastSeq", "sdp", "generation", "number", "operationId", "title", "threadId",
        "device", "voiceSlots", "muted", "video", "traceparent", "text", "files", "kind", "name", "displayName", "members", "userId",
        "username", "password", "role", "status", "preferences", "callsEnabled", "isAdmin", "deactivated", "unknown",
    ];

    private static readonly string[] s_hubMethods = ["Join", "Offer", "Resume", "Leave", "Mute", "Unmute", "Sync"];

    private static readonly string[] s_errors =
    [
        "invalid", "unauthenticated", "forbidden", "not_a_member", "not_your_session", "not_found", "no_call", "session_gone", "not_in_call",
        "channel_archived", "user_deactivated", "calls_disabled", "too_large", "unsupported_media", "rate_limited", "resume_lost",
    ];

    [Fact]
    public async Task Hub_messages_of_any_shape_are_answered()
    {
        var random = Seeds.Random();
        var alice = await Person.SignIn(program, "alice");
        await using var device = await alice.Connect();
        for (var round = 0; round < 500; round++)
        {
            var method = s_hubMethods[random.Next(s_hubMethods.Length)];
            var text = random.Next(10) == 0 ? s_values[random.Next(s_values.Length)] : Object(random);
            if (!IsSendable(text)) { continue; }

            var reply = await device.Call(method, JsonSerializer.Deserialize<JsonElement>(text));
            if (reply.GetProperty("ok").GetBoolean()) { continue; }

            var code = reply.GetProperty("error").GetProperty("code").GetString()!;
            Assert.True(s_errors.Contains(code), $"{method} {text} answered {reply}");
        }
    }

    [Fact]
    public async Task REST_bodies_of_any_shape_are_answered()
    {
        var random = Seeds.Random();
        var admin = await Person.SignIn(program, "admin");
        var channel = await admin.NewChannel();
        (string Method, string Path)[] routes =
        [
            ("POST", "sign-in"), ("PATCH", "me"), ("POST", "channels"), ("PATCH", $"channels/{channel}"), ("POST", $"channels/{channel}/members"),
            ("POST", $"channels/{channel}/posts"), ("PATCH", $"channels/{channel}/members/{admin.Id}"), ("POST", "commands"), ("POST", "files"),
            ("POST", "calls/call_aaaaaaaaaaaaaaaaaaaaaaaaaa/host/make"), ("POST", "admin/users"), ("PATCH", "posts/post_aaaaaaaaaaaaaaaaaaaaaaaaaa"),
            ("POST", $"whip/{channel}x"),
        ];
        for (var round = 0; round < 600; round++)
        {
            var (method, path) = routes[random.Next(routes.Length)];
            var text = random.Next(8) switch { 0 => s_values[random.Next(s_values.Length)], 1 => Object(random)[..^1], _ => Object(random) };
            var type = random.Next(10) == 0 ? "text/plain" : "application/json";
            var reply = await admin.Send(method, path, new StringContent(text, Encoding.UTF8, type));
            Assert.True((int)reply.Status is >= 200 and < 500, $"{method} {path} {text} answered {(int)reply.Status} {reply.Text}");
            if (!((int)reply.Status < 300)) { Assert.True(s_errors.Contains(reply.Code), $"{method} {path} {text} answered {reply.Text}"); }
        }
    }

    [Theory]
    [InlineData("GET", "channels?limit=0", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("GET", "channels?limit=201", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("GET", "channels?limit=x", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("GET", "no-such-route", HttpStatusCode.NotFound, "not_found")]
    [InlineData("GET", "commands", HttpStatusCode.NotFound, "not_found")]
    [InlineData("POST", "commands", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("GET", "posts/post_AAAAAAAAAAAAAAAAAAAAAAAAAA/thread", HttpStatusCode.NotFound, "not_found")]
    public async Task A_malformed_address_is_refused(string method, string path, HttpStatusCode status, string code) =>
        (await (await Person.SignIn(program, "alice")).Send(method, path)).IsRefused(status, code);

    [Theory]
    [InlineData("%00")]
    [InlineData("9zzz")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public async Task A_cursor_that_is_none_begins_the_list(string cursor) =>
        Assert.Equal(HttpStatusCode.OK, (await (await Person.SignIn(program, "alice")).Get("channels?after=" + cursor)).Status);

    [Fact]
    public async Task A_message_of_128_KiB_is_taken_and_a_larger_one_closes_the_connection()
    {
        var alice = await Person.SignIn(program, "alice");
        await using var device = await alice.Connect();
        Assert.Equal("session_gone", await device.Refused("Offer", new { sessionId = "sess_aaaaaaaaaaaaaaaaaaaaaaaaaa", sdp = new string('x', 120_000) }));

        _ = device.Call("Offer", new { sessionId = "sess_aaaaaaaaaaaaaaaaaaaaaaaaaa", sdp = new string('x', 140_000) })
            .ContinueWith(call => call.Exception, TaskScheduler.Default);
        await Eventually.Comes("the end of the connection", device.Closed);
    }

    // Our own writer cannot send what is no JSON.
    private static bool IsSendable(string text) =>
        !text.Contains("\\ud800", StringComparison.Ordinal);

    private static string Object(Random random)
    {
        var members = Enumerable.Range(0, random.Next(7))
            .Select(_ => $"\"{s_members[random.Next(s_members.Length)]}\":{s_values[random.Next(s_values.Length)]}");
        return "{" + string.Join(',', members) + "}";
    }
}
