using System.Text.Json.Serialization;
using Calls.Contracts.Workspace;

namespace Calls.Contracts.Calls;

/// <summary>Everything a client may be told by the hub method <c>event</c>. A closed hierarchy; each case is the event's <c>data</c>.</summary>
[GenerateSerializer, Immutable, Alias("CallEvent")]
public abstract record CallEvent
{
    private CallEvent() { }

    /// <summary>The event's <c>type</c> on the wire.</summary>
    [JsonIgnore]
    public abstract string Type { get; }

    /// <summary>A call began. To the channel.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.CallStarted")]
    public sealed record CallStarted(CallSnapshot Call) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "call_started";
    }

    /// <summary>The roster changed; at most once a second. To the channel.</summary>
    /// <param name="Participants">Users present.</param>
    /// <param name="Sessions">Sessions present.</param>
    [GenerateSerializer, Immutable, Alias("CallEvent.CallUpdated")]
    public sealed record CallUpdated(int Participants, int Sessions) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "call_updated";
    }

    /// <summary>The call is over. To the channel and the participants.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.CallEnded")]
    public sealed record CallEnded(CallEndReason Reason, UserId? By, DateTimeOffset EndedAt, long DurationMs) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "call_ended";
    }

    /// <summary>A session joined. To the participants.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.ParticipantJoined")]
    public sealed record ParticipantJoined(SessionSnapshot Session) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "participant_joined";
    }

    /// <summary>A session is gone. To the participants.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.ParticipantLeft")]
    public sealed record ParticipantLeft(SessionId SessionId, UserId UserId, LeaveReason Reason, UserId? By) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "participant_left";
    }

    /// <summary>A session lost its hub or media; its grace period begins. To the participants.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.ParticipantDisconnected")]
    public sealed record ParticipantDisconnected(SessionId SessionId) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "participant_disconnected";
    }

    /// <summary>A session's media is up, for the first time or again, or its grace period ended well. To the participants.</summary>
    /// <param name="Connection">How it is now: connected, or still connecting when it came back before its media ever was.</param>
    [GenerateSerializer, Immutable, Alias("CallEvent.ParticipantReconnected")]
    public sealed record ParticipantReconnected(SessionId SessionId, SessionConnection Connection) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "participant_reconnected";
    }

    /// <summary>A session is silent from now on. To the participants.</summary>
    /// <param name="By">The host or admin who did it; null for the session's own user.</param>
    [GenerateSerializer, Immutable, Alias("CallEvent.Muted")]
    public sealed record Muted(SessionId SessionId, UserId? By) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "muted";
    }

    /// <summary>A session may be heard from now on. To the participants.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.Unmuted")]
    public sealed record Unmuted(SessionId SessionId, UserId? By) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "unmuted";
    }

    /// <summary>A hand went up. To the participants.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.HandRaised")]
    public sealed record HandRaised(SessionId SessionId, DateTimeOffset RaisedAt) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "hand_raised";
    }

    /// <summary>A hand came down. To the participants.</summary>
    /// <param name="By">The host or admin who did it; null for the session's own user.</param>
    [GenerateSerializer, Immutable, Alias("CallEvent.HandLowered")]
    public sealed record HandLowered(SessionId SessionId, UserId? By) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "hand_lowered";
    }

    /// <summary>Somebody shows an emoji for a moment. To the participants; not kept.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.Reacted")]
    public sealed record Reacted(SessionId SessionId, Emoji Emoji) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "reacted";
    }

    /// <summary>A session holds the screen slot. To the participants.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.ScreenStarted")]
    public sealed record ScreenStarted(SessionId SessionId) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "screen_started";
    }

    /// <summary>The screen slot is free again. To the participants.</summary>
    /// <param name="By">The host or admin who did it; null for everything else.</param>
    [GenerateSerializer, Immutable, Alias("CallEvent.ScreenStopped")]
    public sealed record ScreenStopped(SessionId SessionId, UserId? By, ScreenStopReason Reason) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "screen_stopped";
    }

    /// <summary>The host asks for a voice. To the user of that session.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.UnmuteRequested")]
    public sealed record UnmuteRequested(SessionId SessionId, UserId By) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "unmute_requested";
    }

    /// <summary>The asked one stays muted. To the user who asked.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.UnmuteDeclined")]
    public sealed record UnmuteDeclined(SessionId SessionId) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "unmute_declined";
    }

    /// <summary>A session was taken out of the call by the host or an admin. To its user.</summary>
    /// <param name="Blocked">Whether they may not join this call again.</param>
    [GenerateSerializer, Immutable, Alias("CallEvent.Removed")]
    public sealed record Removed(SessionId SessionId, UserId By, bool Blocked) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "removed";
    }

    /// <summary>The chair moved. To the participants.</summary>
    /// <param name="By">Who gave it away; null when it moved by rule.</param>
    [GenerateSerializer, Immutable, Alias("CallEvent.HostChanged")]
    public sealed record HostChanged(UserId UserId, bool Locked, UserId? By, HostChangeReason Reason) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "host_changed";
    }

    /// <summary>Make one offer of this generation on a new peer connection. To that session.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.MediaMoved")]
    public sealed record MediaMoved(int Generation, int VoiceSlots, ImmutableArray<IceServer> IceServers) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "media_moved";
    }

    /// <summary>Whose voice each slot of the session carries. To that session.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.Slots")]
    public sealed record Slots(ImmutableArray<SessionId?> Voice, SessionId? Screen) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "slots";
    }

    /// <summary>Who speaks; at most ten times a second. To the participants.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.Speaking")]
    public sealed record Speaking(ImmutableArray<SessionId> SessionIds, SessionId? Dominant) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "speaking";
    }

    /// <summary>The session ended without its client's wish. To that session.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.SessionEnded")]
    public sealed record SessionEnded(SessionId SessionId, LeaveReason Reason, UserId? By) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "session_ended";
    }

    /// <summary>Calls were switched on or off here. To the channel.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.CallsPolicyChanged")]
    public sealed record CallsPolicyChanged(ChannelId ChannelId, bool Enabled) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "calls_policy_changed";
    }

    /// <summary>Other people may start calls in the workspace from now on. To everyone.</summary>
    /// <param name="Policy"><c>everyone</c>, <c>admins</c> or <c>nobody</c>.</param>
    [GenerateSerializer, Immutable, Alias("CallEvent.StartPolicyChanged")]
    public sealed record StartPolicyChanged(string Policy) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "start_policy_changed";
    }

    /// <summary>A post was written. To the channel.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.PostCreated")]
    public sealed record PostCreated(Post Post) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "post_created";
    }

    /// <summary>A post, or its count of replies, changed. To the channel.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.PostEdited")]
    public sealed record PostEdited(Post Post) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "post_edited";
    }

    /// <summary>A post is gone. To the channel.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.PostDeleted")]
    public sealed record PostDeleted(PostId PostId, PostId? ThreadId) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "post_deleted";
    }

    /// <summary>A channel was made, renamed, archived or un-archived. To the channel; read it again by REST.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.ChannelChanged")]
    public sealed record ChannelChanged(ChannelId ChannelId, string Name, string DisplayName, bool Archived) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "channel_changed";
    }

    /// <summary>Somebody became a member. To the channel and to that user.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.MemberAdded")]
    public sealed record MemberAdded(ChannelId ChannelId, User User) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "member_added";
    }

    /// <summary>Somebody is no longer a member. To the channel and to that user.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.MemberRemoved")]
    public sealed record MemberRemoved(ChannelId ChannelId, UserId UserId) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "member_removed";
    }

    /// <summary>A user's profile, status or activation changed. To everyone.</summary>
    [GenerateSerializer, Immutable, Alias("CallEvent.UserChanged")]
    public sealed record UserChanged(User User) : CallEvent
    {
        /// <inheritdoc/>
        public override string Type => "user_changed";
    }
}
