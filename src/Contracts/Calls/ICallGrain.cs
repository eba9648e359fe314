using Calls.Contracts.Gateways;
using Calls.Contracts.Hosts;
using Calls.Contracts.MediaNodes;

namespace Calls.Contracts.Calls;

/// <summary>One call: its roster, chair, order of events and place on a media node. Key: the <see cref="CallId"/>.</summary>
[Alias("ICallGrain")]
public interface ICallGrain : IGrainWithStringKey
{
    /// <summary>
    /// First step of a call: finds it a media node. Repeating it changes nothing. A call that nobody joins within
    /// <c>Calls:Sessions:MediaConnectTimeout</c> ends as <see cref="CallEndReason.Failed"/> and deletes its post.
    /// </summary>
    /// <returns>Or <see cref="Refusal.NoMediaNode"/>; then there is no call.</returns>
    [Alias("Start")]
    Task<Answer> Start(CallStart start);

    /// <summary>Second step: names the post that carries the call and the thread that is its chat.</summary>
    [Alias("AttachPost")]
    Task<Answer> AttachPost(PostId post, PostId thread);

    /// <summary>Adds a session, or lets it take the place of another one of its user. The same operation id is answered as before.</summary>
    /// <returns>Or <see cref="Refusal.NoCall"/> when the call has ended, <see cref="Refusal.CallFull"/>,
    /// <see cref="Refusal.SessionGone"/> and <see cref="Refusal.NotYourSession"/> about the one to be taken over,
    /// <see cref="Refusal.Blocked"/>, <see cref="Refusal.NoMediaNode"/>, <see cref="Refusal.Unavailable"/>.</returns>
    [Alias("Join")]
    Task<Answer<CallJoined>> Join(CallJoin join);

    /// <summary>Passes the client's offer to the media node and its answer back, both unread. Holds up no other command.</summary>
    [AlwaysInterleave, Alias("Offer")]
    Task<Answer<PlacedAnswer>> Offer(MediaOffer offer);

    /// <summary>What the media node knows of a session's media, for some minutes also after its end. Holds up no other command.</summary>
    /// <param name="former">Where a session's media was that the call does not have any more; null: nobody knows.</param>
    /// <returns>Or <see cref="Refusal.NotFound"/>: it is not known, or not any more; <see cref="Refusal.Unavailable"/>.</returns>
    [AlwaysInterleave, Alias("Statistics")]
    Task<Answer<SessionStatistics>> Statistics(SessionId session, MediaPlace? former);

    /// <summary>Takes a session out. Gone already: accepted.</summary>
    [Alias("Leave")]
    Task<Answer> Leave(SessionId session, LeaveReason reason);

    /// <summary>Does what the session's own user wishes; a mute is answered when the media node holds it.</summary>
    /// <returns>Or <see cref="Refusal.SessionGone"/>, what the action itself may be refused for, and
    /// <see cref="Refusal.Unavailable"/>: it is decided, and repeated until the media node holds it.</returns>
    [Alias("Act")]
    Task<Answer<SessionActed>> Act(SessionId session, SessionAction action);

    /// <summary>The hub connection of a session is lost; its grace period begins.</summary>
    [Alias("HubLost")]
    Task<Answer> HubLost(SessionId session);

    /// <summary>The session is back on a hub connection of that gateway; tells what was missed.</summary>
    [Alias("Resume")]
    Task<Answer<CallResumed>> Resume(SessionId session, GatewaySubscription gateway, long lastSeq);

    /// <summary>The events after a number, for a gateway that has missed some; none when they are no longer held.</summary>
    [ReadOnly, Alias("Missed")]
    Task<ImmutableArray<News>> Missed(long lastSeq);

    /// <summary>
    /// The present state; null when there is no live call under this id. A call that nobody has joined yet has no sessions;
    /// clients are not told of it.
    /// </summary>
    [ReadOnly, Alias("Look")]
    Task<CallSnapshot?> Look();

    /// <summary>Whether there is a live call under this id, with or without anybody in it yet.</summary>
    [ReadOnly, Alias("IsRunning")]
    Task<bool> IsRunning();

    /// <summary>Who holds the chair; null while nobody is in the call.</summary>
    [ReadOnly, Alias("Host")]
    Task<UserId?> Host();

    /// <summary>Tells a session anew who speaks and whose voice its slots carry: it has lost its place in the order.</summary>
    [OneWay, Alias("TellVoices")]
    Task TellVoices(SessionId session);

    /// <summary>The sessions the call holds of one user.</summary>
    [ReadOnly, Alias("SessionsOf")]
    Task<ImmutableArray<SessionId>> SessionsOf(UserId user);

    /// <summary>
    /// Renewed by each gateway that has sessions here, every 10 s. A gateway not heard of for 25 s counts as gone. It is told of those
    /// that it has no more, and the highest number.
    /// </summary>
    /// <param name="sessions">The sessions whose hub connections the gateway holds.</param>
    [Alias("Watch")]
    Task Watch(GatewaySubscription gateway, ImmutableArray<SessionId> sessions);

    /// <summary>
    /// The gateways that have online members of the call's channel; handed down by the channel. A call that is over says so again.
    /// </summary>
    /// <param name="channel">Told of the end.</param>
    [OneWay, Alias("SetChannel")]
    Task SetChannel(ICallNews channel, ImmutableArray<GatewaySubscription> gateways);

    /// <summary>What the media node reports about this call, in the node's order.</summary>
    [Alias("NodeReported")]
    Task NodeReported(MediaNodeId node, string incarnation, ImmutableArray<NodeEvent> events);

    /// <summary>What the media node reports could not be told, or comes too late: the call reads the node's roster.</summary>
    [OneWay, Alias("EventsLost")]
    Task EventsLost(MediaNodeId node, string incarnation);

    /// <summary>
    /// Applies a control that the host's grain allowed. Refused if its author has lost the chair on the way.
    /// </summary>
    [Alias("Control")]
    Task<Answer> Control(HostAuthor author, HostControl control);

    /// <summary>Ends the call by the service's own decision.</summary>
    [Alias("End")]
    Task<Answer> End(CallEndReason reason);
}

/// <summary>News of a call for the channel above it. Never awaited, and never the only way.</summary>
[Alias("ICallNews")]
public interface ICallNews : IGrainObserver
{
    /// <summary>The call is over.</summary>
    [OneWay, Alias("CallEnded")]
    Task CallEnded(CallId call);
}
