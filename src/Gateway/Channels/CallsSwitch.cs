using Calls.Contracts.Calls;
using Calls.Contracts.Channels;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Gateway.Admin;
using Calls.Gateway.Auth;
using Microsoft.Extensions.Options;

namespace Calls.Gateway.Channels;

/// <summary>The channel's switch for calls, and who may turn it.</summary>
internal sealed class CallsSwitch(Access access, IWorkspace workspace, IGrainFactory grains, Audit audit, IOptionsMonitor<GatewayOptions> options)
{
    private const string Everyone = "everyone";
    private const string Nobody = "nobody";

    public async Task<Answer> Set(ChannelId id, bool enabled, CurrentUser me, CancellationToken cancellation)
    {
        var allowed = await MayTurn(id, me, cancellation);
        if (!allowed.IsAccepted) { return allowed; }

        var answer = await grains.GetGrain<IChannelGrain>(id.Value).SetCallsEnabled(enabled);
        if (answer.IsAccepted) { await audit.Note(me, enabled ? "channel.calls_on" : "channel.calls_off", detail: id.Value); }

        return answer;
    }

    /// <summary>Who may start calls in this workspace, as the protocol spells it.</summary>
    public string Policy => options.CurrentValue.Policy.Start.ToLowerInvariant();

    /// <summary>Whether calls may be started here at all: by the channel's own switch, and by the workspace as this gateway knows it.</summary>
    public bool IsOn(ChannelCalls calls) => calls.CallsEnabled && Policy != Nobody;

    /// <summary>
    /// Administrators; channel admins unless the workspace is stricter; in conversations between people each of them. Nobody where nobody
    /// could answer a call.
    /// </summary>
    public bool MayTurn(ChannelView channel, CurrentUser me) => !channel.PeerIsBot
        && (me.IsAdmin || channel.Kind is ChannelKind.Direct or ChannelKind.Group || (channel.IsAdmin && Policy == Everyone));

    private async Task<Answer> MayTurn(ChannelId id, CurrentUser me, CancellationToken cancellation)
    {
        if (me.IsAdmin) { return await access.Runs(id, me, cancellation); }

        var member = await access.Member(id, me, cancellation);
        if (!member.IsAccepted) { return member.Plain; }

        var channel = await workspace.Channels.View(id, me.Id, cancellation);
        return channel is not null && MayTurn(channel, me)
            ? Answer.Accepted
            : Answer.Refuse(Refusal.Forbidden);
    }
}
