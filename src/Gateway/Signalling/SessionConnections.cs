using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Gateways;
using Calls.Contracts.Ids;
using Calls.Gateway.Auth;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Calls.Gateway.Signalling;

/// <summary>Which connection has which session, and the way of each event to the connections that should hear it.</summary>
internal sealed class SessionConnections(IOptionsMonitor<GatewayOptions> options, TimeProvider time, ILogger<SessionConnections> log)
{
    private readonly Lock _lock = new();
    private readonly Listeners _listeners = new();
    private readonly Dictionary<SessionId, HeldSession> _sessions = [];

    // What commands on their way may make of them: several may race to resume one session, and only their answers say which has it.
    private readonly Dictionary<SessionId, List<HeldSession>> _claims = [];
    private readonly Dictionary<CallId, HeldCall> _calls = [];

    // The calls in which an early event waits for those before it: few, and of most moments none.
    private readonly HashSet<CallId> _waiting = [];

    /// <summary>The open connections.</summary>
    public IReadOnlyList<HubConnection> Connections
    {
        get { lock (_lock) { return [.. _listeners.All]; } }
    }

    /// <summary>The sessions of this gateway.</summary>
    public IReadOnlyList<HeldSession> Sessions
    {
        get { lock (_lock) { return [.. _sessions.Values]; } }
    }

    public void Add(HubConnection connection)
    {
        lock (_lock) { _listeners.Add(connection); }
    }

    /// <summary>The connection closed; returns the sessions it had.</summary>
    public IReadOnlyList<HeldSession> Remove(HubConnection connection)
    {
        lock (_lock)
        {
            _listeners.Remove(connection);
            var held = _sessions.Values.Where(session => session.Connection == connection).ToList();
            foreach (var session in held) { Forget(session); }

            return held;
        }
    }

    /// <summary>The connection hears these channels from now on.</summary>
    public void Listen(HubConnection connection, ImmutableHashSet<ChannelId> channels)
    {
        lock (_lock) { _listeners.Listen(connection, channels); }
    }

    /// <summary>Whether the user has a connection here.</summary>
    public bool Has(UserId user) => CountOf(user) > 0;

    /// <summary>How many connections the user has here.</summary>
    public int CountOf(UserId user)
    {
        lock (_lock) { return _listeners.Of(user).Count; }
    }

    public HeldSession? Find(SessionId session)
    {
        lock (_lock)
        {
            return _sessions.TryGetValue(session, out var held) ? held : _claims.GetValueOrDefault(session) is [.., var claim] ? claim : null;
        }
    }

    /// <summary>A command that may give this connection the session is on its way: from now on its events are kept.</summary>
    public void Expect(HeldSession session)
    {
        lock (_lock)
        {
            if (!_claims.TryGetValue(session.Id, out var claims)) { _claims[session.Id] = claims = []; }

            claims.Add(session);
            if (!_calls.TryGetValue(session.Call, out var call)) { _calls[session.Call] = call = new HeldCall(); }

            call.Sessions.Add(session);
        }
    }

    /// <summary>The command was refused: whoever has the session keeps it.</summary>
    public void Withdraw(HeldSession session)
    {
        lock (_lock) { Forget(session); }
    }

    /// <summary>
    /// The command was accepted, and its answer tells everything up to this number. Another connection that had the session is told that
    /// it has moved.
    /// </summary>
    /// <returns>False when the connection has closed meanwhile.</returns>
    public bool Open(HeldSession session, long knownSeq)
    {
        lock (_lock)
        {
            Take(session);
            if (_calls.TryGetValue(session.Call, out var call)) { Spread(call.Order.Begin(knownSeq, time.GetUtcNow()), call); }

            foreach (var news in session.Open(knownSeq)) { Send(session.Connection, EventMessage.Of(news)); }

            if (!_listeners.Has(session.Connection))
            {
                Forget(session);
                return false;
            }

            return true;
        }
    }

    /// <summary>The session is over here.</summary>
    public void Drop(HeldSession session)
    {
        lock (_lock)
        {
            if (_sessions.GetValueOrDefault(session.Id) == session) { Forget(session); }
        }
    }

    // Of one that has ended meanwhile nothing is kept; it is told so by what came early.
    private void Take(HeldSession session)
    {
        if (!Unclaim(session)) { return; }

        if (_sessions.GetValueOrDefault(session.Id) is { } former)
        {
            Forget(former);
            if (former.Connection != session.Connection) { TellMoved(former); }
        }

        _sessions[session.Id] = session;
    }

    private void TellMoved(HeldSession former) => Send(former.Connection, EventMessage.Of(new News(
        new Audience.Session(former.Id), time.GetUtcNow(), null, former.Call, null, new CallEvent.SessionEnded(former.Id, LeaveReason.Moved, null))));

