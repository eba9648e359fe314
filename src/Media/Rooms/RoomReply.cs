using System.Collections.Immutable;
using Calls.Media.Peers;

namespace Calls.Media.Rooms;

/// <summary>A room's answer to a command: what was asked for, or why not. A closed hierarchy.</summary>
public abstract record RoomReply
{
    private RoomReply()
    {
    }

    /// <summary>The session is reserved, or was already.</summary>
    /// <param name="IsNew">Did this command make it, or its peer?</param>
    /// <param name="Permissions">What now holds.</param>
    public sealed record Reserved(bool IsNew, Permissions Permissions) : RoomReply;

    /// <summary>The offer's answer.</summary>
    public sealed record Answered(int Number, string Sdp, ImmutableArray<AnsweredLine> Lines) : RoomReply;

    /// <summary>What now holds; no packet is forwarded against it any more.</summary>
    public sealed record Permitted(Permissions Permissions) : RoomReply;

    /// <summary>Done.</summary>
    public sealed record Done : RoomReply
    {
        /// <summary>The only one.</summary>
        public static Done It { get; } = new();
    }

    /// <summary>The sessions that are here.</summary>
    public sealed record Roster(ImmutableArray<RosterEntry> Sessions) : RoomReply;

    /// <summary>What is known of a session's media.</summary>
    public sealed record Statistics(SessionStatistics Session) : RoomReply;

    /// <summary>Not done.</summary>
    /// <param name="Detail">For a refused offer, its reason.</param>
    public sealed record Refused(RoomRefusal Reason, string? Detail = null) : RoomReply;
}

/// <summary>Why a room says no.</summary>
public enum RoomRefusal : byte
{
    /// <summary>The control plane named a session that was not reserved, or has ended.</summary>
    NotReserved,

    /// <summary>A newer generation or offer has taken its place, or the session has ended for good.</summary>
    Superseded,

    /// <summary>The client used this offer number with another text.</summary>
    OfferConflict,

    /// <summary>The client's offer cannot be answered.</summary>
    OfferRefused,

    /// <summary>The call has as many sessions as one call may have.</summary>
    Full,

    /// <summary>The command makes no sense, such as a reservation of generation 0.</summary>
    Malformed,
}

/// <summary>One session of a room.</summary>
public sealed record RosterEntry(string Session, int Generation, SessionProgress Progress, Permissions Permissions);
