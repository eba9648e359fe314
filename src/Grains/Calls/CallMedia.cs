using System.Diagnostics;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Regions;

namespace Calls.Grains.Calls;

/// <summary>A call's way to the media nodes. Holds nothing; answers are values.</summary>
internal sealed class CallMedia(IGrainFactory grains, CallId call, RegionName region, IMediaNodeNews news)
{
    /// <summary>Nodes that are tried before a call goes without: a node that refuses has just filled up or died.</summary>
    public const int PlacementAttempts = 3;

    /// <summary>How long a reservation waits for its offer.</summary>
    private const int ReservationSeconds = 30;

    /// <summary>Finds a node that takes the call.</summary>
    /// <param name="notThese">Nodes that have just refused.</param>
    /// <param name="sessions">How many sessions go there.</param>
    public async Task<CallPlace?> Place(ImmutableArray<MediaNodeId> notThese, int sessions)
    {
        var tried = notThese;
        for (var attempt = 0; attempt < PlacementAttempts; attempt++)
        {
            if (await grains.GetGrain<IRegionGrain>(region.GrainKey).Place(tried, sessions) is not { } node) { return null; }

            var carried = await Carry(node);
            if (carried.Value is { Drains: false }) { return CallPlace.At(node, carried.Value!.Incarnation); }

            tried = tried.Add(node);
        }

        return null;
    }

    /// <summary>Asks to be told when the node is gone. Renewed, since the node's grain keeps it in memory.</summary>
    public Task<NodeAnswer<CarriedCall>> Carry(MediaNodeId node) => Node(node).Carry(call, news);

    /// <summary>Makes room for a session's present generation.</summary>
    public Task<NodeAnswer<MediaPermissions>> Reserve(CallPlace at, SessionState session, string? traceParent) =>
        Node(at.Node).Reserve(On(at, session.Id), new Reservation(
            session.Generation,
            session.Kind,
            session.Permissions,
            session.VoiceSlots,
            ReservationSeconds,
            Activity.Current?.Id ?? traceParent));

    public Task<NodeAnswer<NodeSdpAnswer>> Answer(CallPlace at, SessionState session, int number, string sdp) =>
        Node(at.Node).Answer(On(at, session.Id), new NodeSdpOffer(session.Generation, number, sdp));

    public Task<NodeAnswer<MediaPermissions>> Permit(CallPlace at, SessionState session) =>
        Node(at.Node).Permit(On(at, session.Id), session.Permissions);

    public Task<NodeAnswer<Nothing>> Close(CallPlace at, SessionId session) => Node(at.Node).Close(On(at, session));

    public Task<NodeAnswer<Nothing>> CloseCall(CallPlace at) => Node(at.Node).CloseCall(at.Incarnation, call);

    public Task<NodeAnswer<NodeRoster>> Roster(CallPlace at) => Node(at.Node).Roster(at.Incarnation, call);

    /// <summary>What is known of a session's media, where the call has it or where it was.</summary>
    public async Task<Answer<SessionStatistics>> Statistics(CallState state, SessionId session, MediaPlace? former)
    {
        var place = state is { Node: { } node, Incarnation: { } run } && state.Find(session) is not null ? new MediaPlace(node, run) : former;
        if (place is null) { return Answer<SessionStatistics>.Refuse(Refusal.NotFound); }

        var known = await Node(place.Node).Statistics(new NodeSession(place.Incarnation, call, session));
        return known.Value is { } statistics ? statistics
            : Answer<SessionStatistics>.Refuse(IsOver(known.Error) ? Refusal.NotFound : Refusal.Unavailable);
    }

    /// <summary>Whether a node's refusal says that what it carried is no more.</summary>
    public static bool IsOver(NodeError? error) => error is NodeError.WrongIncarnation or NodeError.NotReserved;

    /// <summary>Whether a node's refusal says that the call should try another.</summary>
    public static bool HasNoRoom(NodeError? error) => error is NodeError.Full or NodeError.CallFull or NodeError.Draining;

    private IMediaNodeGrain Node(MediaNodeId node) => grains.GetGrain<IMediaNodeGrain>(node.Value);

    private NodeSession On(CallPlace at, SessionId session) => new(at.Incarnation, call, session);
}
