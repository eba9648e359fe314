using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Options;

namespace Calls.Gateway;

/// <summary>What an operator may decide about the edge: the part of <c>Calls:</c> that the gateway needs.</summary>
public sealed class GatewayOptions
{
    /// <summary>The section these are read from.</summary>
    public const string Section = "Calls";

    /// <summary>Where browsers find this installation; call links begin with it. Defaults to <see cref="Listen"/>.</summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>Where the program listens; read here only for the default of <see cref="BaseUrl"/>.</summary>
    public string Listen { get; set; } = "http://localhost:8065";

    /// <summary>
    /// Addresses or networks (a.b.c.d/n) of proxies whose X-Forwarded-For and -Proto are believed. Whoever stands here can pretend
    /// any address, and so pass the limit on sign-ins. Defaults to none.
    /// </summary>
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>The folder of the built web client. Defaults to <c>wwwroot</c> beside the program, then <c>./web/dist</c>.</summary>
    public string WebRoot { get; set; } = "";

    public SignInOptions SignIn { get; set; } = new();

    public RateLimitOptions RateLimits { get; set; } = new();

    public LimitOptions Limits { get; set; } = new();

    public SessionOptions Sessions { get; set; } = new();

    public FileOptions Files { get; set; } = new();

    public IceOptions Ice { get; set; } = new();

    public MediaOptions Media { get; set; } = new();

    public PolicyOptions Policy { get; set; } = new();

    /// <summary>The region whose media nodes administrators are shown.</summary>
    public string Region { get; set; } = "default";

    /// <summary>The address that links begin with, without a slash at its end.</summary>
    public string PublicUrl => (BaseUrl.Length > 0 ? BaseUrl : Listen.Split([';', ','])[0]).TrimEnd('/');

    public sealed class SignInOptions
    {
        /// <summary>How long a sign-in lasts. A stolen token is good for as long. Defaults to 30 days.</summary>
        public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(30);
    }

    public sealed class RateLimitOptions
    {
        /// <summary>Hub commands a session may send per second, in the long run. Defaults to 20.</summary>
        public double HubPerSecond { get; set; } = 20;

        /// <summary>Hub commands at once. Defaults to 100.</summary>
        public int HubBurst { get; set; } = 100;

        /// <summary>REST requests a user may send per second, in the long run. Defaults to 20.</summary>
        public double RestPerSecond { get; set; } = 20;

        /// <summary>REST requests at once. Defaults to 60: a page load takes some 20.</summary>
        public int RestBurst { get; set; } = 60;

        /// <summary>Sign-ins per minute from one address for one user, and ten times that from one address. Defaults to 5.</summary>
        public int SignInPerMinute { get; set; } = 5;
    }

    public sealed class LimitOptions
    {
        /// <summary>
        /// Hub connections one user may have at one gateway; 0 is no limit. Each costs memory, and each event of the user's channels is
        /// written to each. Defaults to 500: a tab is one, and many people may share one account.
        /// </summary>
        public int ConnectionsPerUser { get; set; } = 500;
    }

    public sealed class SessionOptions
    {
        /// <summary>How often sign-in and membership of those present are looked at again. Defaults to 5 s; a refusal takes twice that at most.</summary>
        public TimeSpan AuthCheck { get; set; } = TimeSpan.FromSeconds(5);
    }

    public sealed class FileOptions
    {
        /// <summary>The largest upload. Defaults to 100 MiB.</summary>
        public long BytesMax { get; set; } = 100L * 1024 * 1024;
    }

    public sealed class IceOptions
    {
        /// <summary>STUN and TURN servers for clients. Defaults to none: no third party hears of a call.</summary>
        public IceServerOptions[] Servers { get; set; } = [];

        /// <summary>The secret shared with the TURN servers, from which short-lived credentials are made. Never returned.</summary>
        public string TurnSecret { get; set; } = "";

        /// <summary>How long TURN credentials hold. Defaults to 240 min.</summary>
        public TimeSpan TurnLifetime { get; set; } = TimeSpan.FromMinutes(240);
    }

    public sealed class IceServerOptions
    {
        public string[] Urls { get; set; } = [];

        public string? Username { get; set; }

        public string? Credential { get; set; }

        /// <summary>Whether it relays and brings nothing that it would be let in with.</summary>
        internal bool NeedsCredentials =>
            string.IsNullOrEmpty(Credential) && Urls.Any(url => url.StartsWith("turn", StringComparison.Ordinal));
    }

    public sealed class MediaOptions
    {
        /// <summary>The key that media nodes of other processes show here, at least 32 bytes; two, parted by a comma, while it changes. Never returned.</summary>
        public string NodeKey { get; set; } = "";
    }

