using System.Collections.Immutable;
using System.Text.Json;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Media.Datagrams;
using Calls.Media.Rooms;
using Calls.MediaNode.Loops;
using Core = Calls.Media.Peers;

namespace Calls.MediaNode.Control;

/// <summary>The node API's words for the core's, and back. The two never share a type: one is a wire, the other a room.</summary>
internal static class NodeTranslation
{
    public static Calls.Media.Rooms.Reservation ToCore(Calls.Contracts.MediaNodes.Reservation reservation) => new(
        reservation.Generation,
        reservation.Kind switch
        {
            SessionKind.Publisher => Calls.Media.Sdp.PeerKind.Publisher,
            SessionKind.Listener => Calls.Media.Sdp.PeerKind.Listener,
            _ => Calls.Media.Sdp.PeerKind.Participant,
        },
        ToCore(reservation.Permissions),
        reservation.VoiceSlots,
        TimeSpan.FromSeconds(reservation.ExpiresInSeconds));

    public static Permissions ToCore(MediaPermissions permissions) =>
        new(permissions.Version, permissions.MayPublishVoice, permissions.MayPublishScreen, permissions.Muted);

    public static MediaPermissions ToContract(Permissions permissions) =>
        new(permissions.Version, permissions.Voice, permissions.Screen, permissions.Muted);

    /// <summary>A command as metrics name it.</summary>
    public static string NameOf(RoomCommand command) => command switch
    {
        RoomCommand.Reserve => "reserve",
        RoomCommand.Answer => "answer",
        RoomCommand.Permit => "permit",
        RoomCommand.Close or RoomCommand.CloseAll => "close",
        RoomCommand.ReadRoster => "roster",
        RoomCommand.ReadStatistics => "statistics",
        _ => throw new ArgumentException($"Unknown command {command}.", nameof(command)),
    };

    public static NodeAnswer<T> Refusal<T>(RoomAnswer answer, NodeError withoutRoom) => answer switch
    {
        { IsFull: true } => NodeAnswer<T>.Refuse(NodeError.Full),
        { Reply: null } => NodeAnswer<T>.Refuse(withoutRoom),
        { Reply: RoomReply.Refused refused } => NodeAnswer<T>.Refuse(ErrorOf(refused.Reason), refused.Detail),
        _ => throw new InvalidOperationException($"A room answered with {answer.Reply.GetType().Name}, which fits no command."),
    };

    public static NodeSdpAnswer ToContract(RoomReply.Answered answered) => new(
        answered.Number,
        answered.Sdp,
        [.. answered.Lines.Select(line => new MediaLine(line.Mid, (LineRole)line.Role, line.Index))]);

    public static NodeRosterEntry ToContract(RosterEntry entry) => new(
        new SessionId(entry.Session), entry.Generation, StateOf(entry.Progress), ToContract(entry.Permissions));

    public static SessionStatistics ToContract(Core.SessionStatistics known, LoopClock clock) => new(
        new SessionId(known.Session),
        known.Generation,
        StateOf(known.Progress),
        known.ConnectedSince is { } since ? clock.At(since) : null,
        known.Route is { } route ? (route.Remote.Kind == TransportKind.Udp ? "udp" : "tcp") : null,
        known.Route?.Local.ToString(),
        known.Route is { } pair ? Shortened(pair.Remote) : null,
        known.Profile?.ToString(),
        known.RoundTrip?.TotalMilliseconds,
        (DisconnectReason?)known.EndedBy,
        [.. known.Lines.Select(line => ToContract(line, clock))],
        [.. known.Changes.Select(change => new SessionChange(
            clock.At(change.At), JsonNamingPolicy.CamelCase.ConvertName(change.What.ToString())))]);

    /// <summary>An address as <c>address:port</c>.</summary>
    public static string Text(TransportAddress address) => address.IsIPv4
        ? $"{address.IpText()}:{address.Port}"
        : $"[{address.IpText()}]:{address.Port}";

    private static LineStatistics ToContract(Core.LineStatistics line, LoopClock clock) => new(
        line.Mid,
        (LineRole)line.Role,
        line.Index,
        line.Ssrc,
        line.Codec,
        line.Packets,
        line.Bytes,
        line.Loss,
        line.Jitter.TotalMilliseconds,
        line.LastPacketAt is { } last ? clock.At(last) : null,
        line.Source is null ? null : new SessionId(line.Source),
        line.Switches,
        line.Drops.ToImmutableDictionary(drop => drop.Key.ToString(), drop => drop.Value));

    private static NodeError ErrorOf(RoomRefusal reason) => reason switch
    {
        RoomRefusal.NotReserved => NodeError.NotReserved,
        RoomRefusal.Superseded => NodeError.Superseded,
        RoomRefusal.OfferConflict => NodeError.OfferConflict,
        RoomRefusal.OfferRefused => NodeError.SdpRejected,
        RoomRefusal.Full => NodeError.CallFull,
        _ => NodeError.Malformed,
    };

    private static NodeSessionState StateOf(Core.SessionProgress progress) => progress switch
    {
        Core.SessionProgress.Reserved => NodeSessionState.Reserved,
        Core.SessionProgress.Connected => NodeSessionState.Connected,
        Core.SessionProgress.Stalled => NodeSessionState.Stalled,
        Core.SessionProgress.Ended => NodeSessionState.Ended,
        _ => NodeSessionState.Connecting,
    };

    // Enough to tell a network by, too little to find a person by.
    private static string Shortened(TransportAddress address)
    {
        var text = address.IpText();
        var last = text.LastIndexOf(address.IsIPv4 ? '.' : ':');
        return last < 0 ? text : text[..(last + 1)] + "x";
    }
}
