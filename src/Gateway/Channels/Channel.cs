using Calls.Contracts.Calls;
using Calls.Contracts.Channels;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Gateway.Auth;

namespace Calls.Gateway.Channels;

/// <summary>A channel as its member sees it, with what the grains know of its calls.</summary>
/// <param name="CallsEnabled">Whether calls are switched on here, and in the workspace at all.</param>
/// <param name="CallsPolicy">Who may start calls in this workspace: everyone, admins, nobody.</param>
/// <param name="MayTurnCalls">Whether this member may switch calls on and off here.</param>
internal sealed record Channel(
    ChannelId Id, ChannelKind Kind, string Name, string DisplayName, bool Archived, bool CallsEnabled, string CallsPolicy, bool MayTurnCalls,
    bool Muted, int Members, int Unread, bool PeerDeactivated, bool PeerIsBot, CallSummary? Call);

/// <summary>Puts together what a member is told of a channel.</summary>
internal sealed class ChannelAnswers(CallsSwitch callsSwitch, IGrainFactory grains)
{
    public async Task<Channel> Of(ChannelView view, CurrentUser me)
    {
        var calls = await grains.GetGrain<IChannelGrain>(view.Id.Value).Look();
        return new Channel(
            view.Id, view.Kind, view.Name, view.DisplayName, view.Archived, callsSwitch.IsOn(calls), callsSwitch.Policy,
            callsSwitch.MayTurn(view, me), view.Muted, view.Members, view.Unread, view.PeerDeactivated, view.PeerIsBot, Summary(calls.Call));
    }

    private static CallSummary? Summary(CallSnapshot? call) => call is null
        ? null
        : new CallSummary(call.Id, call.Sessions.Select(session => session.UserId).Distinct().Count(), call.StartedAt);
}
