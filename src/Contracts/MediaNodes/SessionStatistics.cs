namespace Calls.Contracts.MediaNodes;

/// <summary>What a node knows of one session's media.</summary>
/// <param name="RemoteAddress">The peer's address, its last part left out.</param>
/// <param name="RttMs">Round trip from reports; null before the first.</param>
/// <param name="EndedBy">Why it is over; null while it lives.</param>
/// <param name="Changes">The last things that happened to it, the oldest first.</param>
[GenerateSerializer, Immutable, Alias("SessionStatistics")]
public sealed record SessionStatistics(
    SessionId Session,
    int Generation,
    NodeSessionState State,
    DateTimeOffset? ConnectedSince,
    string? Transport,
    string? LocalAddress,
    string? RemoteAddress,
    string? Profile,
    double? RttMs,
    DisconnectReason? EndedBy,
    ImmutableArray<LineStatistics> Lines,
    ImmutableArray<SessionChange> Changes);

/// <summary>Something that happened to a session's media.</summary>
/// <param name="What"><c>connected</c>, <c>firstPacket</c>, <c>stalled</c>, <c>resumed</c>, <c>moved</c>, <c>restarted</c>, <c>closed</c>.</param>
[GenerateSerializer, Immutable, Alias("SessionChange")]
public sealed record SessionChange(DateTimeOffset At, string What);

/// <summary>What a node knows of one line.</summary>
/// <param name="Loss">Share of packets lost, 0 to 1.</param>
/// <param name="LastPacketAt">When a packet last came; null for slots.</param>
/// <param name="Source">Whose voice the slot carries; null for none and for incoming lines.</param>
[GenerateSerializer, Immutable, Alias("LineStatistics")]
public sealed record LineStatistics(
    string Mid,
    LineRole Role,
    int Index,
    uint Ssrc,
    string? Codec,
    long Packets,
    long Bytes,
    double Loss,
    double JitterMs,
    DateTimeOffset? LastPacketAt,
    SessionId? Source,
    long Switches,
    ImmutableDictionary<string, long> DropsByReason);
