using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Channels;
using Calls.Contracts.Ids;
using Calls.Contracts.Participants;
using Calls.Contracts.Users;
using Calls.Contracts.Workspace;
using Calls.Gateway.Auth;
using Calls.Gateway.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Calls.Gateway.Calls;

/// <summary>Calls as they are, and as they were.</summary>
internal static class CallsApi
{
    public static void MapCalls(this IEndpointRouteBuilder api)
    {
        api.MapGet("channels/{id:channel}/call", OfChannel);
        api.MapGet("calls/{id:call}", Read);
        api.MapGet("calls/{id:call}/sessions", Sessions);
        api.MapGet("calls/{id:call}/sessions/{session:session}/statistics", ReadStatistics);
        api.MapGet("turn-credentials", ReadTurnCredentials);
    }

    private static async Task<IResult> OfChannel(
        ChannelId id, CurrentUser me, Access access, IGrainFactory grains, CallsSwitch callsSwitch, CallLinks links, CancellationToken cancellation)
    {
        var member = await access.Member(id, me, cancellation);
        if (!member.IsAccepted) { return Problems.Of(member.Plain); }

        var calls = await grains.GetGrain<IChannelGrain>(id.Value).Look();
        return Results.Ok(new ChannelCall(callsSwitch.IsOn(calls), links.Of(id), calls.Call));
    }

    private static async Task<IResult> Read(
        CallId id, CurrentUser me, Access access, IRecords records, IGrainFactory grains, CancellationToken cancellation)
    {
        var found = await Find(id, me, access, records, grains, cancellation);
        if (!found.IsAccepted) { return Problems.Of(found.Plain); }

        return found.Value!.Live is { } live ? Results.Ok(live) : Results.Ok(found.Value.Ended);
    }

    private static async Task<IResult> Sessions(
        CallId id, CurrentUser me, Access access, IRecords records, IGrainFactory grains, CancellationToken cancellation)
    {
        var found = await Find(id, me, access, records, grains, cancellation);
        if (!found.IsAccepted) { return Problems.Of(found.Plain); }

        var live = found.Value!.Live;
        return live is null ? Problems.Of(Refusal.NoCall) : Results.Ok(new Page<SessionSnapshot>(live.Sessions, null));
    }

    // Only the asker's own: of others' sessions their own grain knows nothing.
    private static async Task<IResult> ReadStatistics(CallId id, SessionId session, CurrentUser me, IGrainFactory grains) => Replies.Of(
        await grains.GetGrain<IParticipantGrain>(new ParticipantKey(id, me.Id).GrainKey).Statistics(session));

    private static async Task<IResult> ReadTurnCredentials(
        CurrentUser me, IGrainFactory grains, IOptionsMonitor<GatewayOptions> options, TimeProvider time)
    {
        var calls = await grains.GetGrain<IUserGrain>(me.Id.Value).CurrentCalls();
        return calls.IsEmpty
            ? Problems.Of(Refusal.NotInCall, "You are in no call; join one first.")
            : Results.Ok(new TurnCredentialsAnswer([.. TurnCredentials.For(me.Id, options.CurrentValue.Ice, time.GetUtcNow())]));
    }

    // The call as it is, or as it was; for members of its channel.
    private static async Task<Answer<FoundCall>> Find(
        CallId id, CurrentUser me, Access access, IRecords records, IGrainFactory grains, CancellationToken cancellation)
    {
        var live = await grains.GetGrain<ICallGrain>(id.Value).Look();
        var ended = live is null ? await records.FindCall(id, cancellation) : null;
        if ((live?.ChannelId ?? ended?.ChannelId) is not { } channel) { return Answer<FoundCall>.Refuse(Refusal.NotFound); }

        var member = await access.Member(channel, me, cancellation);
        return member.IsAccepted ? new FoundCall(live, ended) : Answer<FoundCall>.Refuse(member.Plain);
    }

    private sealed record FoundCall(CallSnapshot? Live, EndedCall? Ended);

    private sealed record ChannelCall(bool CallsEnabled, string Link, CallSnapshot? Call);

    private sealed record TurnCredentialsAnswer(ImmutableArray<IceServer> IceServers);
}
