using Calls.Cluster.Tests.Fakes;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Support;

namespace Calls.Cluster.Tests;

public sealed class JoinTests
{
    [Fact]
    public async Task From_start_to_the_answered_offer_S1_S26_S27_S50()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var channel = world.Workspace.AddChannel(ChannelKind.Public, alice);
        await world.RenewChannel(channel);

        var opened = await world.Open(channel, alice, title: "Standup");
        Assert.Null((await world.Channel(channel).Look()).Call);
        var (joined, member) = await world.TryJoin(opened.Value!.Call, alice);
        var answered = await world.Offer(member);

        Assert.True(joined.Value!.Muted);
        Assert.Equal(alice, joined.Value.Call.HostUserId);
        Assert.Equal("Standup", joined.Value.Call.Title);
        Assert.Equal(1, joined.Value.Media.Generation);
        Assert.Equal("answer 1 to offer", answered.Value!.Sdp);
        var post = Assert.Single(world.Workspace.Posts.Kept.Values);
        Assert.Equal(joined.Value.Call.ThreadId, post.Id);
        Assert.Equal(PostType.Call, post.Type);
        await Eventually.True("the channel hears of the call", () => world.Gateway.Of<CallEvent.CallStarted>().Count == 1);
        Assert.NotNull((await world.Channel(channel).Look()).Call);
    }

    [Fact]
    public async Task Two_people_press_start_in_the_same_millisecond_and_make_one_call_S1()
    {
        await using var world = await CallWorld.Start();
        var people = Enumerable.Range(0, 8).Select(_ => world.Workspace.AddUser()).ToArray();
        var channel = world.Workspace.AddChannel(ChannelKind.Public, people);

        var opened = await Task.WhenAll(people.Select(person => world.Open(channel, person)));
        foreach (var (call, person) in opened.Zip(people)) { await world.JoinCall(call.Value!.Call, person); }

        Assert.Single(opened.Select(answer => answer.Value!.Call).Distinct());
        Assert.Equal(1, world.Workspace.Posts.Made);
        Assert.Equal(8, (await world.Channel(channel).Look()).Call!.Sessions.Length);
    }

    [Fact]
    public async Task A_direct_channel_begins_unmuted_S28()
    {
        await using var world = await CallWorld.Start();
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var channel = world.Workspace.AddChannel(ChannelKind.Direct, alice, bob);

        var member = await world.Join(channel, alice);

        Assert.False((await world.Call(member.Call).Look())!.Sessions.Single().Muted);
        Assert.False(world.Node.Find(member.Call, member.Session)!.Permissions.Muted);
    }

    [Fact]
    public async Task Strangers_learn_nothing_and_members_of_an_archived_channel_why_S12_S13_S17()
    {
        await using var world = await CallWorld.Start();
        var (alice, stranger, guest) = (
            world.Workspace.AddUser(), world.Workspace.AddUser(), world.Workspace.AddUser(UserRole.Guest));
        var open = world.Workspace.AddChannel(ChannelKind.Public, alice);
        var closed = world.Workspace.AddChannel(ChannelKind.Private, alice);
        var archived = world.Workspace.AddChannel(ChannelKind.Public, alice);
        world.Workspace.KnownChannels[archived] = world.Workspace.KnownChannels[archived] with { Archived = true };

        Assert.Equal(Refusal.NotAMember, (await world.Open(open, stranger)).Refusal);
        Assert.Equal(Refusal.NotFound, (await world.Open(closed, stranger)).Refusal);
        Assert.Equal(Refusal.NotFound, (await world.Open(open, guest)).Refusal);
        Assert.Equal(Refusal.ChannelArchived, (await world.Open(archived, alice)).Refusal);
        Assert.Equal(Refusal.NotFound, (await world.Open(TestIds.New<Contracts.Ids.ChannelId>(), alice)).Refusal);
    }

    [Fact]
    public async Task Without_a_media_node_a_start_leaves_nothing_behind()
    {
        await using var world = await CallWorld.Start(nodes: 0);
        var alice = world.Workspace.AddUser();
        var channel = world.Workspace.AddChannel(ChannelKind.Public, alice);

        var opened = await world.Open(channel, alice);

        Assert.Equal(Refusal.NoMediaNode, opened.Refusal);
        Assert.Empty(world.Workspace.Posts.Kept);
        Assert.Null((await world.Channel(channel).Look()).Call);
    }

    [Fact]
    public async Task A_start_that_nobody_joins_deletes_its_post_and_announces_nothing()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var channel = world.Workspace.AddChannel(ChannelKind.Public, alice);
        await world.RenewChannel(channel);
        var opened = await world.Open(channel, alice);

        await world.Pass("the post is deleted", () => world.Workspace.Posts.Kept.IsEmpty, opened.Value!.Call);

        Assert.Empty(world.Gateway.News);
        Assert.Equal(Refusal.NoCall, (await world.TryJoin(opened.Value.Call, alice)).Answer.Refusal);
        Assert.NotEqual(opened.Value.Call, (await world.Open(channel, alice)).Value!.Call);
    }

    [Fact]
    public async Task A_post_that_cannot_be_made_ends_the_start()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var channel = world.Workspace.AddChannel(ChannelKind.Public, alice);
        world.Workspace.Posts.RefusesNew = true;

        Assert.Equal(Refusal.Unavailable, (await world.Open(channel, alice)).Refusal);
        world.Workspace.Posts.RefusesNew = false;

        Assert.True((await world.Open(channel, alice)).IsAccepted);
        Assert.Equal(1, world.Workspace.Posts.Made);
    }

    [Fact]
    public async Task A_post_that_takes_longer_than_a_call_waits_for_its_first_is_unavailable()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var asked = new TaskCompletionSource<CallId>(TaskCreationOptions.RunContinuationsAsynchronously);
        var made = new TaskCompletionSource();
        world.Workspace.Posts.BeforeCreate = post =>
        {
            asked.TrySetResult(CallId.From(post.OperationId!));
            return made.Task;
        };
        var opened = world.Open(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        var call = await Eventually.Comes("the post is asked for", asked.Task);
        await world.PassInSilence("the call has failed", async () => !await world.Call(call).IsRunning());

        made.SetResult();

        Assert.Equal(Refusal.Unavailable, (await Eventually.Comes("an answer", opened)).Refusal);
        Assert.Empty(world.Workspace.Posts.Kept);
    }

    [Fact]
    public async Task A_node_that_is_full_sends_the_start_to_another()
    {
        await using var world = await CallWorld.Start(nodes: 2);
        var alice = world.Workspace.AddUser();
        var channel = world.Workspace.AddChannel(ChannelKind.Public, alice);
        world.Node.Refusal = Contracts.MediaNodes.NodeError.Full;

        var member = await world.Join(channel, alice);

        Assert.NotNull(world.NodeAt(1).Find(member.Call, member.Session));
    }

    [Fact]
    public async Task The_same_join_again_is_answered_as_before_and_makes_no_second_session()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var channel = world.Workspace.AddChannel(ChannelKind.Public, alice);
        var opened = await world.Open(channel, alice);

        var (first, _) = await world.TryJoin(opened.Value!.Call, alice, operation: "op");
        var (again, _) = await world.TryJoin(opened.Value.Call, alice, operation: "op");
        var (another, _) = await world.TryJoin(opened.Value.Call, alice, operation: "another");

        Assert.Equal(first.Value!.SessionId, again.Value!.SessionId);
        Assert.Equal(first.Value.ResumeToken, again.Value.ResumeToken);
        Assert.NotEqual(first.Value.SessionId, another.Value!.SessionId);
        Assert.Equal(2, another.Value.Call.Sessions.Length);
    }

    [Fact]
    public async Task The_limit_counts_sessions_and_refuses_the_next_D9()
    {
        await using var world = await CallWorld.Start(new() { ["Calls:Limits:Participants"] = "2" });
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var channel = world.Workspace.AddChannel(ChannelKind.Public, alice, bob);
        var first = await world.Join(channel, alice);
        await world.JoinCall(first.Call, alice);

        Assert.Equal(Refusal.CallFull, (await world.TryJoin(first.Call, bob)).Answer.Refusal);
    }

    [Theory]
    [InlineData("Admins", Refusal.CallsTestMode)]
    [InlineData("Nobody", Refusal.CallsDisabled)]
    public async Task Who_may_start_is_the_operators_decision_S8(string policy, Refusal refusal)
    {
        await using var world = await CallWorld.Start(new() { ["Calls:Policy:Start"] = policy });
        var alice = world.Workspace.AddUser();
        var channel = world.Workspace.AddChannel(ChannelKind.Public, alice);

        Assert.Equal(refusal, (await world.Open(channel, alice)).Refusal);
    }

    [Fact]
    public async Task An_offer_that_the_node_rejects_says_why()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);

        var answer = await world.Offer(member, "unanswerable");

        Assert.Equal(Refusal.SdpRejected, answer.Refusal);
        Assert.Equal("sdp.noBundle", answer.Detail);
    }
}
