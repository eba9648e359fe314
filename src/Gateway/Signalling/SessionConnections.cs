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
    private readonly Dictionary<string, HubConnection> _connections = new(StringComparer.Ordinal);
    private readonly Dictionary<SessionId, HeldSession> _sessions = [];
    private readonly Dictionary<CallId, EventOrder> _orders = [];

    /// <summary>The open connections.</summary>
    public IReadOnlyList<HubConnection> Connections
    {
        get { lock (_lock) { return [.. _connections.Values]; } }
    }

    /// <summary>The sessions of this gateway.</summary>
    public IReadOnlyList<HeldSession> Sessions
    {
        get { lock (_lock) { return [.. _sessions.Values]; } }
    }

    public void Add(HubConnection connection)
    {
        lock (_lock) { _connections[connection.Id] = connection; }
    }

    /// <summary>The connection closed; returns the sessions it had.</summary>
    public IReadOnlyList<HeldSession> Remove(HubConnection connection)
    {
        lock (_lock)
        {
            _connections.Remove(connection.Id);
            var held = _sessions.Values.Where(session => session.Connection == connection).ToList();
            foreach (var session in held) { Forget(session); }

            return held;
        }
    }

    public HubConnection? FindConnection(string id)
    {
        lock (_lock) { return _connections.GetValueOrDefault(id); }
    }

    public HeldSession? Find(SessionId session)
    {
        lock (_lock) { return _sessions.GetValueOrDefault(session); }
    }

    /// <summary>A command that gives this connection the session is on its way: from now on its events are kept.</summary>
    /// <returns>What stood there before, to be put back if the command is refused.</returns>
    public HeldSession? Expect(HeldSession session)
    {
        lock (_lock)
        {
            var before = _sessions.GetValueOrDefault(session.Id);
            _sessions[session.Id] = session;
            _ = OrderOf(session.Call);
            return before;
        }
    }

    /// <summary>The command was refused.</summary>
    public void Withdraw(HeldSession session, HeldSession? before)
    {
        lock (_lock)
        {
            if (_sessions.GetValueOrDefault(session.Id) != session) { return; }

            Forget(session);
            if (before is { Connection: null } || (before is not null && _connections.ContainsKey(before.Connection!.Id)))
            {
                _sessions[before.Id] = before;
                _ = OrderOf(before.Call);
            }
        }
    }

    /// <summary>The command was accepted, and its answer tells everything up to this number.</summary>
    /// <returns>False when the connection has closed meanwhile.</returns>
    public bool Open(HeldSession session, long knownSeq)
    {
        lock (_lock)
        {
            Spread(OrderOf(session.Call).Begin(knownSeq, time.GetUtcNow()), session.Call);
            foreach (var news in session.Open(knownSeq)) { Send(session.Connection, news); }

            if (session.Connection is { } connection && !_connections.ContainsKey(connection.Id))
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

    /// <summary>Tells a connection that its session goes on elsewhere.</summary>
    public void TellMoved(HeldSession former) => Send(former.Connection, new News(
        new Audience.Session(former.Id), time.GetUtcNow(), null, former.Call, null, new CallEvent.SessionEnded(former.Id, LeaveReason.Moved, null)));

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
                case Audience.Everyone: foreach (var connection in _connections.Values) { Send(connection, news); } break;
                default: throw new InvalidOperationException($"{news.Audience} is no audience.");
            }
        }
    }

    /// <summary>The highest number that a call has given; a session that can read the missing events, if any are.</summary>
    public (HeldSession Session, long Last)? Behind(CallId call, long seq)
    {
        lock (_lock)
        {
            return _orders.TryGetValue(call, out var order) && order is { Deadline: null, Last: { } last } && last < seq
                && _sessions.Values.FirstOrDefault(session => session.Call == call && session is { IsOpen: true, Connection: not null }) is { } session
                ? (session, last)
                : null;
        }
    }

    /// <summary>Lets go what has waited long enough; when the next wait ends.</summary>
    public DateTimeOffset? Elapse()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            foreach (var (call, order) in _orders) { Spread(order.Elapse(now), call); }

            return _orders.Values.Min(order => order.Deadline);
        }
    }

    private void ToCall(CallId call, News news)
    {
        if (news.Seq is null) { Spread([news], call); }
        else if (_orders.TryGetValue(call, out var order)) { Spread(order.Take(news, time.GetUtcNow()), call); }
    }

    private void Spread(IReadOnlyList<News> ready, CallId call)
    {
        if (ready.Count == 0) { return; }

        foreach (var session in _sessions.Values.Where(session => session.Call == call))
        {
            foreach (var news in ready.Where(session.Hears)) { Send(session.Connection, news); }
        }
    }

    private void ToSession(SessionId id, News news)
    {
        if (_sessions.GetValueOrDefault(id) is not { } session) { return; }

        if (session.Hears(news)) { Send(session.Connection, Complete(news, session.User)); }

        if (news.Event is CallEvent.SessionEnded { Reason: var reason })
        {
            GatewayLog.SessionClosed(log, id, session.Call, reason);
            Forget(session);
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
        foreach (var connection in _connections.Values)
        {
            if (connection.Channels.Contains(channel) && connection.UserId != concerned) { Send(connection, news); }
        }
    }

    private void ToUser(UserId user, News news)
    {
        foreach (var connection in _connections.Values.Where(connection => connection.UserId == user))
        {
            connection.Channels = news.Event switch
            {
                CallEvent.MemberAdded { ChannelId: var added } => connection.Channels.Add(added),
                CallEvent.MemberRemoved { ChannelId: var removed } => connection.Channels.Remove(removed),
                _ => connection.Channels,
            };
            Send(connection, news);
        }
    }

    private void Send(HubConnection? connection, News news)
    {
        if (connection is null) { return; }

        if (connection.TrySend(EventMessage.Of(news)))
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

    private EventOrder OrderOf(CallId call)
    {
        if (!_orders.TryGetValue(call, out var order)) { _orders[call] = order = new EventOrder(); }

        return order;
    }

    private void Forget(HeldSession session)
    {
        _sessions.Remove(session.Id);
        if (_sessions.Values.All(other => other.Call != session.Call)) { _orders.Remove(session.Call); }
    }
}
