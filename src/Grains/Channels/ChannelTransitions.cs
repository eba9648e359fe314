using Calls.Contracts.Channels;
using Calls.Contracts.Workspace;

namespace Calls.Grains.Channels;

/// <summary>Who may join or start a call in a conversation, and how a start gets through.</summary>
internal static class ChannelTransitions
{
    /// <summary>Why somebody may not even join here; null when they may.</summary>
    /// <param name="standing">Null where there is no such conversation or user.</param>
    public static Refusal? RefuseJoin(ChannelStanding? standing) => standing switch
    {
        null => Refusal.NotFound,
        { Deactivated: true } => Refusal.UserDeactivated,

        // Who cannot see the channel is not told that it exists.
        { IsMember: false } => standing.MaySee ? Refusal.NotAMember : Refusal.NotFound,
        { Archived: true } => Refusal.ChannelArchived,
        _ => null,
    };

    /// <summary>Whether somebody who may join may start, or why not.</summary>
    public static Answer MayStart(ChannelStanding standing, ChannelState channel, StartPolicy policy) => policy switch
    {
        _ when standing.PeerDeactivated => Answer.Refuse(Refusal.UserDeactivated),
        _ when standing.PeerIsBot => Answer.Refuse(Refusal.CallsDisabled, OpenCall.NobodyAnswers),
        _ when channel.CallsOff => Answer.Refuse(Refusal.CallsDisabled),
        StartPolicy.Nobody => Answer.Refuse(Refusal.CallsDisabled),
        StartPolicy.Admins when standing.Role != UserRole.Admin => Answer.Refuse(Refusal.CallsTestMode),
        _ => Answer.Accepted,
    };

    /// <summary>Why the wish itself is malformed; null when it is not.</summary>
    public static Refusal? RefuseRequest(OpenCall request) => request.Title?.Length > OpenCall.TitleMax ? Refusal.Invalid : null;

    /// <summary>A start begins.</summary>
    public static ChannelState Begin(ChannelState channel, CallId id, OpenCall request, ChannelKind kind, DateTimeOffset now) => channel with
    {
        Call = id,
        Pending = new PendingStart
        {
            Call = id,
            StartedBy = request.User,
            StartedAt = now,
            Title = request.Title,
            Thread = request.ThreadId,
            // S27: only conversations that everybody in them was chosen for begin with open microphones.
            StartsMuted = kind is ChannelKind.Public or ChannelKind.Private,
        },
    };

    /// <summary>The start is through.</summary>
    public static ChannelState Finish(ChannelState channel) => channel with { Pending = null };

    /// <summary>The start failed, or the call is over: the slot is free.</summary>
    public static ChannelState Free(ChannelState channel, CallId call) => channel.Call == call
        ? channel with { Call = null, Pending = null }
        : channel;
}
