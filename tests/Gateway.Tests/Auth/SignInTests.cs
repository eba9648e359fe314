using System.Net;
using System.Net.Http.Json;
using Calls.Gateway.Tests.Host;
using Calls.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Gateway.Tests.Auth;

public sealed class SignInTests(CallsProgram program) : IClassFixture<CallsProgram>
{
    [Theory]
    [InlineData("alice", "wrong-password")]
    [InlineData("nobody", "calls-demo")]
    [InlineData("", "")]
    [InlineData("calls", "")]
    public async Task S18_A_wrong_name_or_password_is_unauthenticated(string username, string password)
    {
        using var response = await program.CreateClient().PostAsJsonAsync("/api/v1/sign-in", new { username, password });
        (await Reply.Of(response)).IsRefused(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Theory]
    [InlineData("GET", "me")]
    [InlineData("GET", "channels")]
    [InlineData("POST", "commands")]
    [InlineData("GET", "admin/users")]
    [InlineData("POST", "whip/chan_aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task S18_Who_is_not_signed_in_gets_nothing(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/" + path);
        if (method == "POST") { request.Content = JsonContent.Create(new { }); }

        using var response = await program.CreateClient().SendAsync(request);
        (await Reply.Of(response)).IsRefused(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task The_token_says_who_one_is_until_one_signs_out()
    {
        var alice = await Person.SignIn(program, "alice");
        Assert.Equal("alice", (await alice.Get("me")).Get("username"));
        Assert.True((await alice.Get("me")).Body.GetProperty("preferences").GetProperty("ringing").GetBoolean());

        await alice.Post("sign-out");
        (await alice.Get("me")).IsRefused(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task A_profile_is_changed_by_its_owner()
    {
        var dave = await Person.SignIn(program, "dave");
        var changed = await dave.Send("PATCH", "me", new { status = "dnd", preferences = new { ringing = false } });

        Assert.Equal("dnd", changed.Get("status"));
        Assert.False((await dave.Get("me")).Body.GetProperty("preferences").GetProperty("ringing").GetBoolean());
    }
}

/// <summary>Sign-ins by a clock that is moved by hand.</summary>
public sealed class SignInExpiryTests(SignInExpiryTests.Program program) : IClassFixture<SignInExpiryTests.Program>
{
    [Fact]
    public async Task S18_An_expired_sign_in_is_none()
    {
        var alice = await Person.SignIn(program, "alice");
        program.Time.Advance(Program.Lifetime - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await alice.Get("me")).Status);

        program.Time.Advance(TimeSpan.FromMinutes(2));
        (await alice.Get("me")).IsRefused(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    public sealed class Program : CallsProgram
    {
        // Short: everything that the program does every few seconds is done as often as the clock says.
        internal static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

        internal ManualTime Time { get; } = new();

        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["SignIn:Lifetime"] = Lifetime.ToString(),
        };

        protected override void Configure(IServiceCollection services) => services.AddSingleton<TimeProvider>(Time);
    }
}
