using Calls.Contracts.Calls;

namespace Calls.Contracts.Workspace;

/// <summary>What Calls keeps for itself, whatever the chat: sign-ins, audit, ended calls, settings changed while running.</summary>
public interface IRecords
{
    /// <summary>
    /// Keeps a sign-in; of its token only the hash. False, and nothing is kept, when its user has been deactivated or given another
    /// password since <paramref name="credential"/> was shown.
    /// </summary>
    Task<bool> AddSignIn(SignIn signIn, string credential, CancellationToken cancellation);

    /// <summary>The sign-in of a token's hash; null when there is none, it was revoked, or it has expired.</summary>
    Task<SignIn?> FindSignIn(string tokenHash, CancellationToken cancellation);

    /// <summary>Those of these sign-ins, by their tokens' hashes, that were neither revoked nor have expired.</summary>
    Task<ImmutableArray<SignIn>> FindSignIns(ImmutableArray<string> tokenHashes, CancellationToken cancellation);

    /// <summary>Revokes one sign-in.</summary>
    Task RevokeSignIn(string tokenHash, CancellationToken cancellation);

    /// <summary>Keeps a session that came by WHIP or WHEP, so that every gateway knows whose it is; a repeat replaces it.</summary>
    Task AddHttpSession(HttpSession session, CancellationToken cancellation);

    /// <summary>Forgets such a session.</summary>
    Task RemoveHttpSession(SessionId session, CancellationToken cancellation);

    /// <summary>All such sessions.</summary>
    Task<ImmutableArray<HttpSession>> HttpSessions(CancellationToken cancellation);

    /// <summary>Keeps what was done by whom.</summary>
    Task AddAudit(AuditEntry entry, CancellationToken cancellation);

    /// <summary>What was done, newest first.</summary>
    Task<Page<AuditEntry>> Audit(PageRequest page, CancellationToken cancellation);

    /// <summary>Keeps an ended call; a repeat replaces it.</summary>
    Task AddCall(EndedCall call, CancellationToken cancellation);

    /// <summary>An ended call; null when there is none.</summary>
    Task<EndedCall?> FindCall(CallId call, CancellationToken cancellation);

    /// <summary>How many calls were begun from this day (UTC) on, by day and kind of channel; days and kinds without any are left out.</summary>
    Task<ImmutableArray<CallCount>> CountCalls(DateOnly from, CancellationToken cancellation);

    /// <summary>The settings changed while running, by name.</summary>
    Task<ImmutableDictionary<string, string>> Settings(CancellationToken cancellation);

    /// <summary>Changes settings while running, all of them or none; null forgets one.</summary>
    Task SetSettings(ImmutableDictionary<string, string?> changes, CancellationToken cancellation);
}

/// <summary>One sign-in of a user.</summary>
/// <param name="TokenHash">SHA-256 of the token, in hexadecimal.</param>
public sealed record SignIn(string TokenHash, UserId User, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>A session without a hub connection: nothing but this says which sign-in it was made with.</summary>
/// <param name="TokenHash">Of that sign-in.</param>
public sealed record HttpSession(SessionId Id, CallId Call, ChannelId Channel, UserId User, string TokenHash);

/// <summary>Who did what to whom, when, in which call.</summary>
public sealed record AuditEntry(DateTimeOffset At, UserId By, string Action, UserId? Whom, CallId? Call, string? Detail);

/// <summary>A call after its end.</summary>
/// <param name="Kind">Of its channel; null when the chat does not know the channel any more.</param>
[GenerateSerializer, Immutable, Alias("EndedCall")]
public sealed record EndedCall(
    CallId Id,
    ChannelId ChannelId,
    PostId ThreadId,
    string? Title,
    UserId StartedBy,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    CallEndReason Reason,
    ImmutableArray<UserId> Participants,
    int SessionsMax,
    ChannelKind? Kind);

/// <summary>The ended calls of one day in one kind of channel.</summary>
/// <param name="Day">On which they began, in UTC.</param>
/// <param name="Duration">Of all of them together.</param>
/// <param name="Participants">Of all of them together.</param>
public sealed record CallCount(DateOnly Day, ChannelKind? Kind, int Calls, TimeSpan Duration, int Participants);
