using System.Collections.Immutable;
using Calls.Media.Datagrams;
using Calls.Media.Sdp;
using Calls.Media.Srtp;

namespace Calls.Media.Peers;

/// <summary>What is known of one session's media: a copy, taken when asked for.</summary>
/// <param name="Session">The session.</param>
/// <param name="Generation">Its peer connection.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="ConnectedSince">When media could flow; null if never.</param>
/// <param name="Route">The pair in use; null before the first check.</param>
/// <param name="Profile">How packets are protected; null before the handshake's end.</param>
/// <param name="RoundTrip">From the client's reports; null before the first.</param>
/// <param name="EndedBy">Why it is over; null while it lives.</param>
/// <param name="Lines">Lines on which something is or may be carried.</param>
/// <param name="Changes">The last state changes, the oldest first.</param>
public sealed record SessionStatistics(
    string Session,
    int Generation,
    SessionProgress Progress,
    MonotonicTime? ConnectedSince,
    Route? Route,
    SrtpProfile? Profile,
    TimeSpan? RoundTrip,
    DisconnectReason? EndedBy,
    ImmutableArray<LineStatistics> Lines,
    ImmutableArray<StateChange> Changes);

/// <summary>What is known of one line.</summary>
/// <param name="Mid">The client's own name of it.</param>
/// <param name="Role">What it carries.</param>
/// <param name="Index">Which voice slot; 0 for every other role.</param>
/// <param name="Ssrc">The stream on it; 0 if none yet.</param>
/// <param name="Codec">The codec's name.</param>
/// <param name="Packets">Packets that came in or went out.</param>
/// <param name="Bytes">Their payload.</param>
/// <param name="Loss">Share lost, 0 to 1: of a voice by our own count since the beginning, of a slot by the client's last report.</param>
/// <param name="Jitter">Variation of transit times: our own measurement, or the client's.</param>
/// <param name="LastPacketAt">When a packet last came; null for slots.</param>
/// <param name="Source">Whose voice the slot carries; null for none and for incoming lines.</param>
/// <param name="Switches">How often another voice came onto the slot.</param>
/// <param name="Drops">Packets that ended here, by reason.</param>
public sealed record LineStatistics(
    string Mid,
    LineRole Role,
    int Index,
    uint Ssrc,
    string Codec,
    long Packets,
    long Bytes,
    double Loss,
    TimeSpan Jitter,
    MonotonicTime? LastPacketAt,
    string? Source,
    long Switches,
    ImmutableDictionary<Tracks.DropReason, long> Drops);

/// <summary>What happened to a session, and when.</summary>
public readonly record struct StateChange(MonotonicTime At, PeerEventKind What);
