using Calls.Contracts.Calls;
using Calls.Contracts.Hosts;
using Calls.Contracts.Ids;
using Calls.Gateway.Admin;
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
        api.MapPost("calls/{id:call}/host/make", (CallId id, MakeHostRequest request, CurrentUser me, HostControls controls, CancellationToken cancellation) =>
            controls.Use(id, me, "host.make", request.UserId, (host, author) => host.Make(author, request.UserId), cancellation));
        api.MapPost("calls/{id:call}/host/end", (CallId id, CurrentUser me, HostControls controls, CancellationToken cancellation) =>
            controls.Use(id, me, "host.end", null, (host, author) => host.End(author), cancellation));
    }

    private sealed record MakeHostRequest
    {
        public required UserId UserId { get; init; }
    }
}

/// <summary>Carries a control to the host's grain, and notes it.</summary>
internal sealed class HostControls(Access access, IGrainFactory grains, Audit audit)
{
    public async Task<IResult> Use(
        CallId id, CurrentUser me, string action, UserId? whom, Func<IHostGrain, HostAuthor, Task<Answer>> control, CancellationToken cancellation)
    {
        // Who may not see the channel learns nothing of its call.
        var call = await grains.GetGrain<ICallGrain>(id.Value).Look();
        if (call is null) { return Problems.Of(Refusal.NoCall); }

        var member = me.IsAdmin ? Answer.Accepted : (await access.Member(call.ChannelId, me, cancellation)).Plain;
        if (!member.IsAccepted) { return Problems.Of(member.Refusal == Refusal.NotFound ? Refusal.NoCall : member.Refusal!.Value); }

        var answer = await control(grains.GetGrain<IHostGrain>(id.Value), new HostAuthor(me.Id, me.IsAdmin));
        GatewayTelemetry.Command(action, answer.Refusal);
        if (answer.IsAccepted) { await audit.Note(me, action, whom, id); }

        return Replies.Of(answer);
    }
}
