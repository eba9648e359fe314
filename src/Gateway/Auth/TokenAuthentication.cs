using System.Security.Claims;
using System.Text.Encodings.Web;
using Calls.Contracts.Calls;
using Calls.Contracts.Workspace;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Calls.Gateway.Auth;

/// <summary>Reads the token where the protocol allows it: header, the hub's query, and for reading files a cookie.</summary>
internal sealed class TokenAuthentication(
    AccessTokens tokens,
    IWorkspace workspace,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logs,
    UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Name = "Calls";

    /// <summary>For img, video and downloads, which send no header.</summary>
    public const string FilesCookie = "calls_files";

    public const string FilesPath = "/api/v1/files";
    public const string HubPath = "/hubs";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (ShownToken() is not { } token) { return AuthenticateResult.NoResult(); }

        var signIn = await tokens.Find(token, Context.RequestAborted);
        var user = signIn is null ? null : await workspace.Users.Find(signIn.User, Context.RequestAborted);
        if (user is not { Deactivated: false }) { return AuthenticateResult.Fail("The token was revoked or has expired."); }

        new CurrentUser(user, signIn!.TokenHash).StandIn(Context);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.Id.Value)], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        Problems.Write(Context, Refusal.Unauthenticated);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.Write(Context, Refusal.Forbidden);

    private string? ShownToken()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) { return header[Bearer.Length..].Trim(); }

        if (Request.Path.StartsWithSegments(HubPath, StringComparison.Ordinal)) { return Request.Query["access_token"]; }

        return HttpMethods.IsGet(Request.Method) && Request.Path.StartsWithSegments(FilesPath, StringComparison.Ordinal)
            ? Request.Cookies[FilesCookie]
            : null;
    }
}
