namespace Calls.Contracts.MediaNodes;

/// <summary>
/// A media node's own API, over HTTP (<c>/node/v1</c>) or called directly in one process. Everything is idempotent: safe to send
/// twice, and a late repeat undoes nothing newer. A command that names another incarnation than the running one is refused
/// as <see cref="NodeError.WrongIncarnation"/>.
/// </summary>
public interface IMediaNode
{
    /// <summary>Who the node is and how it does.</summary>
    Task<NodeDescription> Describe(CancellationToken cancellation);

    /// <summary>Stops or resumes taking new calls.</summary>
    Task<NodeAnswer<NodeDescription>> Drain(NodeStateChange change, CancellationToken cancellation);

    /// <summary>
    /// Makes room for a session; opens the call if need be. Unused for <see cref="Reservation.ExpiresInSeconds"/> it ends.
    /// A higher generation replaces the session's peer, a lower one is <see cref="NodeError.Superseded"/>.
    /// </summary>
    Task<NodeAnswer<MediaPermissions>> Reserve(NodeSession session, Reservation reservation, CancellationToken cancellation);

    /// <summary>Answers an offer. The same number and text get the same answer.</summary>
    Task<NodeAnswer<NodeSdpAnswer>> Answer(NodeSession session, NodeSdpOffer offer, CancellationToken cancellation);

    /// <summary>Changes what a session may publish; answered only when it holds.</summary>
    Task<NodeAnswer<MediaPermissions>> Permit(NodeSession session, MediaPermissions permissions, CancellationToken cancellation);

    /// <summary>Ends a session; unknown ones count as ended.</summary>
    Task<NodeAnswer<Nothing>> Close(NodeSession session, CancellationToken cancellation);

    /// <summary>Ends all sessions of a call; unknown ones count as ended.</summary>
    Task<NodeAnswer<Nothing>> CloseCall(string incarnation, CallId call, CancellationToken cancellation);

    /// <summary>The calls that live here.</summary>
    Task<NodeAnswer<ImmutableArray<CallId>>> Calls(string incarnation, CancellationToken cancellation);

    /// <summary>The sessions of a call, for reconciliation; empty when the node does not know it.</summary>
    Task<NodeAnswer<NodeRoster>> Roster(string incarnation, CallId call, CancellationToken cancellation);

    /// <summary>Statistics of a session; kept for 10 minutes after its end.</summary>
    Task<NodeAnswer<SessionStatistics>> Statistics(NodeSession session, CancellationToken cancellation);
}

/// <summary>What a media node calls back: the control plane's side, over HTTP (<c>/api/v1/media-nodes/{node}</c>) or directly.</summary>
public interface IMediaNodeEvents
{
    /// <summary>At the node's start, and whenever a heartbeat or batch is answered by null.</summary>
    Task<NodeRegistered> Register(NodeRegistration registration, CancellationToken cancellation);

    /// <summary>Every <see cref="NodeRegistered.HeartbeatSeconds"/>. Null: the node is not registered (HTTP 404).</summary>
    Task<NodeHeartbeatAnswer?> Heartbeat(MediaNodeId node, NodeHeartbeat heartbeat, CancellationToken cancellation);

    /// <summary>One batch, in order, resent until acknowledged. Null: the node is not registered (HTTP 404).</summary>
    Task<NodeEventsAnswer?> Events(MediaNodeId node, NodeEventBatch batch, CancellationToken cancellation);
}
