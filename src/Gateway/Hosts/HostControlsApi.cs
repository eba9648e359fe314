using Calls.Contracts.Hosts;
using Calls.Contracts.Ids;
using Calls.Gateway.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Calls.Gateway.Hosts;

/// <summary>What the host may do. Whether it is the host who asks is decided by the host's grain.</summary>
internal static class HostControlsApi
{
    public static void MapHostControls(this IEndpointRouteBuilder api)
    {
        var host = api.MapGroup("calls/{id:call}/host");
        MapUser(host, "make", target => new HostControl.Make(target.UserId));
        MapSession(host, "mute", target => new HostControl.Mute(target.SessionId));
        MapWhole(host, "mute-others", new HostControl.MuteOthers());
        MapSession(host, "ask-unmute", target => new HostControl.AskUnmute(target.SessionId));
        MapSession(host, "stop-screen", target => new HostControl.StopScreen(target.SessionId));
        MapSession(host, "lower-hand", target => new HostControl.LowerHand(target.SessionId));
        host.MapPost("remove", (CallId id, RemoveRequest target, CurrentUser me, HostControls controls, CancellationToken cancellation) =>
            Use(id, me, controls, new HostControl.Remove(target.SessionId, target.Block, target.AllSessions), cancellation));
        MapWhole(host, "end", new HostControl.End());
    }

    private static void MapUser(RouteGroupBuilder host, string route, Func<UserTarget, HostControl> control) => host.MapPost(
        route, (CallId id, UserTarget target, CurrentUser me, HostControls controls, CancellationToken cancellation) =>
            Use(id, me, controls, control(target), cancellation));

    private static void MapSession(RouteGroupBuilder host, string route, Func<SessionTarget, HostControl> control) => host.MapPost(
        route, (CallId id, SessionTarget target, CurrentUser me, HostControls controls, CancellationToken cancellation) =>
            Use(id, me, controls, control(target), cancellation));

    private static void MapWhole(RouteGroupBuilder host, string route, HostControl control) => host.MapPost(
        route, (CallId id, CurrentUser me, HostControls controls, CancellationToken cancellation) =>
            Use(id, me, controls, control, cancellation));

    private static async Task<IResult> Use(
        CallId id, CurrentUser me, HostControls controls, HostControl control, CancellationToken cancellation) =>
        Replies.Of(await controls.Use(id, me, control, cancellation));

    private sealed record UserTarget
    {
        public required UserId UserId { get; init; }
    }

    private sealed record SessionTarget
    {
        public required SessionId SessionId { get; init; }
    }

    private sealed record RemoveRequest
    {
        public required SessionId SessionId { get; init; }

        /// <summary>May not join this call again.</summary>
        public bool Block { get; init; }

        /// <summary>All sessions of that user's.</summary>
        public bool AllSessions { get; init; }
    }
}
