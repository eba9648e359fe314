using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Gateway.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Calls.Gateway.Whip;

/// <summary>WHIP (RFC 9725) to publish and WHEP to listen: a session made by one HTTP request, ended by another.</summary>
internal static class WhipApi
{
    public static void MapWhip(this IEndpointRouteBuilder api)
    {
        Map(api, "whip", SessionKind.Publisher);
        Map(api, "whep", SessionKind.Listener);
    }

    private static void Map(IEndpointRouteBuilder api, string name, SessionKind kind)
    {
        api.MapPost($"{name}/{{channel:channel}}", (ChannelId channel, HttpContext context, CurrentUser me, WhipSessions sessions) =>
            sessions.Begin(name, kind, channel, context, me));
        api.MapDelete($"{name}/{{call:call}}/{{session:session}}", (CallId call, SessionId session, CurrentUser me, WhipSessions sessions) =>
            sessions.End(call, session, me));
    }
}
