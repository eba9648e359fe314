using System.Security.Cryptography;
using System.Text;
using Calls.Contracts.Workspace;
using Microsoft.Extensions.Options;

namespace Calls.Gateway.Auth;

/// <summary>Opaque tokens: 256 random bits that the client keeps, and of which we keep the hash.</summary>
internal sealed class AccessTokens(IRecords records, IOptionsMonitor<GatewayOptions> options, TimeProvider time)
{
    private const int TokenBytes = 32;

    /// <summary>Characters a token has; anything longer is none of ours and is not even hashed.</summary>
    private const int TokenCharacters = TokenBytes * 2;

    /// <summary>Signs them in; null when what they showed has become wrong meanwhile.</summary>
    public async Task<(string Token, DateTimeOffset ExpiresAt)?> Issue(Authenticated who, CancellationToken cancellation)
    {
        var token = RandomNumberGenerator.GetHexString(TokenCharacters, lowercase: true);
        var now = time.GetUtcNow();
        var expiresAt = now + options.CurrentValue.SignIn.Lifetime;
        return await records.AddSignIn(new SignIn(Hash(token), who.User.Id, now, expiresAt), who.Credential, cancellation) ? (token, expiresAt) : null;
    }

    public Task<SignIn?> Find(string token, CancellationToken cancellation) => token.Length == TokenCharacters
        ? records.FindSignIn(Hash(token), cancellation)
        : Task.FromResult<SignIn?>(null);

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
