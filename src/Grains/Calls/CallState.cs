namespace Calls.Grains.Calls;

/// <summary>One call, as saved. Also holds what must still happen until it is confirmed (<see cref="CallDuty"/>).</summary>
[GenerateSerializer, Immutable, Alias("CallState")]
internal sealed record CallState
{
    [Id(0)] public CallPhase Phase { get; init; }

    [Id(1)] public CallId Id { get; init; }

    [Id(2)] public ChannelId Channel { get; init; }

    /// <summary>The post that carries the call; null until it is made.</summary>
    [Id(3)] public PostId? Post { get; init; }

    /// <summary>The thread that is the call's chat.</summary>
    [Id(4)] public PostId? Thread { get; init; }

    [Id(5)] public string? Title { get; init; }

    [Id(6)] public DateTimeOffset StartedAt { get; init; }

    [Id(7)] public UserId StartedBy { get; init; }

    [Id(8)] public bool StartsMuted { get; init; }

    [Id(9)] public UserId Host { get; init; }

    /// <summary>Who was given the chair by transfer, and gets it back after an absence.</summary>
    [Id(10)] public UserId? LockedUser { get; init; }

    /// <summary>In the order of joining.</summary>
    [Id(11)] public ImmutableArray<SessionState> Sessions { get; init; } = [];

    /// <summary>Everybody who was ever in.</summary>
    [Id(12)] public ImmutableArray<UserId> Attendees { get; init; } = [];

    /// <summary>The most sessions there ever were at once.</summary>
    [Id(13)] public int SessionsMax { get; init; }

    /// <summary>The number of the last event.</summary>
    [Id(14)] public long Sequence { get; init; }

    /// <summary>The node that carries the call; null while none does.</summary>
    [Id(15)] public MediaNodeId? Node { get; init; }

    /// <summary>The run of that node.</summary>
    [Id(16)] public string? Incarnation { get; init; }

    /// <summary>Sessions that have left and whose media the node has not yet confirmed to be closed.</summary>
    [Id(17)] public ImmutableArray<SessionId> Closing { get; init; } = [];

    /// <summary>When a call that nobody joins has failed.</summary>
    [Id(18)] public DateTimeOffset? JoinDeadline { get; init; }

    /// <summary>Since when one person has been alone; null while there are none or several.</summary>
    [Id(19)] public DateTimeOffset? AloneSince { get; init; }

    [Id(20)] public CallEnd? End { get; init; }

    /// <summary>Users who were removed and may not join this call again.</summary>
    [Id(21)] public ImmutableArray<UserId> Blocked { get; init; } = [];

    // Id 22 was the one place of Former, removed 2026-12.

    /// <summary>Where the call was before and may still have media; a place goes once nothing of the call is there any more.</summary>
    [Id(23)] public ImmutableArray<CallPlace> Former { get; init; } = [];

    /// <summary>The node that carries the call, and its run; null while none does.</summary>
    public CallPlace? Place => Node is { } node && Incarnation is { } run ? CallPlace.At(node, run) : null;

    /// <summary>Everywhere that media of the call may be.</summary>
    public ImmutableArray<CallPlace> Places => Place is { } place ? Former.Add(place) : Former;

    public bool IsRunning => Phase is CallPhase.Starting or CallPhase.Live;

    public int Participants => Sessions.Select(session => session.User).Distinct().Count();

    /// <summary>The session that holds the screen slot; null while it is free.</summary>
    public SessionState? Presenter => Sessions.FirstOrDefault(session => session.Presents);

    public SessionState? Find(SessionId id) => Sessions.FirstOrDefault(session => session.Id == id);

    public bool Has(UserId user) => Sessions.Any(session => session.User == user);

    public CallState Replace(SessionState old, SessionState with) => this with { Sessions = Sessions.Replace(old, with) };
}

/// <summary>
/// One run of one node that has a call's media. A call that moves is in several places: its clients make their new
/// connections before they give up the old ones, so media flows there until all have moved.
/// </summary>
[GenerateSerializer, Immutable, Alias("CallPlace")]
internal sealed record CallPlace
{
    [Id(0)] public MediaNodeId Node { get; init; }

    [Id(1)] public string Incarnation { get; init; } = string.Empty;

    public static CallPlace At(MediaNodeId node, string incarnation) => new() { Node = node, Incarnation = incarnation };
}

/// <summary>How far a call is.</summary>
[GenerateSerializer, Alias("CallPhase")]
internal enum CallPhase
{
    /// <summary>There is no call: not yet, or no more.</summary>
    None,

    /// <summary>It has a node, perhaps a post, and nobody in it.</summary>
    Starting,

    /// <summary>Somebody is in it.</summary>
    Live,

    /// <summary>It is over; not everything is tidied up yet.</summary>
    Ended,
}

/// <summary>How a call ended, and what of its tidying-up is confirmed.</summary>
[GenerateSerializer, Immutable, Alias("CallEnd")]
internal sealed record CallEnd
{
    [Id(0)] public CallEndReason Reason { get; init; }

    [Id(1)] public DateTimeOffset At { get; init; }

    [Id(2)] public bool PostDone { get; init; }

    [Id(3)] public bool RecordDone { get; init; }

    [Id(4)] public bool MediaDone { get; init; }

    public bool IsTidy => PostDone && RecordDone && MediaDone;
}
