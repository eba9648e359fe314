using Calls.Cluster.Tests.Fakes;
using Calls.Contracts.Calls;
using Calls.Contracts.Gateways;
using Calls.Contracts.Hosts;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Workspace;
using Calls.Support;

namespace Calls.Cluster.Tests;

/// <summary>What the host decides holds at the media node before it is answered, and survives what the service survives.</summary>
public sealed class HostControlTests
{
    [Fact]
    public async Task A_hosts_mute_and_removal_hold_at_the_node_when_they_are_answered_S40_S43()
    {
        await using var meeting = await Meeting.Start();
        var (world, call, bob) = (meeting.World, meeting.Call, meeting.Bob);
        await world.Participant(call, bob.User).Act(bob.Connection, bob.Session, new SessionAction.Unmute());

        Assert.True((await meeting.Control(new HostControl.Mute(bob.Session))).IsAccepted);
        Assert.True(world.Node.Find(call, bob.Session)!.Permissions.Muted);

        Assert.True((await meeting.Control(new HostControl.Remove(bob.Session, Block: false, AllSessions: false))).IsAccepted);
        Assert.Null(world.Node.Find(call, bob.Session));
        Assert.Equal(Refusal.SessionGone, (await world.Resume(bob, lastSeq: 0)).Refusal);
        Assert.Equal(Refusal.SessionGone, (await world.Offer(bob)).Refusal);
    }

    [Fact]
    public async Task A_removal_that_the_node_does_not_confirm_is_unavailable_and_repeated_D15()
    {
        await using var meeting = await Meeting.Start();
        var (world, call, bob) = (meeting.World, meeting.Call, meeting.Bob);
        world.Node.Refusal = NodeError.Unreachable;

        var answer = await meeting.Control(new HostControl.Remove(bob.Session, Block: false, AllSessions: false));

        Assert.Equal(Refusal.Unavailable, answer.Refusal);
        Assert.DoesNotContain((await world.Call(call).Look())!.Sessions, session => session.SessionId == bob.Session);
        world.Node.Refusal = null;
        await world.Pass("the node closes it", () => world.Node.Find(call, bob.Session) is null, call, meeting.Alice.Session);
    }

    [Fact]
    public async Task A_hand_and_a_reaction_are_done_while_an_older_mute_is_owed_D5()
    {
        await using var meeting = await Meeting.Start();
        var (world, call, bob) = (meeting.World, meeting.Call, meeting.Bob);
        var participant = world.Participant(call, bob.User);
        world.Node.Refusal = NodeError.Unreachable;
        Assert.Equal(Refusal.Unavailable, (await Act(new SessionAction.Unmute())).Refusal);

        Assert.NotNull((await Act(new SessionAction.RaiseHand())).Value?.RaisedAt);
        Assert.True((await Act(new SessionAction.React(new Emoji("thumbsup", "1F44D", null)))).IsAccepted);
        Assert.True((await Act(new SessionAction.LowerHand())).IsAccepted);
        Assert.Equal(Refusal.Unavailable, (await Act(new SessionAction.Mute())).Refusal);

        Task<Answer<SessionActed>> Act(SessionAction action) => participant.Act(bob.Connection, bob.Session, action);
    }

    [Fact]
    public async Task A_mute_of_a_session_that_has_not_got_its_room_yet_is_not_said_to_hold_D15()
    {
        await using var meeting = await Meeting.Start();
        var (world, call, bob) = (meeting.World, meeting.Call, meeting.Bob);
        await world.Participant(call, bob.User).Act(bob.Connection, bob.Session, new SessionAction.Unmute());
        world.Node.Lose(call, bob.Session);
        Assert.Equal(Refusal.MediaMoved, (await world.Offer(bob)).Refusal);
        world.Node.LosesAnswers = true;

        var answer = await meeting.Control(new HostControl.Mute(bob.Session));

        Assert.Equal(Refusal.Unavailable, answer.Refusal);
    }

    [Fact]
    public async Task What_concerns_a_user_reaches_them_wherever_they_are_S42()
    {
        await using var meeting = await Meeting.Start();
        var world = meeting.World;
        await world.WatchUser(meeting.Bob.User);

        await meeting.Control(new HostControl.AskUnmute(meeting.Bob.Session));

        await Eventually.Sees(
            "bob is asked",
            () => world.Gateway.News.Where(news => news.Event is CallEvent.UnmuteRequested).Select(news => (news.Audience, news.CallId)).ToArray(),
            seen => seen.SequenceEqual([(new Audience.User(meeting.Bob.User), (CallId?)meeting.Call)]));
    }

