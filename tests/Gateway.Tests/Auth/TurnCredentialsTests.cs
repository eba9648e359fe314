using Calls.Contracts.Ids;
using Calls.Gateway.Auth;

namespace Calls.Gateway.Tests.Auth;

/// <summary>STUN and TURN servers as clients are given them (S77, D13).</summary>
public sealed class TurnCredentialsTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly UserId s_user = UserId.From("user_aaaaaaaaaaaaaaaaaaaaaaaaaa");

    [Fact]
    public void A_relay_gets_the_credentials_of_draft_uberti_behave_turn_rest_S77_D13()
    {
        var server = Assert.Single(Given("a shared secret", new GatewayOptions.IceServerOptions { Urls = ["turn:turn.example:3478", "turns:turn.example:5349"] }));

        // The time, a colon, the user: section 2.2. The password was made by
        // printf %s 1793635200:user_aaaaaaaaaaaaaaaaaaaaaaaaaa | openssl dgst -sha1 -hmac 'a shared secret' -binary | base64
        Assert.Equal(["turn:turn.example:3478", "turns:turn.example:5349"], server.Urls.AsEnumerable());
        Assert.Equal(("1793635200:user_aaaaaaaaaaaaaaaaaaaaaaaaaa", "WD6kP/Dsy1ls/4qfyHlyZcw+toE="), (server.Username, server.Credential));
    }

    [Fact]
    public void What_has_credentials_of_its_own_or_needs_none_is_given_as_it_is_S77()
    {
        var servers = Given(
            "a shared secret",
            new GatewayOptions.IceServerOptions { Urls = ["stun:stun.example"] },
            new GatewayOptions.IceServerOptions { Urls = ["turn:static.example"], Username = "u", Credential = "c" });

        Assert.Equal([(null, null), ("u", "c")], servers.Select(server => (server.Username, server.Credential)));
    }

    [Fact]
    public void Without_servers_there_is_nobody_to_ask_S76() => Assert.Empty(Given("a shared secret"));

    private static Contracts.Calls.IceServer[] Given(string secret, params GatewayOptions.IceServerOptions[] servers) =>
        [.. TurnCredentials.For(s_user, new GatewayOptions.IceOptions { Servers = servers, TurnSecret = secret }, s_noon)];
}
