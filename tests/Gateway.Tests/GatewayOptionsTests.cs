namespace Calls.Gateway.Tests;

public class GatewayOptionsTests
{
    [Fact]
    public void The_defaults_are_allowed() => Assert.True(new GatewayOptionsCheck().Validate(null, new GatewayOptions()).Succeeded);

    [Theory]
    [InlineData(null, "", false)]
    [InlineData("c", "", true)]
    [InlineData(null, "a shared secret", true)]
    public void A_relay_that_nobody_could_sign_in_to_is_refused_S77(string? credential, string secret, bool isAllowed)
    {
        var options = new GatewayOptions
        {
            Ice = new() { Servers = [new() { Urls = ["stun:a"] }, new() { Urls = ["turn:b"], Username = "u", Credential = credential }], TurnSecret = secret },
        };

        Assert.Equal(isAllowed, new GatewayOptionsCheck().Validate(null, options).Succeeded);
    }

    [Fact]
    public void Each_wrong_value_is_named_with_what_is_allowed_and_no_secret_is()
    {
        var failures = new GatewayOptionsCheck().Validate(null, new GatewayOptions
        {
            BaseUrl = "ftp://x",
            TrustedProxies = ["10.0.0.0/8", "proxy"],
            SignIn = new() { Lifetime = TimeSpan.Zero },
            RateLimits = new() { HubBurst = 0, RestPerSecond = 0 },
            Limits = new() { ConnectionsPerUser = -1 },
            Sessions = new() { AuthCheck = TimeSpan.FromMinutes(1) },
            Ice = new() { Servers = [new() { Urls = ["http://x"] }] },
            Media = new() { NodeKey = "too-short" },
        }).Failures!.ToList();

        Assert.Equal(
            ["BaseUrl", "TrustedProxies", "SignIn:Lifetime", "RateLimits:HubBurst", "RateLimits:RestPerSecond", "Limits:ConnectionsPerUser",
                "Sessions:AuthCheck", "Ice:Servers", "Media:NodeKey"],
            failures.Select(line => line["Calls:".Length..line.IndexOf(" is ", StringComparison.Ordinal)]));
        Assert.All(failures, line => Assert.Contains("; allowed: ", line, StringComparison.Ordinal));
        Assert.DoesNotContain(failures, line => line.Contains("too-short", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(double.NaN, "everyone")]
    [InlineData(double.PositiveInfinity, "everyone")]
    [InlineData(20, "1")]
    [InlineData(20, "everyone,admins")]
    public void A_rate_that_is_no_number_and_a_policy_that_is_none_are_not_allowed(double rate, string policy)
    {
        var options = new GatewayOptions { RateLimits = new() { RestPerSecond = rate, HubPerSecond = rate }, Policy = new() { Start = policy } };

        Assert.True(new GatewayOptionsCheck().Validate(null, options).Failed);
    }

    [Theory]
    [InlineData("Admins")]
    [InlineData("nobody")]
    public void A_policy_is_a_word_in_upper_or_lower_case(string policy) =>
        Assert.True(new GatewayOptionsCheck().Validate(null, new GatewayOptions { Policy = new() { Start = policy } }).Succeeded);
}
