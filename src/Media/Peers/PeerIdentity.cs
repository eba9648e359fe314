using Calls.Media.Sdp;

namespace Calls.Media.Peers;

/// <summary>Which peer connection this is, and what was reserved for it.</summary>
/// <param name="Session">The session.</param>
/// <param name="Generation">Its peer connection, counted from 1.</param>
/// <param name="Number">Its number in the room, never used again: streams are told apart by it.</param>
/// <param name="Seat">Its session's place in the room.</param>
/// <param name="Kind">What it may carry at all.</param>
/// <param name="VoiceSlots">The most voice lines it gets.</param>
internal sealed record PeerIdentity(string Session, int Generation, long Number, int Seat, PeerKind Kind, int VoiceSlots)
{
    /// <summary>A peer may bind that many bits' worth of streams in its life; a browser binds one or two.</summary>
    public const int StreamBits = 24;
}
