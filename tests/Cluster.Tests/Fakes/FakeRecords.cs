using System.Collections.Concurrent;
using System.Collections.Immutable;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;

namespace Calls.Cluster.Tests.Fakes;

/// <summary>Ended calls in memory.</summary>
internal sealed class FakeRecords : IRecords
{
    public ConcurrentDictionary<CallId, EndedCall> Ended { get; } = new();

    /// <summary>What happens when the record of an ended call is about to be kept.</summary>
    public Action BeforeAdd { get; set; } = () => { };

    public Task AddCall(EndedCall call, CancellationToken cancellation)
    {
        BeforeAdd();
        Ended[call.Id] = call;
        return Task.CompletedTask;
    }

    public Task<EndedCall?> FindCall(CallId call, CancellationToken cancellation) => Task.FromResult(Ended.GetValueOrDefault(call));

    public Task<bool> AddSignIn(SignIn signIn, string credential, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ImmutableArray<SignIn>> FindSignIns(ImmutableArray<string> tokenHashes, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<SignIn?> FindSignIn(string tokenHash, CancellationToken cancellation) => throw new NotSupportedException();

    public Task RevokeSignIn(string tokenHash, CancellationToken cancellation) => throw new NotSupportedException();

    public Task AddHttpSession(HttpSession session, CancellationToken cancellation) => throw new NotSupportedException();

    public Task RemoveHttpSession(SessionId session, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ImmutableArray<HttpSession>> HttpSessions(CancellationToken cancellation) => throw new NotSupportedException();

    public Task AddAudit(AuditEntry entry, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Page<AuditEntry>> Audit(PageRequest page, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ImmutableArray<CallCount>> CountCalls(DateOnly from, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ImmutableDictionary<string, string>> Settings(CancellationToken cancellation) => throw new NotSupportedException();

    public Task SetSettings(ImmutableDictionary<string, string?> changes, CancellationToken cancellation) => throw new NotSupportedException();
}