    public sealed class PolicyOptions
    {
        /// <summary>Who may start calls: everyone, admins, nobody.</summary>
        public string Start { get; set; } = "everyone";
    }
}

/// <summary>Refuses a start with options that cannot work: name, value, what is allowed.</summary>
internal sealed class GatewayOptionsCheck : IValidateOptions<GatewayOptions>
{
    private const int NodeKeyBytesMin = 32;

    private static readonly string[] s_startPolicies = ["everyone", "admins", "nobody"];

    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var problems = Problems(options).ToImmutableArray();
        return problems.IsEmpty ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(GatewayOptions options)
    {
        if (!Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            yield return Say("BaseUrl", options.BaseUrl, "http://host or https://host");
        }

        foreach (var proxy in options.TrustedProxies.Where(proxy => !IsAddressOrNetwork(proxy)))
        {
            yield return Say("TrustedProxies", proxy, "an address or a network such as 10.0.0.0/8");
        }

        if (options.SignIn.Lifetime < TimeSpan.FromMinutes(1) || options.SignIn.Lifetime > TimeSpan.FromDays(3650))
        {
            yield return Say("SignIn:Lifetime", options.SignIn.Lifetime, "00:01:00 to 3650.00:00:00");
        }

        // What is not a number is not below or above one either.
        if (options.RateLimits.HubPerSecond is not (>= 1 and <= 10_000)) { yield return Say("RateLimits:HubPerSecond", options.RateLimits.HubPerSecond, "1 to 10000"); }

        if (options.RateLimits.HubBurst is < 1 or > 100_000) { yield return Say("RateLimits:HubBurst", options.RateLimits.HubBurst, "1 to 100000"); }

        if (options.RateLimits.RestPerSecond is not (>= 1 and <= 10_000)) { yield return Say("RateLimits:RestPerSecond", options.RateLimits.RestPerSecond, "1 to 10000"); }

        if (options.RateLimits.RestBurst is < 1 or > 100_000) { yield return Say("RateLimits:RestBurst", options.RateLimits.RestBurst, "1 to 100000"); }

        if (options.RateLimits.SignInPerMinute is < 1 or > 10_000)
        {
            yield return Say("RateLimits:SignInPerMinute", options.RateLimits.SignInPerMinute, "1 to 10000");
        }

        if (options.Limits.ConnectionsPerUser < 0)
        {
            yield return Say("Limits:ConnectionsPerUser", options.Limits.ConnectionsPerUser, "0 (no limit) or more");
        }

        if (options.Sessions.AuthCheck < TimeSpan.FromMilliseconds(100) || options.Sessions.AuthCheck > TimeSpan.FromSeconds(5))
        {
            yield return Say("Sessions:AuthCheck", options.Sessions.AuthCheck, "00:00:00.1 to 00:00:05");
        }

        foreach (var server in options.Ice.Servers.SelectMany(server => server.Urls.DefaultIfEmpty("")).Where(url => !IsIceUrl(url)))
        {
            yield return Say("Ice:Servers", server, "urls beginning with stun:, stuns:, turn: or turns:");
        }

        // A browser makes no peer connection at all with such an entry.
        foreach (var server in options.Ice.Servers.Where(server => server.NeedsCredentials && options.Ice.TurnSecret.Length == 0))
        {
            yield return Say("Ice:Servers", string.Join(',', server.Urls), "turn: with username and credential, or with Ice:TurnSecret");
        }

        if (options.Ice.TurnLifetime < TimeSpan.FromMinutes(1) || options.Ice.TurnLifetime > TimeSpan.FromDays(7))
        {
            yield return Say("Ice:TurnLifetime", options.Ice.TurnLifetime, "00:01:00 to 7.00:00:00");
        }

        // The grains take any name or number of the enumeration; clients are told this text.
        if (!s_startPolicies.Contains(options.Policy.Start, StringComparer.OrdinalIgnoreCase))
        {
            yield return Say("Policy:Start", options.Policy.Start, string.Join(", ", s_startPolicies));
        }

        if (options.Media.NodeKey.Length > 0
            && options.Media.NodeKey.Split(',', StringSplitOptions.TrimEntries).Any(key => System.Text.Encoding.UTF8.GetByteCount(key) < NodeKeyBytesMin))
        {
            yield return Say("Media:NodeKey", "(secret)", $"at least {NodeKeyBytesMin} bytes");
        }
    }

    private static string Say(string name, object value, string allowed) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Calls:{name} is '{value}'; allowed: {allowed}.");

    private static bool IsAddressOrNetwork(string text) => IPAddress.TryParse(text, out _) || IPNetwork.TryParse(text, out _);

    private static bool IsIceUrl(string url) =>
        url.Split(':', 2) is [("stun" or "stuns" or "turn" or "turns"), { Length: > 0 }];
}
