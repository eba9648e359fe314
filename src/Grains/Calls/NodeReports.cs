using Calls.Contracts.MediaNodes;

namespace Calls.Grains.Calls;

/// <summary>What the node reports about a call: media goes to the rules, voices to the clients.</summary>
internal sealed class NodeReports(CallNews news, Func<CallLimits> limits, ILogger log)
{
    private readonly VoiceView _voices = new();

    /// <summary>Takes one report.</summary>
    public CallOutcome Take(CallState call, NodeEvent report, DateTimeOffset now)
    {
        switch (report)
        {
            case NodeEvent.Connected up: return SessionTransitions.MediaUp(call, up.Session, up.Generation);
            case NodeEvent.Resumed up: return SessionTransitions.MediaUp(call, up.Session, up.Generation);
            case NodeEvent.Stalled lost: return SessionTransitions.MediaLost(call, lost.Session, lost.Generation, limits(), now);
            case NodeEvent.Disconnected lost:
                log.MediaOver(call.Id, lost.Session, lost.Reason);
                var outcome = SessionTransitions.MediaLost(call, lost.Session, lost.Generation, limits(), now);

                // Not by this call's wish, as it still has the session: by the node's, which had been given up.
                return lost.Reason == DisconnectReason.Closed
                    ? outcome.Then(next => MediaTransitions.GenerationOver(next, lost.Session, lost.Generation))
                    : outcome;
            case NodeEvent.FirstPacket { Generation: 1 } packet when call.Find(packet.Session) is { } session:
                GrainTelemetry.FirstPacket(now - session.JoinedAt);
                break;
            case NodeEvent.Speaking speaking when _voices.Take(speaking):
                news.TellAll(call, _voices.Speaking!);
                break;
            case NodeEvent.Slots slots:
                _voices.Take(slots);
                break;
            case NodeEvent.SessionSlots slots:
                _voices.Take(slots);
                break;
        }

        return CallOutcome.Accept(call);
    }

    /// <summary>Tells each session its slots where they changed.</summary>
    public void TellSlots(CallState call)
    {
        foreach (var session in call.Sessions) { TellSlots(call, session); }
    }

    /// <summary>Tells a session that comes or returns who speaks and whose voice its slots carry.</summary>
    public void TellVoices(CallState call, SessionState session)
    {
        _voices.Forget(session.Id);
        TellSlots(call, session);
        if (_voices.Speaking is { } speaking) { news.TellSession(call, session, speaking); }
    }

    /// <summary>The session has left.</summary>
    public void Remove(SessionId session) => _voices.Remove(session);

    /// <summary>Another node, other slots.</summary>
    public void Clear() => _voices.Clear();

    private void TellSlots(CallState call, SessionState session)
    {
        if (_voices.NewsFor(session) is { } slots) { news.TellSession(call, session, slots); }
    }
}
