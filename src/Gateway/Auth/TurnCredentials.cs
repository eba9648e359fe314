using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;

namespace Calls.Gateway.Auth;

/// <summary>
/// Credentials that a TURN server with the same secret believes until the time in their name: those of
/// draft-uberti-behave-turn-rest-00 §2.2, which coturn calls <c>use-auth-secret</c>.
/// </summary>
internal static class TurnCredentials
{
    /// <summary>The configured servers; those of TURN that bring no credentials get this user's own where there is a secret.</summary>
    public static IEnumerable<IceServer> For(UserId user, GatewayOptions.IceOptions options, DateTimeOffset now)
    {
        foreach (var server in options.Servers)
        {
            yield return server.NeedsCredentials && options.TurnSecret.Length > 0
                ? Sign([.. server.Urls], user, options, now)
                : new IceServer([.. server.Urls], server.Username, server.Credential);
        }
    }

    // SHA-1 is what TURN servers expect of such a password.
    private static IceServer Sign(
        System.Collections.Immutable.ImmutableArray<string> urls, UserId user, GatewayOptions.IceOptions options, DateTimeOffset now)
    {
        var expiry = (now + options.TurnLifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var username = $"{expiry}:{user.Value}";
        var signature = HMACSHA1.HashData(Encoding.UTF8.GetBytes(options.TurnSecret), Encoding.UTF8.GetBytes(username));
        return new IceServer(urls, username, Convert.ToBase64String(signature));
    }
}
