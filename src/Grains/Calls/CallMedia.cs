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
    /// <param name="notThis">A node that has just refused.</param>
    public async Task<(MediaNodeId Node, string Incarnation)?> Place(MediaNodeId? notThis = null)
    {
        ImmutableArray<MediaNodeId> tried = notThis is { } refused ? [refused] : [];
        for (var attempt = 0; attempt < PlacementAttempts; attempt++)
        {
            if (await grains.GetGrain<IRegionGrain>(region.GrainKey).Place(tried) is not { } node) { return null; }

            var carried = await Carry(node);
            if (carried.Value is { Drains: false }) { return (node, carried.Value!.Incarnation); }

            tried = tried.Add(node);
        }

        return null;
    }

    /// <summary>Asks to be told when the node is gone. Renewed, since the node's grain keeps it in memory.</summary>
    public Task<NodeAnswer<CarriedCall>> Carry(MediaNodeId node) => Node(node).Carry(call, news);

    /// <summary>Makes room for a session's present generation.</summary>
    public Task<NodeAnswer<MediaPermissions>> Reserve(CallState state, SessionState session, string? traceParent) =>
        Node(state).Reserve(On(state, session.Id), new Reservation(
            session.Generation,
            session.Kind,
            session.Permissions,
            session.VoiceSlots,
            ReservationSeconds,
            Activity.Current?.Id ?? traceParent));

    public Task<NodeAnswer<NodeSdpAnswer>> Answer(CallState state, SessionState session, int number, string sdp) =>
        Node(state).Answer(On(state, session.Id), new NodeSdpOffer(session.Generation, number, sdp));

    public Task<NodeAnswer<MediaPermissions>> Permit(CallState state, SessionState session) =>
        Node(state).Permit(On(state, session.Id), session.Permissions);

    public Task<NodeAnswer<Nothing>> Close(CallState state, SessionId session) => Node(state).Close(On(state, session));

    public Task<NodeAnswer<Nothing>> CloseCall(FormerNode former) => Node(former.Node).CloseCall(former.Incarnation, call);

    public Task<NodeAnswer<Nothing>> CloseCall(CallState state) => Node(state).CloseCall(state.Incarnation!, call);

    public Task<NodeAnswer<NodeRoster>> Roster(CallState state) => Node(state).Roster(state.Incarnation!, call);

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

    private IMediaNodeGrain Node(CallState state) => Node(state.Node!.Value);

    private IMediaNodeGrain Node(MediaNodeId node) => grains.GetGrain<IMediaNodeGrain>(node.Value);

    private NodeSession On(CallState state, SessionId session) => new(state.Incarnation!, call, session);
}
