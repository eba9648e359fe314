namespace Calls.Contracts.Calls;

/// <summary>A call as clients see it: <c>Call</c> of the protocol.</summary>
/// <param name="ThreadId">The thread that is the call's chat: the call's own post, or the thread it was started in.</param>
/// <param name="HostLocked">Whether the present host was given the chair by transfer, and so gets it back after an absence.</param>
/// <param name="Seq">The highest sequence number of this call's events that the snapshot contains.</param>
[GenerateSerializer, Immutable, Alias("CallSnapshot")]
public sealed record CallSnapshot(
    CallId Id,
    ChannelId ChannelId,
    PostId ThreadId,
    string? Title,
    DateTimeOffset StartedAt,
    UserId StartedBy,
    UserId HostUserId,
    bool HostLocked,
    SessionId? ScreenSessionId,
    long Seq,
    ImmutableArray<SessionSnapshot> Sessions);

/// <summary>One session as clients see it.</summary>
/// <param name="RaisedAt">When the hand was raised; null while it is down.</param>
[GenerateSerializer, Immutable, Alias("SessionSnapshot")]
public sealed record SessionSnapshot(
    SessionId SessionId,
    UserId UserId,
    DateTimeOffset JoinedAt,
    bool Muted,
    DateTimeOffset? RaisedAt,
    bool Video,
    SessionConnection Connection,
    Device? Device);

/// <summary>How far a session's media is.</summary>
[GenerateSerializer, Alias("SessionConnection")]
public enum SessionConnection
{
    /// <summary>Joined; media is not up yet.</summary>
    Connecting,

    /// <summary>Media flows.</summary>
    Connected,

    /// <summary>Hub or media is lost, within the grace period.</summary>
    Disconnected,
}

/// <summary>What a client says about itself. At most 64 characters each.</summary>
[GenerateSerializer, Immutable, Alias("Device")]
public sealed record Device(string? Name, string? Platform, string? Version)
{
    /// <summary>Characters each text may have.</summary>
    public const int TextMax = 64;
}

/// <summary>One line about a call for lists and headers.</summary>
/// <param name="Participants">Users present.</param>
[GenerateSerializer, Immutable, Alias("CallSummary")]
public sealed record CallSummary(CallId Id, int Participants, DateTimeOffset StartedAt);
