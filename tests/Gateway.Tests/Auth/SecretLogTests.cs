using System.Net;
using System.Net.Http.Headers;
using Calls.Gateway.Tests.Host;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Calls.Gateway.Tests.Auth;

/// <summary>Whoever reads the logs cannot become somebody else.</summary>
public sealed class SecretLogTests(SecretLogTests.Program program) : IClassFixture<SecretLogTests.Program>
{
    [Fact]
    public async Task No_token_stands_in_a_log_even_if_everything_is_logged()
    {
        var alice = await Person.SignIn(program, "alice");
        var channel = await alice.NewChannel();
        await using var first = await alice.Connect();
        var joined = await first.Join(channel);
        await using var second = await alice.Connect();
        var resumed = await second.Done("Resume", new { sessionId = joined.Session, resumeToken = joined.ResumeToken, lastSeq = 0 });
        var whip = await alice.Post($"whip/{channel}", new StringContent("an offer") { Headers = { ContentType = new MediaTypeHeaderValue("application/sdp") } });
        Assert.Equal(HttpStatusCode.Created, whip.Status);
        await alice.Get($"me?access_token={alice.Token}");
        await alice.Post("channels", new { kind = "no such kind" });
        await alice.Post("sign-out");
        (await alice.Get("me")).IsRefused(HttpStatusCode.Unauthorized, "unauthenticated");
        await Assert.ThrowsAnyAsync<Exception>(alice.Connect);

        var lines = program.Logs.Lines.ToList();
        Assert.Contains(lines, line => line.StartsWith("Trace Microsoft.AspNetCore", StringComparison.Ordinal));
        string[] secrets = [alice.Token, joined.ResumeToken, resumed.GetProperty("resumeToken").GetString()!];
        Assert.DoesNotContain(lines, line => secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal)));
    }

    public sealed class Program : CallsProgram
    {
        // The program keeps its framework quiet; whoever looks for a fault asks for its parts by name.
        private static readonly string[] s_everything =
        [
            "Default", "Microsoft.AspNetCore.SignalR", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Hosting.Diagnostics",
            "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Authentication", "Microsoft.AspNetCore.Authorization", "Microsoft.AspNetCore.HttpLogging",
            "Microsoft.AspNetCore.StaticFiles", "Microsoft.EntityFrameworkCore",
        ];

        internal KeptLogs Logs { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            foreach (var category in s_everything) { builder.UseSetting("Logging:LogLevel:" + category, "Trace"); }
        }

        protected override void Configure(IServiceCollection services) => services.AddSingleton<ILoggerProvider>(Logs);
    }
}
