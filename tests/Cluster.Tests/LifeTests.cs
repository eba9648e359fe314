using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Calls.Cluster.Tests.Fakes;
using Calls.Contracts.Calls;
using Calls.Contracts.Gateways;
using Calls.Contracts.Hosts;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Workspace;
using Calls.Support;

namespace Calls.Cluster.Tests;

/// <summary>What happens in a call between its start and its end.</summary>
public sealed class LifeTests
{
    [Fact]
    public async Task The_last_one_leaving_writes_the_end_into_the_post_and_keeps_a_record_D6_D16_S50()
    {
        await using var world = await CallWorld.Start();
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var channel = world.Workspace.AddChannel(ChannelKind.Public, alice, bob);
        await world.RenewChannel(channel);
        var first = await world.Join(channel, alice);
        var second = await world.JoinCall(first.Call, bob);

        await world.Participant(first.Call, alice).Leave(first.Connection, first.Session);
        await world.Participant(first.Call, bob).Leave(second.Connection, second.Session);

        var post = Assert.Single(world.Workspace.Posts.Kept.Values);
        Assert.Equal("last_left", post.Props["reason"]);
        Assert.Equal($"{alice},{bob}", post.Props["participants"]);
        Assert.True(post.Props.ContainsKey("durationMs") && post.Props.ContainsKey("endedAt"));
        var record = world.Records.Ended[first.Call];
        Assert.Equal((CallEndReason.LastLeft, 2), (record.Reason, record.SessionsMax));
        Assert.Equal(0, world.Node.SessionsOf(first.Call));
        await Eventually.True("participants and channel hear of the end", () => world.Gateway.Of<CallEvent.CallEnded>().Count == 2);
        Assert.Null(await world.Call(first.Call).Look());
        Assert.NotEqual(first.Call, (await world.Open(channel, alice)).Value!.Call);
    }

    [Fact]
    public async Task A_call_that_is_over_does_not_stay_in_memory_for_those_who_ask_after_it()
    {
        await using var world = await CallWorld.Start(idleAge: TimeSpan.FromDays(30));
        var alice = world.Workspace.AddUser();
        var only = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        await world.Participant(only.Call, alice).Leave(only.Connection, only.Session);

        // As a participant's sweep does, and its node's last report.
        Assert.Empty(await world.Call(only.Call).SessionsOf(alice));
        await world.Report(world.Node, only.Call, new NodeEvent.Disconnected(
            world.Time.GetUtcNow(), only.Call, only.Session, 1, DisconnectReason.Closed));
        await world.PassInSilence("the call to be out of memory", async () => !await world.IsInMemory(only.Call));

        Assert.Null(await world.Call(only.Call).Look());
    }

    [Fact]
    public async Task An_end_that_names_more_people_than_its_post_takes_is_written_without_them_S50()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        world.Workspace.Posts.PropsCharactersMax = world.Workspace.Posts.Kept.Values.Single().Props.Values.Sum(value => value.Length) + 60;

        await world.Participant(member.Call, alice).Leave(member.Connection, member.Session);

