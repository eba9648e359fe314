using Calls.Contracts.Calls;
using Calls.Gateway.Auth;
using Calls.Gateway.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Calls.Gateway.Signalling;

/// <summary>
/// How fast a user may make hub connections, and how many they may have here. Refused before there is a connection, so that the client sees
/// that none was made, and tries again later and later.
/// </summary>
internal sealed class ConnectionLimits(SessionConnections sessions, RateLimits limits, IOptionsMonitor<GatewayOptions> options)
{
    /// <summary>Middleware: after it is known who asks.</summary>
    public Task Guard(HttpContext context, RequestDelegate next)
    {
        if (!IsNew(context.Request) || CurrentUser.Of(context) is not { } me) { return next(context); }

        if (limits.RefuseRest(me) is { } wait) { return Problems.Write(context, Refusal.RateLimited, retryAfter: wait); }

        // Those on their way are not counted yet; the limit above bounds them.
        var most = options.CurrentValue.Limits.ConnectionsPerUser;
        return most > 0 && sessions.CountOf(me.Id) >= most
            ? Problems.Write(context, Refusal.RateLimited, "You have as many connections as one user may have; close some first.")
            : next(context);
    }

    // What names a connection belongs to one that was negotiated, and counted then.
    private static bool IsNew(HttpRequest request) =>
        request.Path.StartsWithSegments(TokenAuthentication.HubPath, StringComparison.Ordinal) && !request.Query.ContainsKey("id");
}
