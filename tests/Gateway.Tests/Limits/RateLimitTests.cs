using System.Net;
using System.Net.Http.Json;
using Calls.Gateway.Limits;
using Calls.Gateway.Tests.Host;
using Calls.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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
    public async Task A_name_that_no_user_can_have_is_refused_like_a_wrong_one_and_nothing_is_kept_of_it()
    {
        var http = program.CreateClient();
        for (var i = 0; i < 60; i++)
        {
            var name = $"{i}-{new string('x', 64)}";
            var reply = await Reply.Of(await http.PostAsJsonAsync("/api/v1/sign-in", new { username = name, password = "wrong" }));
            reply.IsRefused(HttpStatusCode.Unauthorized, "unauthenticated"); // Kept, it would count, and the address has 50.
        }
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

    [Fact]
    public async Task D10_A_resumed_session_has_no_more_to_spend_than_before()
    {
        var dave = await Person.SignIn(program, "dave");
        var former = await dave.Connect();
        var joined = await former.Join(await dave.NewChannel());
        for (var i = 0; i < 10; i++) { await former.Done("Mute", new { sessionId = joined.Session }); }

        Assert.Equal("rate_limited", await former.Refused("Mute", new { sessionId = joined.Session }));
        await former.DisposeAsync();
        await using var next = await dave.Connect();
        await next.Done("Resume", new { sessionId = joined.Session, resumeToken = joined.ResumeToken, lastSeq = 0 });

        Assert.Equal("rate_limited", await next.Refused("Mute", new { sessionId = joined.Session }));
        Assert.Equal("not_in_call", await next.Refused("Sync", new { callId = "call_aaaaaaaaaaaaaaaaaaaaaaaaaa" }));
    }

    [Fact]
    public async Task D10_Whoever_names_sessions_that_are_not_theirs_spends_their_own_budget()
    {
        var (guest, admin) = (await Person.SignIn(program, "guest"), await Person.SignIn(program, "admin"));
        await using var theirs = await admin.Connect();
        var joined = await theirs.Join(await admin.NewChannel());
        await using var device = await guest.Connect();
        var codes = new List<string>();
        for (var i = 0; i < 15; i++) { codes.Add(await device.Refused("Mute", new { sessionId = joined.Session })); }

        Assert.Equal("rate_limited", codes[^1]);
        await theirs.Done("Mute", new { sessionId = joined.Session });
    }

    [Fact]
    public async Task D10_More_connections_bring_no_more_to_spend()
    {
        var user = await NewUser("connects");
        await using var first = await user.Connect();
        await using var second = await user.Connect();
        var codes = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            foreach (var device in new[] { first, second }) { codes.Add(await device.Refused("Sync", new { callId = "call_aaaaaaaaaaaaaaaaaaaaaaaaaa" })); }
        }

        // Each connected with a command, too.
        Assert.Equal(8, codes.Count(code => code == "not_in_call"));
        Assert.Equal("rate_limited", codes[^1]);
    }

    [Fact]
    public async Task D10_Nobody_connects_faster_than_they_may_ask()
    {
        var user = await NewUser("hurries");
        var replies = new List<Reply>();
        for (var i = 0; i < 11; i++)
        {
            using var connecting = await user.Http.GetAsync("/hubs/calls");
            replies.Add(await Reply.Of(connecting));
        }

        replies[^1].IsRefused(HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.DoesNotContain(replies.SkipLast(1), reply => reply.Status == HttpStatusCode.TooManyRequests);
    }

    private async Task<Person> NewUser(string name)
    {
        var admin = await Person.SignIn(program, "admin");
        Assert.Equal(HttpStatusCode.Created, (await admin.Post("admin/users", new { username = name, password = "password-1" })).Status);
        return await Person.SignIn(program, name, "password-1");
    }

    public sealed class Program : CallsProgram
    {
        // Time stands still, so that nothing is earned while a test runs.
        protected override void Configure(IServiceCollection services) => services.AddSingleton(provider =>
            new RateLimits(provider.GetRequiredService<IOptionsMonitor<GatewayOptions>>(), new ManualTime()));

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
