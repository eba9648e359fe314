using Calls.Contracts.Calls;
using Calls.Contracts.Channels;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;

namespace Calls.Gateway.Channels;

/// <summary>A channel as its member sees it, with what the grains know of its calls.</summary>
internal sealed record Channel(
    ChannelId Id, ChannelKind Kind, string Name, string DisplayName, bool Archived, bool CallsEnabled, bool Muted, int Members, int Unread,
    bool PeerDeactivated, CallSummary? Call)
{
    public static async Task<Channel> Of(ChannelView view, IGrainFactory grains)
    {
        var calls = await grains.GetGrain<IChannelGrain>(view.Id.Value).Look();
        return new Channel(
            view.Id, view.Kind, view.Name, view.DisplayName, view.Archived, calls.CallsEnabled, view.Muted, view.Members, view.Unread,
            view.PeerDeactivated, Summary(calls.Call));
    }

    private static CallSummary? Summary(CallSnapshot? call) => call is null
        ? null
        : new CallSummary(call.Id, call.Sessions.Select(session => session.UserId).Distinct().Count(), call.StartedAt);
}
