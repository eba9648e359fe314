using Calls.Contracts.Calls;
using Calls.Contracts.Workspace;
using Calls.Gateway.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Calls.Gateway.Auth;

/// <summary>Signing in and out.</summary>
internal static class SignInApi
{
    public static void MapSignIn(this IEndpointRouteBuilder api)
    {
        api.MapPost("sign-in", SignIn).AllowAnonymous();
        api.MapPost("sign-out", SignOut);
    }

    private static async Task<IResult> SignIn(
        SignInRequest request, HttpContext context, IWorkspace workspace, AccessTokens tokens, RateLimits limits, CancellationToken cancellation)
    {
        // No user has such a name, so there is nothing to guess; and nothing is kept of it.
        if (request.Username.Length > NewUser.UsernameMax) { return Wrong(); }

        if (limits.RefuseSignIn(context.Connection.RemoteIpAddress, request.Username) is { } wait)
        {
            return Problems.Of(Refusal.RateLimited, retryAfter: wait);
        }

        var who = await workspace.Users.Authenticate(request.Username, request.Password, cancellation);
        if (who is null || await tokens.Issue(who, cancellation) is not var (token, expiresAt)) { return Wrong(); }

        context.Response.Cookies.Append(TokenAuthentication.FilesCookie, token, FilesCookie(context, expiresAt));
        return Results.Ok(new SignInAnswer(token, expiresAt, who.User));
    }

    private static IResult Wrong() => Problems.Of(Refusal.Unauthenticated, "The username or the password is wrong.");

    private static async Task<IResult> SignOut(HttpContext context, CurrentUser me, IRecords records, CancellationToken cancellation)
    {
        await records.RevokeSignIn(me.TokenHash, cancellation);
        context.Response.Cookies.Delete(TokenAuthentication.FilesCookie, FilesCookie(context, null));
        return Results.NoContent();
    }

    private static CookieOptions FilesCookie(HttpContext context, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = TokenAuthentication.FilesPath,
        Expires = expires,
    };

    private sealed record SignInRequest
    {
        public required string Username { get; init; }

        public required string Password { get; init; }
    }

    private sealed record SignInAnswer(string Token, DateTimeOffset ExpiresAt, User User);
}