    /// <summary>An event has come.</summary>
    public void Deliver(News news)
    {
        lock (_lock)
        {
            switch (news.Audience)
            {
                case Audience.Participants { Call: var call }: ToCall(call, news); break;
                case Audience.Session { Id: var id }: ToSession(id, news); break;
                case Audience.Channel { Id: var channel }: ToChannel(channel, news); break;
                case Audience.User { Id: var user }: ToUser(user, news); break;
                case Audience.Acquaintances { About: var user, Channels: var channels }: SendAll(_listeners.Of(user, channels), news); break;
                case Audience.Everyone: SendAll(_listeners.All, news); break;
                default: throw new InvalidOperationException($"{news.Audience} is no audience.");
            }
        }
    }

    /// <summary>The number of the last event that was heard here, if the call has given higher ones and none of them waits.</summary>
    public long? Behind(CallId call, long seq)
    {
        lock (_lock)
        {
            return _calls.TryGetValue(call, out var held) && held.Order is { Deadline: null, Last: { } last } && last < seq
                && held.Sessions.Any(session => session.IsOpen)
                ? last
                : null;
        }
    }

    /// <summary>Lets go what has waited long enough; when the next wait ends.</summary>
    public DateTimeOffset? Elapse()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            DateTimeOffset? next = null;
            foreach (var id in _waiting)
            {
                if (_calls.TryGetValue(id, out var call))
                {
                    Spread(call.Order.Elapse(now), call);
                    next = next is null || call.Order.Deadline < next ? call.Order.Deadline : next;
                }
            }

            _waiting.RemoveWhere(id => !_calls.TryGetValue(id, out var call) || call.Order.Deadline is null);
            return next;
        }
    }

    private void ToCall(CallId id, News news)
    {
        if (!_calls.TryGetValue(id, out var call)) { return; }

        if (news.Seq is null)
        {
            Spread([news], call);
            return;
        }

        Spread(call.Order.Take(news, time.GetUtcNow()), call);
        if (call.Order.Deadline is not null) { _waiting.Add(id); }
    }

    private void Spread(IReadOnlyList<News> ready, HeldCall call)
    {
        foreach (var news in ready)
        {
            var message = EventMessage.Of(news);
            foreach (var session in call.Sessions)
            {
                if (session.Hears(news)) { Send(session.Connection, message); }
            }
        }
    }

    private void ToSession(SessionId id, News news)
    {
        // Who lost it to another gateway is told; who is about to have it is not.
        var ended = (news.Event as CallEvent.SessionEnded)?.Reason;
        var holder = _sessions.GetValueOrDefault(id);
        List<HeldSession> hearing = ended is LeaveReason.Moved && holder is not null ? [] : [.. _claims.GetValueOrDefault(id) ?? []];
        if (holder is not null) { hearing.Add(holder); }

        foreach (var session in hearing)
        {
            if (session.Hears(news)) { Send(session.Connection, EventMessage.Of(Complete(news, session.User))); }

            if (ended is { } reason)
            {
                GatewayLog.SessionClosed(log, id, session.Call, reason);
                Forget(session);
            }
        }
    }

    private void ToChannel(ChannelId channel, News news)
    {
        // Who joined or left hears it as a user: they are not, or no longer, among the channel's listeners.
        var concerned = news.Event switch
        {
            CallEvent.MemberAdded { User.Id: var added } => added,
            CallEvent.MemberRemoved { UserId: var removed } => removed,
            _ => (UserId?)null,
        };
        SendAll(_listeners.Of(channel).Where(connection => connection.UserId != concerned), news);
    }

    private void ToUser(UserId user, News news)
    {
        foreach (var connection in _listeners.Of(user))
        {
            switch (news.Event)
            {
                case CallEvent.MemberAdded { ChannelId: var added }: _listeners.Listen(connection, connection.Channels.Add(added)); break;
                case CallEvent.MemberRemoved { ChannelId: var removed }: _listeners.Listen(connection, connection.Channels.Remove(removed)); break;
            }
        }

        SendAll(_listeners.Of(user), news);
    }

    private void SendAll(IEnumerable<HubConnection> connections, News news)
    {
        var message = EventMessage.Of(news);
        foreach (var connection in connections) { Send(connection, message); }
    }

    private void Send(HubConnection connection, EventMessage message)
    {
        if (connection.TrySend(message))
        {
            GatewayTelemetry.Delivered();
            return;
        }

        // It resumes, and is told everything again; without a connection it holds up nobody.
        GatewayLog.TooSlow(log, connection.Id);
        connection.Abort();
    }

    // Grains know no ICE servers.
    private News Complete(News news, UserId user) => news.Event is CallEvent.MediaMoved moved
        ? news with { Event = moved with { IceServers = [.. TurnCredentials.For(user, options.CurrentValue.Ice, time.GetUtcNow())] } }
        : news;

    private bool Unclaim(HeldSession session)
    {
        if (!_claims.TryGetValue(session.Id, out var claims) || !claims.Remove(session)) { return false; }

        if (claims.Count == 0) { _claims.Remove(session.Id); }

        return true;
    }

    private void Forget(HeldSession session)
    {
        Unclaim(session);
        if (_sessions.GetValueOrDefault(session.Id) == session) { _sessions.Remove(session.Id); }

        if (!_calls.TryGetValue(session.Call, out var call)) { return; }

        call.Sessions.Remove(session);
        if (call.Sessions.Count == 0) { _calls.Remove(session.Call); }
    }
}
