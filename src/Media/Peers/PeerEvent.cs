using Calls.Media.Datagrams;
using Calls.Media.Sdp;

namespace Calls.Media.Peers;

/// <summary>What a peer says has changed.</summary>
public enum PeerEventKind : byte
{
    /// <summary>An offer was answered: checks with this fragment are the peer's.</summary>
    FragmentOpened,

    /// <summary>A fragment is nobody's any more.</summary>
    FragmentClosed,

    /// <summary>An address is this peer's no more.</summary>
    AddressRetired,

    /// <summary>A pair is nominated and the keys are in place: media can flow.</summary>
    Connected,

    /// <summary>The first packet of a role, once per role.</summary>
    FirstPacket,

    /// <summary>No authenticated check for a while (row MOVE3).</summary>
    Stalled,

    /// <summary>Checks are back.</summary>
    Resumed,

    /// <summary>Another pair was nominated: media goes there from now on (row MOVE2).</summary>
    Moved,

    /// <summary>A pair was nominated under the credentials of an ICE restart (row MOVE1).</summary>
    Restarted,

    /// <summary>The peer is over, and will say nothing more.</summary>
    Closed,
}

/// <summary>News of a peer. A value, so that saying it costs nothing.</summary>
public readonly record struct PeerEvent(PeerEventKind Kind)
{
    /// <summary>The address that was retired.</summary>
    public TransportAddress Address { get; init; }

    /// <summary>The fragment that was opened or closed.</summary>
    public string? Fragment { get; init; }

    /// <summary>The role whose first packet came.</summary>
    public LineRole Role { get; init; }

    /// <summary>How long the first packet came after media could flow.</summary>
    public TimeSpan After { get; init; }

    /// <summary>Why it is over.</summary>
    public DisconnectReason Reason { get; init; }
}
