using System.Net;
using Calls.Gateway.Signalling;
using Calls.Gateway.Tests.Host;
using Calls.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Calls.Gateway.Tests.Signalling;

/// <summary>Who may no longer be here is told so and closed (S18, D15).</summary>
public sealed class SessionCheckTests(CallsProgram program) : IClassFixture<CallsProgram>
{
    [Fact]
    public async Task S18_A_revoked_sign_in_closes_its_sessions_and_then_its_connection()
    {
        var alice = await Person.SignIn(program, "alice");
        await using var device = await alice.Connect();
        await device.Join(await alice.NewChannel());

        Assert.Equal(HttpStatusCode.NoContent, (await alice.Post("sign-out")).Status);

        Assert.Equal("signed_out", (await device.Hears("session_ended")).GetProperty("reason").GetString());
        await Eventually.Comes("the end of the connection", device.Closed);
        (await alice.Get("me")).IsRefused(HttpStatusCode.Unauthorized, "unauthenticated");
        await Assert.ThrowsAnyAsync<Exception>(alice.Connect);
    }

    [Fact]
    public async Task S18_A_deactivated_user_is_signed_out_everywhere()
    {
        var admin = await Person.SignIn(program, "admin");
        var made = await admin.Post("admin/users", new { username = "shortly", password = "password-1" });
        var user = await Person.SignIn(program, "shortly", "password-1");
        await using var device = await user.Connect();
        await device.Join(await user.NewChannel());

        await admin.Send("PATCH", $"admin/users/{made.Get("id")}", new { deactivated = true });

        Assert.Equal("signed_out", (await device.Hears("session_ended")).GetProperty("reason").GetString());
        await Eventually.Comes("the end of the connection", device.Closed);
    }

    [Fact]
    public async Task Who_is_no_longer_a_member_is_out_of_the_call()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(bob);
        await using var alices = await alice.Connect();
        await using var bobs = await bob.Connect();
        await alices.Join(channel);
        var joined = await bobs.Join(channel);

        await alice.Send("DELETE", $"channels/{channel}/members/{bob.Id}");

        Assert.Equal("no_longer_member", (await bobs.Hears("session_ended")).GetProperty("reason").GetString());
        await bobs.Hears("member_removed");
        var left = await alices.Hears("participant_left");
        Assert.Equal((joined.Session, "no_longer_member"), (left.GetProperty("sessionId").GetString(), left.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Archiving_a_channel_ends_its_call()
    {
        var alice = await Person.SignIn(program, "alice");
        var channel = await alice.NewChannel();
        await using var device = await alice.Connect();
        await device.Join(channel);

        await alice.Post($"channels/{channel}/archive");

        Assert.Equal("channel_archived", (await device.Hears("call_ended")).GetProperty("reason").GetString());
        Assert.Equal("call_ended", (await device.Hears("session_ended")).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Options_that_cannot_be_read_for_a_while_do_not_end_the_checks()
    {
        var (time, options) = (new ManualTime(), new Options());
        using var checks = ActivatorUtilities.CreateInstance<SessionChecks>(
            program.Services, time, options);
        await checks.StartAsync(default);
        await Eventually.True("the first round is armed", () => time.TimersArmed > 0);

        foreach (var isWrong in new[] { true, false })
        {
            var before = options.Looks;
            options.AreWrong = isWrong;
            time.Advance(new GatewayOptions().Sessions.AuthCheck);
            await Eventually.True("a round looks at its options", () => options.Looks > before);
        }

        await checks.StopAsync(default);
    }

    private sealed class Options : IOptionsMonitor<GatewayOptions>
    {
        private int _looks;

        public bool AreWrong { get; set; }

        public int Looks => Volatile.Read(ref _looks);

        public GatewayOptions CurrentValue
        {
            get
            {
                Interlocked.Increment(ref _looks);
                return AreWrong ? throw new OptionsValidationException("", typeof(GatewayOptions), ["Wrong."]) : new GatewayOptions();
            }
        }

        public GatewayOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<GatewayOptions, string?> listener) => null;
    }
}
