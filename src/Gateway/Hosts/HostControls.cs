using Calls.Contracts.Calls;
using Calls.Contracts.Hosts;
using Calls.Contracts.Ids;
using Calls.Gateway.Admin;
using Calls.Gateway.Auth;

namespace Calls.Gateway.Hosts;

/// <summary>Carries a control to the host's grain, and notes it. One way for REST and slash commands.</summary>
internal sealed class HostControls(Access access, IGrainFactory grains, Audit audit)
{
    /// <summary>For whoever asks.</summary>
    public async Task<Answer> Use(CallId id, CurrentUser me, HostControl control, CancellationToken cancellation)
    {
        // Who may not see the channel learns nothing of its call.
        if (await grains.GetGrain<ICallGrain>(id.Value).Look() is not { } call) { return Answer.Refuse(Refusal.NoCall); }

        var member = me.IsAdmin ? Answer.Accepted : (await access.Member(call.ChannelId, me, cancellation)).Plain;
        if (!member.IsAccepted) { return member.Refusal == Refusal.NotFound ? Answer.Refuse(Refusal.NoCall) : member; }

        return await Use(call, me, control);
    }

    /// <summary>As above, for who is known to be a member of the call's channel.</summary>
    public async Task<Answer> Use(CallSnapshot call, CurrentUser me, HostControl control)
    {
        var answer = await grains.GetGrain<IHostGrain>(call.Id.Value).Use(new HostAuthor(me.Id, me.IsAdmin), control);
        GatewayTelemetry.Command("host." + control.Name, answer.Refusal);

        // What the media node has not confirmed is decided all the same.
        if (answer.IsAccepted || answer.Refusal == Refusal.Unavailable)
        {
            var (whom, detail) = About(call, control);
            await audit.Note(me, "host." + control.Name, whom, call.Id, answer.IsAccepted ? detail : $"{detail} (not confirmed yet)".Trim());
        }

        return answer;
    }

    private static (UserId? Whom, string? Detail) About(CallSnapshot call, HostControl control) => control switch
    {
        HostControl.Make(var user) => (user, null),
        HostControl.Mute(var session) => (UserOf(call, session), session.Value),
        HostControl.AskUnmute(var session) => (UserOf(call, session), session.Value),
        HostControl.StopScreen(var session) => (UserOf(call, session), session.Value),
        HostControl.LowerHand(var session) => (UserOf(call, session), session.Value),
        HostControl.Remove(var session, var block, var all) =>
            (UserOf(call, session), $"{session}{(all ? ", all sessions" : "")}{(block ? ", blocked" : "")}"),
        _ => (null, null),
    };

    private static UserId? UserOf(CallSnapshot call, SessionId id) =>
        call.Sessions.FirstOrDefault(session => session.SessionId == id)?.UserId;
}
