using System.Net;
using System.Net.Http.Json;
using Calls.Gateway.Tests.Host;

namespace Calls.Gateway.Tests.Limits;

/// <summary>D10, with small numbers.</summary>
public sealed class RateLimitTests(RateLimitTests.Program program) : IClassFixture<RateLimitTests.Program>
{
    [Fact]
    public async Task D10_Who_signs_in_too_often_waits_but_others_do_not()
    {
        var http = program.CreateClient();
        Task<HttpResponseMessage> Try(string username) => http.PostAsJsonAsync("/api/v1/sign-in", new { username, password = "wrong" });
        for (var i = 0; i < 5; i++) { Assert.Equal(HttpStatusCode.Unauthorized, (await Try("carol")).StatusCode); }

        var reply = await Reply.Of(await Try("carol"));
        reply.IsRefused(HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.True(reply.Body.GetProperty("retryAfterMs").GetInt64() > 0);
        Assert.NotNull(reply.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Try("dave")).StatusCode);
    }

    [Fact]
    public async Task D10_A_user_who_asks_too_much_by_REST_waits()
    {
        var bob = await Person.SignIn(program, "bob");
        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => bob.Get("me")));

        Assert.Contains(replies, reply => reply.Status == HttpStatusCode.OK);
        replies.First(reply => reply.Status != HttpStatusCode.OK).IsRefused(HttpStatusCode.TooManyRequests, "rate_limited");
    }

    [Fact]
    public async Task D10_A_connection_that_commands_too_much_waits()
    {
        var alice = await Person.SignIn(program, "alice");
        await using var device = await alice.Connect();
        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => device.Call("Sync", new { callId = "call_aaaaaaaaaaaaaaaaaaaaaaaaaa" })));
        var errors = replies.Select(reply => reply.GetProperty("error")).ToList();

        Assert.Contains(errors, error => error.GetProperty("code").GetString() == "not_in_call");
        var refused = errors.First(error => error.GetProperty("code").GetString() == "rate_limited");
        Assert.True(refused.GetProperty("retryAfterMs").GetInt64() > 0);
    }

    public sealed class Program : CallsProgram
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["RateLimits:SignInPerMinute"] = "5",
            ["RateLimits:RestPerSecond"] = "1",
            ["RateLimits:RestBurst"] = "10",
            ["RateLimits:HubPerSecond"] = "1",
            ["RateLimits:HubBurst"] = "10",
        };
    }
}
