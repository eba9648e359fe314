using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Grains.Calls;

namespace Calls.Grains.Tests.Calls;

/// <summary>
/// The call as a client sees it that has heard every event and nothing else: built by the documented meaning of each event.
/// If it equals the snapshot after every step, then so does everybody's view.
/// </summary>
internal sealed class FollowedCall
{
    private ImmutableArray<SessionSnapshot> _sessions = [];
    private UserId _host;
    private bool _locked;
    private SessionId? _screen;
    private long _sequence;

    public void Take(CallOutcome outcome)
    {
        foreach (var (sequence, news) in outcome.Effects.OfType<CallEffect.Announce>())
        {
            Assert.Equal(_sequence + 1, sequence);
            _sequence = sequence;
            Take(news);
        }
    }

    public void MustEqual(CallSnapshot call)
    {
        Assert.Equal(call.Sessions.OrderBy(session => session.SessionId.Value), _sessions.OrderBy(session => session.SessionId.Value));
        Assert.Equal((call.HostUserId, call.HostLocked, call.ScreenSessionId, call.Seq), (_host, _locked, _screen, _sequence));
    }

    private void Take(CallEvent news)
    {
        switch (news)
        {
            case CallEvent.ParticipantJoined(var session): _sessions = _sessions.Add(session); break;
            case CallEvent.ParticipantLeft left: _sessions = _sessions.RemoveAll(session => session.SessionId == left.SessionId); break;
            case CallEvent.Muted muted: Change(muted.SessionId, session => session with { Muted = true }); break;
            case CallEvent.Unmuted unmuted: Change(unmuted.SessionId, session => session with { Muted = false }); break;
            case CallEvent.HandRaised hand: Change(hand.SessionId, session => session with { RaisedAt = hand.RaisedAt }); break;
            case CallEvent.HandLowered hand: Change(hand.SessionId, session => session with { RaisedAt = null }); break;
            case CallEvent.ScreenStarted screen: _screen = screen.SessionId; break;
            case CallEvent.ScreenStopped: _screen = null; break;
            case CallEvent.HostChanged host: (_host, _locked) = (host.UserId, host.Locked); break;
            case CallEvent.ParticipantDisconnected gone:
                Change(gone.SessionId, session => session with { Connection = SessionConnection.Disconnected });
                break;
            case CallEvent.ParticipantReconnected back:
                Change(back.SessionId, session => session with { Connection = back.Connection });
                break;
            case CallEvent.CallEnded: break;
            default: throw new InvalidOperationException($"{news} has no place in the order of a call.");
        }
    }

    private void Change(SessionId id, Func<SessionSnapshot, SessionSnapshot> change) =>
        _sessions = [.. _sessions.Select(session => session.SessionId == id ? change(session) : session)];
}