        var props = world.Workspace.Posts.Kept.Values.Single().Props;
        Assert.Equal("last_left", props["reason"]);
        Assert.DoesNotContain("participants", props.Keys);
        Assert.Equal(alice, Assert.Single(world.Records.Ended[member.Call].Participants));
    }

    [Fact]
    public async Task The_time_to_the_first_packet_is_that_of_a_voice_and_counts_from_when_its_session_was_made()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var first = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        await world.MediaUp(first);
        await world.Pass(TimeSpan.FromSeconds(30), first.Call, first.Session);
        var (_, second) = await world.TryJoin(first.Call, alice, from: first.Session);
        var seen = new List<double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Name == "calls.join.first_packet") { to.EnableMeasurementEvents(instrument); }
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => { lock (seen) { seen.Add(value); } });
        listener.Start();

        world.Time.Advance(TimeSpan.FromSeconds(2));
        await world.Report(world.Node, first.Call, Packet(LineRole.ScreenVideoOut), Packet(LineRole.VoiceOut), Packet(LineRole.VoiceOut));

        Assert.Equal([2.0], seen);

        NodeEvent Packet(LineRole role) => new NodeEvent.FirstPacket(world.Time.GetUtcNow(), first.Call, second.Session, 1, role);
    }

    [Fact]
    public async Task Events_are_numbered_without_gaps_and_a_resume_gets_those_it_missed()
    {
        await using var world = await CallWorld.Start();
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var first = await world.Join(world.Workspace.AddChannel(ChannelKind.Direct, alice, bob), alice);
        await world.JoinCall(first.Call, bob);
        await world.Participant(first.Call, alice).Act(first.Connection, first.Session, new SessionAction.Mute());
        await world.Participant(first.Call, alice).ConnectionLost(first.Connection, first.Session);

        var resumed = await world.Resume(first, lastSeq: 3);

        Assert.Null(resumed.Value!.Resumed.Call);
        Assert.Equal([4L, 5L, 6L], resumed.Value.Resumed.Events!.Value.Select(news => news.Seq!.Value));
        Assert.IsType<CallEvent.Muted>(resumed.Value.Resumed.Events.Value[0].Event);
        await Eventually.Sees(
            "events 1 to 6",
            () => world.Gateway.News.Where(news => news.Audience is Audience.Participants).Select(news => news.Seq).Order().ToArray(),
            seen => seen.SequenceEqual([1L, 2L, 3L, 4L, 5L, 6L]));
        Assert.Equal(Refusal.ResumeLost, (await world.Resume(first, lastSeq: 5)).Refusal);
        Assert.Equal(
            Refusal.NotYourSession,
            (await world.Participant(first.Call, alice).Act(first.Connection, first.Session, new SessionAction.Unmute())).Refusal);
    }

    [Fact]
    public async Task What_is_no_longer_held_is_answered_by_a_snapshot()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Direct, alice), alice);
        await world.Deactivate(member.Call);

        var resumed = await world.Resume(member, lastSeq: 1);

        Assert.Null(resumed.Value!.Resumed.Events);
        Assert.Equal(2, resumed.Value.Resumed.Call!.Seq);
    }

    [Fact]
    public async Task A_mute_is_answered_when_the_node_holds_it_and_repeated_until_it_does_D15()
    {
        await using var world = await CallWorld.Start();
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Direct, alice, bob), alice);
        await world.MediaUp(member);
        var participant = world.Participant(member.Call, alice);

        Assert.True((await participant.Act(member.Connection, member.Session, new SessionAction.Mute())).IsAccepted);
        Assert.True(world.Node.Find(member.Call, member.Session)!.Permissions.Muted);
        await participant.Act(member.Connection, member.Session, new SessionAction.Unmute());

        world.Node.Refusal = NodeError.Unreachable;
        Assert.Equal(Refusal.Unavailable, (await participant.Act(member.Connection, member.Session, new SessionAction.Mute())).Refusal);
        Assert.False(world.Node.Find(member.Call, member.Session)!.Permissions.Muted);
        world.Node.Refusal = null;

        await world.Pass(
            "the node holds the mute", () => world.Node.Find(member.Call, member.Session)!.Permissions.Muted, member.Call, member.Session);
    }

    [Fact]
    public async Task Media_that_never_connects_is_told_and_closed_S81()
    {
        await using var world = await CallWorld.Start();
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var first = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice, bob), alice);
        await world.MediaUp(first);
        var second = await world.JoinCall(first.Call, bob);

        await world.Pass(
            "bob's session is told why",
            () => world.Gateway.Of<CallEvent.SessionEnded>()
                .Any(ended => ended.SessionId == second.Session && ended.Reason == LeaveReason.MediaTimeout),
            first.Call,
            first.Session,
            second.Session);

        Assert.Equal(first.Session, (await world.Call(first.Call).Look())!.Sessions.Single().SessionId);
        await Eventually.True("the node let go of it", () => world.Node.Find(first.Call, second.Session) is null);
    }

    [Fact]
    public async Task A_gateway_that_falls_silent_starts_the_grace_of_its_sessions_and_its_word_ends_it_D11()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        await world.MediaUp(member);

        await world.PassInSilence("the session is disconnected", async () =>
            (await world.Call(member.Call).Look())!.Sessions[0].Connection == SessionConnection.Disconnected);
        await world.Renew(member.Call, member.Session);
        Assert.Equal(SessionConnection.Connected, (await world.Call(member.Call).Look())!.Sessions[0].Connection);

        await world.PassInSilence("the call is over", () => Task.FromResult(world.Records.Ended.ContainsKey(member.Call)));
        Assert.InRange(world.Time.GetUtcNow() - ManualTime.DefaultStart, TimeSpan.FromSeconds(25 + 25 + 30), TimeSpan.FromSeconds(120));
    }

    [Fact]
    public async Task Signing_out_closes_the_sessions_of_the_user_S18()
    {
        await using var world = await CallWorld.Start();
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var first = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice, bob), alice);
        foreach (var device in new[] { await world.JoinCall(first.Call, bob), await world.JoinCall(first.Call, bob) })
        {
            await world.Participant(first.Call, bob).Close(device.Session, LeaveReason.SignedOut);
        }

        Assert.Equal(alice, (await world.Call(first.Call).Look())!.Sessions.Single().UserId);
        await Eventually.True("both devices are told", () => world.Gateway.Of<CallEvent.SessionEnded>()
            .Count(ended => ended.Reason == LeaveReason.SignedOut) == 2);
    }

    [Fact]
    public async Task Archiving_ends_the_call_with_its_reason_3_1()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var channel = world.Workspace.AddChannel(ChannelKind.Public, alice);
        var member = await world.Join(channel, alice);

        await world.Channel(channel).Archived(alice);

        Assert.Equal(CallEndReason.ChannelArchived, world.Records.Ended[member.Call].Reason);
    }

    [Fact]
    public async Task Only_the_host_and_admins_use_the_chair_S34_S37()
    {
        await using var world = await CallWorld.Start();
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice, bob), alice);
        await world.JoinCall(member.Call, bob);

        Assert.Equal(Refusal.Forbidden, (await world.Host(member.Call).Use(new HostAuthor(bob, false), new HostControl.Make(bob))).Refusal);
        Assert.True((await world.Host(member.Call).Use(new HostAuthor(alice, false), new HostControl.Make(bob))).IsAccepted);
        Assert.Equal(Refusal.Forbidden, (await world.Host(member.Call).Use(new HostAuthor(alice, false), new HostControl.End())).Refusal);
        Assert.True((await world.Host(member.Call).Use(new HostAuthor(bob, false), new HostControl.End())).IsAccepted);
        Assert.Equal(CallEndReason.EndedByHost, world.Records.Ended[member.Call].Reason);
    }

    [Fact]
    public async Task Slots_and_speakers_are_told_once_and_again_to_who_returns()
    {
        await using var world = await CallWorld.Start();
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var first = await world.Join(world.Workspace.AddChannel(ChannelKind.Direct, alice, bob), alice);
        var second = await world.JoinCall(first.Call, bob);
        ImmutableArray<SessionId?> voices = [first.Session, null, null];

        await world.Report(world.Node, first.Call, new NodeEvent.Slots(world.Time.GetUtcNow(), first.Call, voices, Spare: second.Session));
        await world.Report(world.Node, first.Call, new NodeEvent.Slots(world.Time.GetUtcNow(), first.Call, voices, Spare: second.Session));
        await world.Report(world.Node, first.Call, new NodeEvent.Speaking(world.Time.GetUtcNow(), first.Call, [first.Session], first.Session));
        await Eventually.True("speaking is told", () => world.Gateway.Of<CallEvent.Speaking>().Count == 1);

        // Nobody hears themselves: alice's own slot carries the spare voice.
        Assert.Equal([second.Session, null, null], SlotsToldTo(world, first).Single().Voice.ToArray());
        Assert.Equal([first.Session, null, null], SlotsToldTo(world, second).Single().Voice.ToArray());

        await world.Resume(second, lastSeq: 0);
        await Eventually.True("slots and speakers are told again to bob alone", () =>
            SlotsToldTo(world, second).Count == 2 && world.Gateway.Of<CallEvent.Speaking>().Count == 2);
        Assert.Single(SlotsToldTo(world, first));
    }

    [Fact]
    public async Task The_channel_hears_of_a_changed_roster_at_most_once_a_second()
    {
        await using var world = await CallWorld.Start();
        var people = Enumerable.Range(0, 6).Select(_ => world.Workspace.AddUser()).ToArray();
        var channel = world.Workspace.AddChannel(ChannelKind.Public, people);
        await world.RenewChannel(channel);
        var first = await world.Join(channel, people[0]);

        foreach (var person in people[1..]) { await world.JoinCall(first.Call, person); }

        await Eventually.True("one count is told", () => world.Gateway.Of<CallEvent.CallUpdated>().Count == 1);
        await world.Pass(
            "the last count",
            () => world.Gateway.Of<CallEvent.CallUpdated>() is { Count: 2 } told && told[^1].Participants == 6,
            first.Call);
    }

    private static List<CallEvent.Slots> SlotsToldTo(CallWorld world, CallWorld.Member member) => [.. world.Gateway.News
        .Where(news => news.Audience == new Audience.Session(member.Session)).Select(news => news.Event).OfType<CallEvent.Slots>()];
}
