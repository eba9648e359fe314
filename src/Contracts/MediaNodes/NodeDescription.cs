namespace Calls.Contracts.MediaNodes;

/// <summary>Whether a node takes new calls.</summary>
[GenerateSerializer, Alias("NodeState")]
public enum NodeState
{
    /// <summary>It does.</summary>
    Active,

    /// <summary>It does not; calls that are here still take joiners.</summary>
    Draining,

    /// <summary>It does not, and none is left.</summary>
    Drained,
}

/// <summary>Who a node is.</summary>
/// <param name="Incarnation">Random per start.</param>
/// <param name="ApiUrl">Where its API listens; null when it runs in the control plane's own process.</param>
/// <param name="MediaAddresses">The candidates it offers, as <c>address:port</c>.</param>
/// <param name="SessionsMax">Sessions it takes.</param>
/// <param name="CallSessionsMax">Sessions one call may have on it.</param>
/// <param name="StateVersion">How often <paramref name="State"/> has changed in this run: of two accounts the one with more is true.</param>
[GenerateSerializer, Immutable, Alias("NodeDescription")]
public sealed record NodeDescription(
    MediaNodeId Id,
    string Incarnation,
    string Version,
    RegionName Region,
    string? ApiUrl,
    NodeState State,
    ImmutableArray<string> MediaAddresses,
    int SessionsMax,
    int CallSessionsMax,
    NodeLoad Load,
    long StateVersion = 0);

/// <summary>A wanted state.</summary>
/// <param name="DeadlineSeconds">After that the rest of a draining node's sessions end as <c>drained</c>.</param>
[GenerateSerializer, Immutable, Alias("NodeStateChange")]
public sealed record NodeStateChange(string Incarnation, NodeState State, int DeadlineSeconds);

/// <summary>How busy a node is.</summary>
/// <param name="Load">0 to 1: the largest of busiest thread, bandwidth and sessions. Placement uses this alone.</param>
/// <param name="BusyRatioMax">The busiest media thread's share of time spent working, 0 to 1.</param>
/// <param name="TransitP99Ms">What 99 of 100 turns of the media threads needed at most, from receiving to having sent.</param>
/// <param name="GcPauseMs">How long the garbage collector stopped the process in the stretch that the rates are of.</param>
[GenerateSerializer, Immutable, Alias("NodeLoad")]
public sealed record NodeLoad(
    double Load,
    int Calls,
    int Sessions,
    double BusyRatioMax,
    long PacketsPerSecond,
    long BitsPerSecond,
    double TransitP99Ms = 0,
    double GcPauseMs = 0);

/// <summary>A node introduces itself.</summary>
/// <param name="NextSequence">The number its next event will have.</param>
[GenerateSerializer, Immutable, Alias("NodeRegistration")]
public sealed record NodeRegistration(NodeDescription Node, long NextSequence);

/// <summary>What a node is told when it registers.</summary>
/// <param name="Acknowledged">The highest event number of this incarnation that was taken; 0 for none.</param>
[GenerateSerializer, Immutable, Alias("NodeRegistered")]
public sealed record NodeRegistered(int HeartbeatSeconds, long Acknowledged);

/// <summary>A node is alive.</summary>
/// <param name="BacklogAgeMs">Age of its oldest event that was not acknowledged.</param>
/// <param name="StateVersion">As in <see cref="NodeDescription"/>: a heartbeat may be overtaken by a command's answer.</param>
[GenerateSerializer, Immutable, Alias("NodeHeartbeat")]
public sealed record NodeHeartbeat(
    string Incarnation,
    NodeState State,
    long UptimeSeconds,
    long NextSequence,
    NodeLoad Load,
    int Backlog,
    long BacklogAgeMs,
    long StateVersion = 0);

/// <summary>What a node is told then.</summary>
/// <param name="State">The state it shall have; null: nobody wants another than it has.</param>
[GenerateSerializer, Immutable, Alias("NodeHeartbeatAnswer")]
public sealed record NodeHeartbeatAnswer(long Acknowledged, NodeState? State = null);

/// <summary>Events of one incarnation, numbered 1, 2, 3 … without gaps.</summary>
[GenerateSerializer, Immutable, Alias("NodeEventBatch")]
public sealed record NodeEventBatch(string Incarnation, long FirstSequence, ImmutableArray<NodeEvent> Events);

/// <summary>What was taken.</summary>
[GenerateSerializer, Immutable, Alias("NodeEventsAnswer")]
public sealed record NodeEventsAnswer(long Acknowledged);

/// <summary>The sessions of a call on a node.</summary>
/// <param name="EventSequence">The number of the last event that the roster contains.</param>
[GenerateSerializer, Immutable, Alias("NodeRoster")]
public sealed record NodeRoster(long EventSequence, ImmutableArray<NodeRosterEntry> Sessions);

/// <summary>One session on a node.</summary>
[GenerateSerializer, Immutable, Alias("NodeRosterEntry")]
public sealed record NodeRosterEntry(SessionId Session, int Generation, NodeSessionState State, MediaPermissions Permissions);

/// <summary>How far a session is on its node.</summary>
[GenerateSerializer, Alias("NodeSessionState")]
public enum NodeSessionState
{
    /// <summary>Reserved; no offer yet.</summary>
    Reserved,

    /// <summary>Answered; no media yet.</summary>
    Connecting,

    /// <summary>Media flows.</summary>
    Connected,

    /// <summary>No ICE check for 10 s.</summary>
    Stalled,

    /// <summary>Over; in statistics alone, which are kept for a while.</summary>
    Ended,
}
