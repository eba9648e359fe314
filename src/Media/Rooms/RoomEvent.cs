using System.Collections.Immutable;
using Calls.Media.Datagrams;
using Calls.Media.Peers;
using Calls.Media.Sdp;
using Calls.Media.Srtp;

namespace Calls.Media.Rooms;

/// <summary>
/// What a room says. A closed hierarchy: the first cases are for the loop that feeds it, the rest for the control plane.
/// </summary>
public abstract record RoomEvent
{
    private RoomEvent()
    {
    }

    /// <summary>Checks whose username begins with this fragment are that peer's.</summary>
    public sealed record FragmentOpened(Peer Peer, string Fragment) : RoomEvent;

    /// <summary>The fragment is nobody's any more.</summary>
    public sealed record FragmentClosed(Peer Peer, string Fragment) : RoomEvent;

    /// <summary>The address is that peer's no more, if it still was (<see cref="Peer.HasProven"/>).</summary>
    public sealed record AddressRetired(Peer Peer, TransportAddress Address) : RoomEvent;

    /// <summary>The pair is nominated and the keys are in place.</summary>
    /// <param name="Ice">From the answer to the first proven check.</param>
    /// <param name="Dtls">From then to the keys.</param>
    public sealed record Connected(
        string Session, int Generation, TransportKind Transport, SrtpProfile Profile, TimeSpan Ice, TimeSpan Dtls) : RoomEvent;

    /// <summary>The first packet of a role, once per role and peer.</summary>
    /// <param name="After">How long after media could flow.</param>
    public sealed record FirstPacket(string Session, int Generation, LineRole Role, TimeSpan After) : RoomEvent;

    /// <summary>No authenticated check for a while (row MOVE3).</summary>
    public sealed record Stalled(string Session, int Generation) : RoomEvent;

    /// <summary>Checks are back.</summary>
    public sealed record Resumed(string Session, int Generation) : RoomEvent;

    /// <summary>The session's media is over.</summary>
    public sealed record Disconnected(string Session, int Generation, DisconnectReason Reason) : RoomEvent;

    /// <summary>Who is speaking now. The latest stands for all before it.</summary>
    public sealed record Speaking(ImmutableArray<string> Sessions, string? Dominant) : RoomEvent;

    /// <summary>Who holds the call's voice slots. The latest stands for all before it.</summary>
    /// <param name="Voices">One entry per slot.</param>
    /// <param name="Spare">Whom a holder hears in the place of their own voice.</param>
    public sealed record Slots(ImmutableArray<string?> Voices, string? Spare) : RoomEvent;

    /// <summary>Whom a session with fewer voice lines than the call has slots hears on them.</summary>
    public sealed record SessionSlots(string Session, ImmutableArray<string?> Voices) : RoomEvent;
}
