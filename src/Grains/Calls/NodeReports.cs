using Calls.Contracts.MediaNodes;

namespace Calls.Grains.Calls;

/// <summary>What the node reports about a call: media goes to the rules, voices to the clients.</summary>
internal sealed class NodeReports(CallNews news, Func<CallLimits> limits, TimeProvider time, ILogger log)
{
    private readonly VoiceView _voices = new();

    // When sessions were made whose first packet is still to come. A session that took another's place joined long ago.
    private readonly Dictionary<SessionId, long> _madeAt = [];

    /// <summary>A session was made: its first packet is measured from here.</summary>
    public void Made(SessionId session) => _madeAt[session] = time.GetTimestamp();

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
            case NodeEvent.FirstPacket { Generation: 1, Role: LineRole.VoiceOut } packet when _madeAt.Remove(packet.Session, out var madeAt):
                GrainTelemetry.FirstPacket(time.GetElapsedTime(madeAt));
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

    /// <summary>Forgets the sessions that have left.</summary>
    public void ForgetGone(CallState call)
    {
        var present = call.Sessions.Select(session => session.Id).ToHashSet();
        _voices.KeepOnly(present);
        foreach (var gone in _madeAt.Keys.Where(session => !present.Contains(session))) { _madeAt.Remove(gone); }
    }

    /// <summary>Another node, other slots.</summary>
    public void Clear() => _voices.Clear();

    private void TellSlots(CallState call, SessionState session)
    {
        if (_voices.NewsFor(session) is { } slots) { news.TellSession(call, session, slots); }
    }
}
