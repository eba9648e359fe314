using Calls.Contracts.Calls;
using Calls.Contracts.Gateways;

namespace Calls.Contracts.Participants;

/// <summary>One user's sessions in one call. Key: <see cref="ParticipantKey.GrainKey"/>.</summary>
/// <remarks>
/// Membership and the right to join were checked on the way here (<c>IChannelGrain.Open</c>). A session id that is not
/// this user's is refused as <see cref="Refusal.SessionGone"/>; one held by another connection as
/// <see cref="Refusal.NotYourSession"/>.
/// </remarks>
[Alias("IParticipantGrain")]
public interface IParticipantGrain : IGrainWithStringKey
{
    /// <summary>
    /// Makes a session, or moves one to this device (<see cref="JoinSession.From"/>). The same operation id within 10 minutes
    /// is answered as before.
    /// </summary>
    [Alias("Join")]
    Task<Answer<JoinedSession>> Join(JoinSession join);

    /// <summary>Passes the session's offer on.</summary>
    [AlwaysInterleave, Alias("Offer")]
    Task<Answer<MediaAnswer>> Offer(ConnectionId connection, MediaOffer offer);

    /// <summary>What the media node knows of the media of a session of this user's: see <see cref="ICallGrain.Statistics"/>.</summary>
    [AlwaysInterleave, Alias("Statistics")]
    Task<Answer<MediaNodes.SessionStatistics>> Statistics(SessionId session);

    /// <summary>Takes a session over to another hub connection. The token is void afterwards; the new one is in the answer.</summary>
    [Alias("Resume")]
    Task<Answer<ResumedSession>> Resume(ResumeSession resume);

    /// <summary>The client leaves.</summary>
    [Alias("Leave")]
    Task<Answer> Leave(ConnectionId connection, SessionId session);

    /// <summary>The client does something in the call: see <see cref="ICallGrain.Act"/>.</summary>
    [Alias("Act")]
    Task<Answer<SessionActed>> Act(ConnectionId connection, SessionId session, SessionAction action);

    /// <summary>The hub connection closed or fell silent; each session it held begins its grace period.</summary>
    [Alias("ConnectionLost")]
    Task ConnectionLost(ConnectionId connection, SessionId session);

    /// <summary>The service closes a session of this user: signed out, or no longer a member.</summary>
    [Alias("Close")]
    Task Close(SessionId session, LeaveReason reason);
}

/// <summary>Names one hub connection of one gateway.</summary>
[GenerateSerializer, Immutable, Alias("ConnectionId")]
public readonly record struct ConnectionId(string Value);

/// <summary>A device wants in.</summary>
/// <param name="Session">The id the new session shall have.</param>
/// <param name="ResumeToken">The token it shall be resumed with, made by the gateway.</param>
/// <param name="From">The session of this user that goes on here; null: a device more.</param>
[GenerateSerializer, Immutable, Alias("JoinSession")]
public sealed record JoinSession(
    SessionId Session,
    ResumeToken ResumeToken,
    string? OperationId,
    ConnectionId Connection,
    GatewaySubscription? Gateway,
    Device? Device,
    bool Muted,
    bool Video,
    int VoiceSlots,
    MediaNodes.SessionKind Kind,
    string? TraceParent,
    SessionId? From = null);

/// <summary>A device is in.</summary>
[GenerateSerializer, Immutable, Alias("JoinedSession")]
public sealed record JoinedSession(SessionId SessionId, ResumeToken ResumeToken, CallSnapshot Call, MediaGrant Media, bool Muted);

/// <summary>A device is back.</summary>
/// <param name="Token">The token of the last join or resume.</param>
/// <param name="NextToken">The token of the next resume.</param>
[GenerateSerializer, Immutable, Alias("ResumeSession")]
public sealed record ResumeSession(
    SessionId Session, ResumeToken Token, ResumeToken NextToken, ConnectionId Connection, GatewaySubscription Gateway, long LastSeq);

/// <summary>What a device that is back is told.</summary>
[GenerateSerializer, Immutable, Alias("ResumedSession")]
public sealed record ResumedSession(ResumeToken ResumeToken, CallResumed Resumed);
