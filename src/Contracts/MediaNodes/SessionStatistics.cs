namespace Calls.Contracts.MediaNodes;

/// <summary>What a node knows of one session's media.</summary>
/// <param name="RemoteAddress">The peer's address, its last part left out.</param>
/// <param name="RttMs">Round trip from reports; null before the first.</param>
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
    ImmutableArray<LineStatistics> Lines);

/// <summary>What a node knows of one line.</summary>
/// <param name="Loss">Share of packets lost, 0 to 1.</param>
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
    SessionId? Source,
    long Switches,
    ImmutableDictionary<string, long> DropsByReason);
