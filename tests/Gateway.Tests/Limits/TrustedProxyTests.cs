using System.Net;
using System.Net.Http.Json;
using Calls.Gateway.Limits;
using Calls.Gateway.Tests.Host;
using Calls.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Calls.Gateway.Tests.Limits;

/// <summary>Where a request comes from is what its peer says only if that is a proxy of <c>Calls:TrustedProxies</c>.</summary>
public sealed class TrustedProxyTests(TrustedProxyTests.Program program) : IClassFixture<TrustedProxyTests.Program>
{
    private const string PeerHeader = "Test-Peer";
    private const int TriesMax = 2;

    [Theory]
    [InlineData("10.1.2.3", "203.0.113.{0}", true)] // In a trusted network.
    [InlineData("192.0.2.7", "203.0.113.{0}", true)] // A trusted address.
    [InlineData("192.0.2.8", "203.0.113.{0}", false)]
    [InlineData("192.0.2.7", "203.0.113.{0}, 198.51.100.1", false)] // The client wrote the first itself; the proxy added whom it saw.
    public async Task Only_a_trusted_proxy_is_believed_about_the_address(string peer, string forwardedFor, bool isBelieved)
    {
        var username = Guid.NewGuid().ToString("N");
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i <= TriesMax; i++)
        {
            using var answer = await SignIn(username, peer, ("X-Forwarded-For", string.Format(null, forwardedFor, i)));
            statuses.Add(answer.StatusCode);
        }

        // Each try names another address: one too many for one address is not too many for several.
        Assert.Equal(isBelieved ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.All(statuses.SkipLast(1), status => Assert.Equal(HttpStatusCode.Unauthorized, status));
    }

    [Theory]
    [InlineData("2001:db8:1:2::{0}", false)] // A home has a whole network of these.
    [InlineData("2001:db8:1:{0}::1", true)]
    [InlineData("::ffff:198.51.100.{0}", true)] // IPv4, as a socket for both kinds says it.
    public async Task Of_an_IPv6_address_the_network_is_what_is_limited(string addresses, bool areMany)
    {
        var username = Guid.NewGuid().ToString("N");
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i <= TriesMax; i++)
        {
            using var answer = await SignIn(username, string.Format(null, addresses, i + 1), ("Test-Nothing", "-"));
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(areMany ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.All(statuses.SkipLast(1), status => Assert.Equal(HttpStatusCode.Unauthorized, status));
    }

    [Theory]
    [InlineData("192.0.2.7", true)]
    [InlineData("192.0.2.8", false)]
    public async Task Only_a_trusted_proxy_is_believed_about_https(string peer, bool isBelieved)
    {
        using var answer = await SignIn("alice", peer, ("X-Forwarded-Proto", "https"), "calls-demo");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(isBelieved, answer.Headers.GetValues("Set-Cookie").Single().Contains("secure", StringComparison.OrdinalIgnoreCase));
    }

    private async Task<HttpResponseMessage> SignIn(string username, string peer, (string Name, string Value) header, string password = "wrong")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sign-in") { Content = JsonContent.Create(new { username, password }) };
        request.Headers.Add(PeerHeader, peer);
        request.Headers.Add(header.Name, header.Value);
        return await program.CreateClient().SendAsync(request);
    }

    public sealed class Program : CallsProgram
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["TrustedProxies"] = "10.0.0.0/8, 192.0.2.7",
            ["RateLimits:SignInPerMinute"] = $"{TriesMax}",
        };

        // Time stands still, so that nothing is earned while a test runs.
        protected override void Configure(IServiceCollection services) => services
            .AddSingleton<IStartupFilter, Peers>()
            .AddSingleton(provider => new RateLimits(provider.GetRequiredService<IOptionsMonitor<GatewayOptions>>(), new ManualTime()));
    }

    /// <summary>A test server has no sockets: whom the request comes from is in its header.</summary>
    private sealed class Peers : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers[PeerHeader].ToString());
                return go(context);
            });
            next(app);
        };
    }
}
