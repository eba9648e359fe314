using Calls.Cluster.Tests.Fakes;
using Calls.Contracts.Calls;
using Calls.Contracts.Hosts;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Workspace;
using Calls.Support;

namespace Calls.Cluster.Tests;

/// <summary>What a call survives: its own host, and the workspace's database.</summary>
public sealed class LossTests
{
    [Fact]
    public async Task A_killed_host_comes_back_with_roster_host_and_mute()
    {
        await using var world = await CallWorld.Start();
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var channel = world.Workspace.AddChannel(ChannelKind.Direct, alice, bob);
        var first = await world.Join(channel, alice);
        var second = await world.JoinCall(first.Call, bob);
        await world.MediaUp(first);
        await world.MediaUp(second);
        await world.Participant(first.Call, bob).Act(second.Connection, second.Session, new SessionAction.Mute());
        await world.Host(first.Call).Use(new HostAuthor(alice, false), new HostControl.Make(bob));
        var before = await world.Call(first.Call).Look();

        await world.KillAndRestart();
        var after = await world.Call(first.Call).Look();

        Assert.Equal(before! with { Sessions = [] }, after! with { Sessions = [] });
        Assert.Equal(before.Sessions.ToArray(), after.Sessions.ToArray());
        Assert.Equal((bob, true), (after.HostUserId, after.HostLocked));
        var current = await world.Grains.GetGrain<Contracts.Users.IUserGrain>(bob.Value).CurrentCalls();
        Assert.Equal(first.Call, Assert.Single(current).CallId);

        // Its clients return, and nothing of the media was touched.
        await world.Pass(TimeSpan.FromSeconds(40), first.Call, first.Session, second.Session);
        Assert.Equal(2, (await world.Call(first.Call).Look())!.Sessions.Length);
        Assert.Equal(2, world.Node.Reservations.Count);
        Assert.True((await world.Resume(first, lastSeq: 0)).IsAccepted);
        Assert.Equal(first.Call, (await world.Open(channel, bob)).Value!.Call);
    }

    [Fact]
    public async Task What_was_owed_when_the_host_was_killed_is_done_by_the_next()
    {
        await using var world = await CallWorld.Start();
        var (alice, bob) = (world.Workspace.AddUser(), world.Workspace.AddUser());
        var channel = world.Workspace.AddChannel(ChannelKind.Direct, alice, bob);
        var first = await world.Join(channel, alice);
        var second = await world.JoinCall(first.Call, bob);
        await world.MediaUp(first);
        world.Node.Refusal = NodeError.Unreachable;
        await world.Participant(first.Call, alice).Act(first.Connection, first.Session, new SessionAction.Mute());
        await world.Participant(first.Call, bob).Leave(second.Connection, second.Session);

        await world.KillAndRestart();
        world.Node.Refusal = null;
        await world.Call(first.Call).Look();

        await world.Pass(
            "the mute holds and who left is closed",
            () => world.Node.Find(first.Call, first.Session)!.Permissions.Muted && world.Node.Find(first.Call, second.Session) is null,
            first.Call,
            first.Session);
    }

    [Fact]
    public async Task An_end_that_the_workspace_could_not_take_is_written_later_even_by_another_host()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var channel = world.Workspace.AddChannel(ChannelKind.Public, alice);
        var member = await world.Join(channel, alice);
        world.Workspace.Posts.IsAway = true;
        await world.Participant(member.Call, alice).Leave(member.Connection, member.Session);
        Assert.False(world.Workspace.Posts.Kept.Values.Single().Props.ContainsKey("reason"));

        await world.KillAndRestart();
        world.Workspace.Posts.IsAway = false;
        await world.Call(member.Call).Look();

        await world.Pass(
            "the end in the post",
            () => world.Workspace.Posts.Kept.Values.Single().Props.GetValueOrDefault("reason") == "last_left",
            member.Call);
    }

    [Fact]
    public async Task A_workspace_that_hangs_holds_up_nobody_for_long_and_is_asked_again()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Workspace.Posts.BeforeEdit = _ =>
        {
            asked.TrySetResult();
            return new TaskCompletionSource().Task;
        };
        var left = world.Participant(member.Call, alice).Leave(member.Connection, member.Session);
        await Eventually.Comes("the post is edited", asked.Task);
        Assert.False(left.IsCompleted);

        world.Workspace.Posts.BeforeEdit = _ => Task.CompletedTask;
        world.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.True((await Eventually.Comes("the leave is answered", left)).IsAccepted);
        await world.Pass(
            "the end in the post",
            () => world.Workspace.Posts.Kept.Values.Single().Props.GetValueOrDefault("reason") == "last_left",
            member.Call);
    }

    [Fact]
    public async Task A_start_that_was_cut_off_is_finished_after_a_restart_and_leaves_one_post_or_none()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var channel = world.Workspace.AddChannel(ChannelKind.Public, alice);
        world.Workspace.Posts.IsAway = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Open(channel, alice));

        await world.KillAndRestart();
        world.Workspace.Posts.IsAway = false;
        await world.RenewChannel(channel);
        await world.PassInSilence("the start goes on", () => Task.FromResult(world.Workspace.Posts.Made == 1));
        await world.PassInSilence("nobody joins, and its post is gone", () => Task.FromResult(world.Workspace.Posts.Kept.IsEmpty));

        await world.Join(channel, alice);
        Assert.Single(world.Workspace.Posts.Kept);
    }

    [Fact]
    public async Task A_call_nobody_returns_to_is_found_by_its_reminder_and_ends()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        await world.MediaUp(member);

        await world.Deactivate(member.Call);
        await world.PassInSilence("the call is over", () => Task.FromResult(world.Records.Ended.ContainsKey(member.Call)));
    }
}