    [Fact]
    public async Task Host_lock_hand_mute_and_block_survive_a_killed_host_D11()
    {
        await using var meeting = await Meeting.Start();
        var (world, call, alice, bob) = (meeting.World, meeting.Call, meeting.Alice, meeting.Bob);
        var carol = await world.JoinCall(call, world.Workspace.AddUser());
        await world.Participant(call, bob.User).Act(bob.Connection, bob.Session, new SessionAction.RaiseHand());
        await world.Participant(call, bob.User).Act(bob.Connection, bob.Session, new SessionAction.Unmute());
        await meeting.Control(new HostControl.Remove(carol.Session, Block: true, AllSessions: true));
        await meeting.Control(new HostControl.Make(bob.User));
        var before = await world.Call(call).Look();

        await world.KillAndRestart();

        var after = (await world.Call(call).Look())!;
        Assert.Equal((bob.User, true), (after.HostUserId, after.HostLocked));
        Assert.Equal(
            before!.Sessions.Select(session => (session.SessionId, session.Muted, session.RaisedAt)),
            after.Sessions.Select(session => (session.SessionId, session.Muted, session.RaisedAt)));
        Assert.Equal(Refusal.Blocked, (await world.TryJoin(call, carol.User)).Answer.Refusal);
        Assert.Equal(Refusal.Forbidden, (await world.Host(call).Use(new HostAuthor(alice.User, false), new HostControl.MuteOthers())).Refusal);
    }

    [Fact]
    public async Task A_move_gives_the_new_device_the_place_and_the_node_closes_the_old_one_S19()
    {
        await using var meeting = await Meeting.Start();
        var (world, call, bob) = (meeting.World, meeting.Call, meeting.Bob);
        await world.Participant(call, bob.User).Act(bob.Connection, bob.Session, new SessionAction.RaiseHand());

        var (moved, phone) = await world.TryJoin(call, bob.User, from: bob.Session);

        Assert.True(moved.IsAccepted, $"refused: {moved.Refusal}");
        Assert.Equal([meeting.Alice.Session, phone.Session], moved.Value!.Call.Sessions.Select(session => session.SessionId));
        Assert.NotNull(moved.Value.Call.Sessions[1].RaisedAt);
        Assert.Null(world.Node.Find(call, bob.Session));
        Assert.NotNull(world.Node.Find(call, phone.Session));
        Assert.Equal(Refusal.SessionGone, (await world.Resume(bob, lastSeq: 0)).Refusal);
        Assert.Equal(Refusal.SessionGone, (await world.TryJoin(call, bob.User, from: bob.Session)).Answer.Refusal);
    }

    [Fact]
    public async Task Of_two_devices_that_take_the_same_call_over_one_wins_S21()
    {
        await using var meeting = await Meeting.Start();
        var (world, call, bob) = (meeting.World, meeting.Call, meeting.Bob);

        var answers = await Task.WhenAll(
            world.TryJoin(call, bob.User, from: bob.Session), world.TryJoin(call, bob.User, from: bob.Session));

        Assert.Single(answers, answer => answer.Answer.IsAccepted);
        Assert.Single(answers, answer => answer.Answer.Refusal == Refusal.SessionGone);
        Assert.Equal(2, (await world.Call(call).Look())!.Sessions.Length);
    }

    [Fact]
    public async Task Controls_that_cross_leave_one_host_who_is_present()
    {
        for (var round = 0; round < 8; round++)
        {
            await using var meeting = await Meeting.Start();
            var (world, call, alice, bob) = (meeting.World, meeting.Call, meeting.Alice, meeting.Bob);
            var carol = await world.JoinCall(call, world.Workspace.AddUser());

            // Alice gives the chair away twice, and to one who is leaving, while that one leaves.
            var answers = await Task.WhenAll(
                meeting.Control(new HostControl.Make(bob.User)),
                meeting.Control(new HostControl.Make(carol.User)),
                world.Participant(call, carol.User).Leave(carol.Connection, carol.Session),
                meeting.Control(new HostControl.Remove(bob.Session, false, false)));

            var view = (await world.Call(call).Look())!;
            Assert.Contains(view.HostUserId, view.Sessions.Select(session => session.UserId));
            Assert.All(answers, answer => Assert.True(
                answer.Refusal is null or Refusal.Forbidden or Refusal.NotInCall or Refusal.SessionGone, $"refused: {answer.Refusal}"));
            Assert.Equal(view.Sessions.Length, view.Sessions.Select(session => session.SessionId).Distinct().Count());
        }
    }

    private sealed class Meeting : IAsyncDisposable
    {
        public required CallWorld World { get; init; }

        public required CallWorld.Member Alice { get; init; }

        public required CallWorld.Member Bob { get; init; }

        public CallId Call => Alice.Call;

        /// <summary>Alice is host, Bob is there; both have media.</summary>
        public static async Task<Meeting> Start()
        {
            var world = await CallWorld.Start();
            var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
            var channel = world.Workspace.AddChannel(ChannelKind.Public, alice, bob);
            var hers = await world.Join(channel, alice);
            var his = await world.JoinCall(hers.Call, bob);
            await world.MediaUp(hers);
            await world.MediaUp(his);
            return new Meeting { World = world, Alice = hers, Bob = his };
        }

        public Task<Answer> Control(HostControl control) => World.Host(Call).Use(new HostAuthor(Alice.User, IsAdmin: false), control);

        public ValueTask DisposeAsync() => World.DisposeAsync();
    }
}
