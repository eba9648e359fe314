namespace Calls.Contracts.MediaNodes;

/// <summary>One media node as the cluster sees it. Key: the <see cref="MediaNodeId"/>. Its commands interleave.</summary>
[Alias("IMediaNodeGrain")]
public interface IMediaNodeGrain : IGrainWithStringKey
{
    /// <summary>The node introduces itself; a new incarnation means that everything it carried is gone.</summary>
    [Alias("Register")]
    Task<NodeRegistered> Register(NodeRegistration registration);

    /// <summary>The node is alive. Null: not registered, or another incarnation.</summary>
    [Alias("Heartbeat")]
    Task<NodeHeartbeatAnswer?> Heartbeat(NodeHeartbeat heartbeat);

    /// <summary>
    /// Says which of a batch's events are new: those after the acknowledged one, in order. The gateway passes them to their calls
    /// and then confirms with <see cref="EventsTaken"/>. Null: not registered.
    /// </summary>
    [Alias("NewEvents")]
    Task<NewNodeEvents?> NewEvents(string incarnation, long firstSequence, int count);

    /// <summary>The events up to this one reached their calls.</summary>
    [Alias("EventsTaken")]
    Task<NodeEventsAnswer> EventsTaken(string incarnation, long lastSequence);

    /// <summary>A batch says <see cref="NodeEvent.Resync"/>: every call here is told to read its roster.</summary>
    [Alias("Resync")]
    Task Resync(string incarnation);

    /// <summary>A call lives here: tell it when the node is gone. Renewed every 30 s; without that it is forgotten.</summary>
    [AlwaysInterleave, Alias("Carry")]
    Task<NodeAnswer<CarriedCall>> Carry(CallId call, IMediaNodeNews news);

    /// <summary>See <see cref="IMediaNode.Reserve"/>.</summary>
    [AlwaysInterleave, Alias("Reserve")]
    Task<NodeAnswer<MediaPermissions>> Reserve(NodeSession session, Reservation reservation);

    /// <summary>See <see cref="IMediaNode.Answer"/>.</summary>
    [AlwaysInterleave, Alias("Answer")]
    Task<NodeAnswer<NodeSdpAnswer>> Answer(NodeSession session, NodeSdpOffer offer);

    /// <summary>See <see cref="IMediaNode.Permit"/>.</summary>
    [AlwaysInterleave, Alias("Permit")]
    Task<NodeAnswer<MediaPermissions>> Permit(NodeSession session, MediaPermissions permissions);

    /// <summary>See <see cref="IMediaNode.Close"/>.</summary>
    [AlwaysInterleave, Alias("Close")]
    Task<NodeAnswer<Nothing>> Close(NodeSession session);

    /// <summary>See <see cref="IMediaNode.CloseCall"/>; the node's death is no longer told to the call.</summary>
    [AlwaysInterleave, Alias("CloseCall")]
    Task<NodeAnswer<Nothing>> CloseCall(string incarnation, CallId call);

    /// <summary>See <see cref="IMediaNode.Roster"/>.</summary>
    [AlwaysInterleave, Alias("Roster")]
    Task<NodeAnswer<NodeRoster>> Roster(string incarnation, CallId call);

    /// <summary>See <see cref="IMediaNode.Statistics"/>.</summary>
    [AlwaysInterleave, Alias("Statistics")]
    Task<NodeAnswer<SessionStatistics>> Statistics(NodeSession session);

    /// <summary>
    /// The node shall take no new calls, or take them again. Kept for as long as this run of the node lasts, and asked again until the
    /// node has done it. The node's answer, or why there is none yet.
    /// </summary>
    [Alias("Drain")]
    Task<NodeAnswer<NodeDescription>> Drain(bool draining);

    /// <summary>What is known of the node; null when it never registered.</summary>
    [AlwaysInterleave, Alias("Describe")]
    Task<NodeDescription?> Describe();
}

/// <summary>Where media is, or was: one run of one node.</summary>
[GenerateSerializer, Immutable, Alias("MediaPlace")]
public sealed record MediaPlace(MediaNodeId Node, string Incarnation);

/// <summary>The run of a node that carries a call.</summary>
/// <param name="Incarnation">To be named in every command.</param>
/// <param name="Drains">Whether the node is to be left, as <see cref="IMediaNodeNews.NodeDrains"/> says.</param>
[GenerateSerializer, Immutable, Alias("CarriedCall")]
public sealed record CarriedCall(string Incarnation, bool Drains);

/// <summary>Which events of a batch are new.</summary>
/// <param name="Acknowledged">What was taken before; everything up to it may be forgotten by the node.</param>
/// <param name="Skip">How many of the batch's first events are known already.</param>
/// <param name="HasGap">Events before the batch are missing; none of it may be taken.</param>
[GenerateSerializer, Immutable, Alias("NewNodeEvents")]
public sealed record NewNodeEvents(long Acknowledged, int Skip, bool HasGap);

/// <summary>News of a node for the calls it carries. Never awaited, and never the only way.</summary>
[Alias("IMediaNodeNews")]
public interface IMediaNodeNews : IGrainObserver
{
    /// <summary>The run of the node is over, or it does not answer any more: reserve anew, here or elsewhere.</summary>
    [OneWay, Alias("NodeLost")]
    Task NodeLost(MediaNodeId node, string incarnation);

    /// <summary>The node goes out of service: take the call elsewhere, if there is another node.</summary>
    [OneWay, Alias("NodeDrains")]
    Task NodeDrains(MediaNodeId node, string incarnation);

    /// <summary>Events of this run were lost: read the roster.</summary>
    [OneWay, Alias("EventsLost")]
    Task EventsLost(MediaNodeId node, string incarnation);
}
