using Calls.Contracts.Calls;
using Calls.Contracts.Gateways;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Participants;
using Calls.Grains.Participants;
using static Calls.Grains.Tests.Calls.TestCall;

namespace Calls.Grains.Tests.Participants;

public sealed class ParticipantTransitionsTests
{
    private static readonly ConnectionId s_connection = new("connection-1");

    [Fact]
    public void The_same_operation_again_finds_its_device_for_ten_minutes()
    {
        var state = Join(new ParticipantState(), 1, "op").State;

        var (again, device) = Join(state, 2, "op", Noon.AddMinutes(9), new ConnectionId("connection-2"));
        var (later, another) = Join(state, 2, "op", Noon.AddMinutes(10));

        Assert.Equal(Session(1), device.Session);
        Assert.Equal("token-1", device.ResumeToken);
        Assert.Single(again.Devices);
        Assert.Null(ParticipantTransitions.Refuse(again, new ConnectionId("connection-2"), Session(1)));
        Assert.Equal(Session(2), another.Session);
        Assert.Equal(2, later.Devices.Length);
    }

    [Fact]
    public void Only_the_connection_that_has_a_session_speaks_for_it()
    {
        var state = Join(new ParticipantState(), 1, null).State;

        Assert.Null(ParticipantTransitions.Refuse(state, s_connection, Session(1)));
        Assert.Equal(Refusal.NotYourSession, ParticipantTransitions.Refuse(state, new ConnectionId("other"), Session(1)));
        Assert.Equal(Refusal.SessionGone, ParticipantTransitions.Refuse(state, s_connection, Session(2)));
    }

    [Fact]
    public void Of_two_racing_resumes_one_wins()
    {
        var state = Join(new ParticipantState(), 1, null).State;

        var won = ParticipantTransitions.Resume(state, Resume("token-1", "winner", "connection-2")).Value!;
        var lost = ParticipantTransitions.Resume(won, Resume("token-1", "loser", "connection-3"));

        Assert.Equal(Refusal.ResumeLost, lost.Refusal);
        Assert.Equal(Refusal.NotYourSession, ParticipantTransitions.Refuse(won, s_connection, Session(1)));
        Assert.Null(ParticipantTransitions.Refuse(won, new ConnectionId("connection-2"), Session(1)));
        Assert.True(ParticipantTransitions.Resume(won, Resume("winner", "next", "connection-3")).IsAccepted);
    }

    [Fact]
    public void An_unknown_session_cannot_be_resumed()
    {
        Assert.Equal(Refusal.SessionGone, ParticipantTransitions.Resume(new ParticipantState(), Resume("token-1", "x", "y")).Refusal);
    }

    [Fact]
    public void What_the_call_no_longer_has_is_dropped_but_not_a_join_on_its_way()
    {
        var minute = TimeSpan.FromMinutes(1);
        var state = Join(Join(new ParticipantState(), 1, null).State, 2, null, Noon.AddSeconds(30)).State;

        Assert.Same(state, ParticipantTransitions.Keep(state, [Session(1), Session(2)], minute, Noon.AddMinutes(1)));
        var kept = ParticipantTransitions.Keep(state, [], minute, Noon.AddMinutes(1));
        Assert.Equal(Session(2), Assert.Single(kept.Devices).Session);
    }

    [Fact]
    public void A_forgotten_session_is_gone()
    {
        var state = Join(new ParticipantState(), 1, null).State;

        Assert.Empty(ParticipantTransitions.Forget(state, Session(1)).Devices);
        Assert.Same(state, ParticipantTransitions.Forget(state, Session(2)));
    }

    private static (ParticipantState State, DeviceState Device) Join(
        ParticipantState state, int session, string? operation, DateTimeOffset? now = null, ConnectionId? connection = null) =>
        ParticipantTransitions.Join(
            state,
            new JoinSession(
                Session(session), new ResumeToken($"token-{session}"), operation, connection ?? s_connection,
                new GatewaySubscription(Gateway, null!), Device: null, Muted: false, Video: false, VoiceSlots: 3,
                SessionKind.Participant, TraceParent: null),
            now ?? Noon);

    private static ResumeSession Resume(string token, string next, string connection) => new(
        Session(1), new ResumeToken(token), new ResumeToken(next), new ConnectionId(connection),
        new GatewaySubscription(Gateway, null!), LastSeq: 0);
}
