using Calls.Media.Peers;
using Calls.Media.Sdp;

namespace Calls.Media.Rooms;

/// <summary>What the control plane asks of a room. A closed hierarchy; all of it is safe to send twice.</summary>
public abstract record RoomCommand
{
    private RoomCommand()
    {
    }

    /// <summary>Makes room for a session, or for its next peer.</summary>
    public sealed record Reserve(string Session, Reservation Reservation) : RoomCommand;

    /// <summary>Answers an offer; the same number and text get the same answer.</summary>
    public sealed record Answer(string Session, int Generation, int Number, string Sdp) : RoomCommand
    {
        /// <summary>The offer, read when the command is made: the thread that carries it out has voices to forward.</summary>
        public OfferReading Offer { get; } = OfferReading.Of(Sdp);
    }

    /// <summary>Replaces what a session may publish, if the version is above the stored one.</summary>
    public sealed record Permit(string Session, Permissions Permissions) : RoomCommand;

    /// <summary>Ends a session; unknown ones count as ended.</summary>
    public sealed record Close(string Session, DisconnectReason Reason = DisconnectReason.Closed) : RoomCommand;

    /// <summary>Ends all sessions.</summary>
    public sealed record CloseAll(DisconnectReason Reason = DisconnectReason.Closed) : RoomCommand;

    /// <summary>Lists the sessions.</summary>
    public sealed record ReadRoster : RoomCommand;

    /// <summary>Reads what is known of a session's media, for a while also after its end.</summary>
    public sealed record ReadStatistics(string Session) : RoomCommand;
}

/// <summary>What a session may publish.</summary>
/// <param name="Version">One counter per session; a version not above the stored one changes nothing.</param>
/// <param name="Voice">Whether its voice may be heard at all.</param>
/// <param name="Screen">Whether it may present at all.</param>
/// <param name="Muted">Whether its voice is dropped at present.</param>
public sealed record Permissions(long Version, bool Voice, bool Screen, bool Muted)
{
    /// <summary>Whether its voice passes.</summary>
    public bool VoicePasses => Voice && !Muted;
}

/// <summary>Room for a session.</summary>
/// <param name="Generation">The session's peer connection, counted from 1.</param>
/// <param name="Kind">What it may carry at all, fixed for life.</param>
/// <param name="Permissions">What it may publish at first.</param>
/// <param name="VoiceSlots">The most voice lines it gets.</param>
/// <param name="ExpiresAfter">How long it may stay without an offer.</param>
public sealed record Reservation(int Generation, PeerKind Kind, Permissions Permissions, int VoiceSlots, TimeSpan ExpiresAfter);
