using Calls.Contracts.Calls;

namespace Calls.Contracts.Participants;

/// <summary>What a client needs for its one offer: <c>Media</c> of the protocol.</summary>
/// <param name="Generation">Counts the session's peer connections, from 1.</param>
/// <param name="IceServers">STUN and TURN servers; empty by default. Filled by the gateway.</param>
/// <param name="VoiceSlots">How many voice lines the client shall offer, 1 to 8.</param>
[GenerateSerializer, Immutable, Alias("MediaGrant")]
public sealed record MediaGrant(int Generation, ImmutableArray<IceServer> IceServers, int VoiceSlots);
