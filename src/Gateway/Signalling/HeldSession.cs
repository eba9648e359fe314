using Calls.Contracts.Gateways;
using Calls.Contracts.Ids;

namespace Calls.Gateway.Signalling;

/// <summary>One session and the connection that has it. Guarded by the lock of <see cref="SessionConnections"/>.</summary>
internal sealed class HeldSession(SessionId id, CallId call, ChannelId channel, UserId user, HubConnection connection, string tokenHash)
{
    // What comes between the command and its answer. More than that, and the client asks for a snapshot.
    private const int EarlyMax = 500;

    private List<News>? _early = [];
    private long _knownSeq;

    public SessionId Id => id;

    public CallId Call => call;

    public ChannelId Channel => channel;

    public UserId User => user;

    public HubConnection Connection => connection;

    /// <summary>The sign-in it was made with.</summary>
    public string TokenHash => tokenHash;

    /// <summary>Whether the join or resume was accepted.</summary>
    public bool IsOpen => _early is null;

    /// <summary>Takes an event for this session; returns it if the client should hear it now.</summary>
    public bool Hears(News news)
    {
        if (_early is not null)
        {
            if (_early.Count < EarlyMax) { _early.Add(news); }

            return false;
        }

        return news.Seq is null || news.Seq > _knownSeq;
    }

    /// <summary>The client knows everything up to this number; what came early and is newer is returned.</summary>
    public IReadOnlyList<News> Open(long knownSeq)
    {
        var early = _early ?? [];
        _early = null;
        _knownSeq = knownSeq;
        return [.. early.Where(Hears)];
    }
}
