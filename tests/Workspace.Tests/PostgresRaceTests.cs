using Calls.Contracts.Calls;
using Calls.Contracts.Workspace;
using Calls.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Workspace.Tests;

/// <summary>PostgreSQL lets several write at once, where SQLite's writers stand in line: what one does while another is halfway.</summary>
public sealed class PostgresRaceTests(PostgresFixture fixture) : IClassFixture<PostgresFixture>
{
    private IPosts Posts => fixture.Workspace.Posts;

    [Fact]
    public async Task A_retry_that_overtakes_the_first_try_and_its_file_is_answered_alike()
    {
        var (alice, square) = ((await fixture.User("alice")).Id, await fixture.Channel("alice", "town-square"));
        var file = (await fixture.Workspace.Files.Add(alice, "a.txt", "text/plain", new MemoryStream([1]), null, default)).Value!;
        Task<Answer<Post>> Post() => Posts.Create(new NewPost(square, null, alice, PostType.Text, "once", [], [file.Id], "retried"), default);

        var (first, second) = await Overtake(
            step => step.Kind == StepKind.Executed && step.Command.Contains("\"Operations\"", StringComparison.Ordinal), Post, Post);

        Assert.Equal((Answer.Accepted, Answer.Accepted), (first.Plain, second.Plain));
        Assert.Equal(first.Value!.Id, second.Value!.Id);
    }

    [Fact]
    public async Task No_reply_is_left_of_a_thread_that_is_being_deleted()
    {
        var (bob, square) = ((await fixture.User("bob")).Id, await fixture.Channel("alice", "town-square"));
        var root = await fixture.Write(square, "alice", "about to go");

        var (deleted, reply) = await Overtake(
            step => step.Kind == StepKind.Committing,
            () => Posts.Delete(root.Id, default),
            async () => (await Posts.Create(new NewPost(square, root.Id, bob, PostType.Text, "too late", [], [], null), default)).Plain);

        Assert.Equal((Answer.Accepted, Refusal.NotFound), (deleted, reply.Refusal));
    }

    [Fact]
    public async Task A_post_that_was_not_to_be_seen_yet_stays_unread()
    {
        var (alice, bob, dave) = ((await fixture.User("alice")).Id, (await fixture.User("bob")).Id, (await fixture.User("dave")).Id);
        var channels = fixture.Workspace.Channels;
        var channel = (await channels.Create(new NewChannel(ChannelKind.Private, "overtaken", null, [alice, bob]), dave, default)).Value!.Id;
        Task<Answer<Post>> Post(Contracts.Ids.UserId author) => Posts.Create(new NewPost(channel, null, author, PostType.Text, "news", [], [], null), default);

        var (_, seen) = await Overtake(
            step => step.Kind == StepKind.Committing,
            async () => (await Post(alice)).Value is null ? 0 : 1,
            async () =>
            {
                await Post(bob);
                var shown = (await Posts.List(channel, new PageRequest(null), default)).Items.Length;
                await channels.MarkRead(channel, dave, default);
                return shown;
            });

        Assert.Equal(2 - seen, (await channels.View(channel, dave, default))!.Unread);
    }

    [Fact]
    public async Task A_sign_in_that_is_being_kept_while_the_password_changes_does_not_outlive_it()
    {
        var user = (await fixture.Workspace.Users.Create(new NewUser("racer", "Racer", UserRole.Member, "password-1"), default)).Value!.Id;
        var shown = (await fixture.Workspace.Users.Authenticate("racer", "password-1", default))!;
        var now = fixture.Time.GetUtcNow();

        await Overtake(
            step => step.Kind == StepKind.Committing,
            () => fixture.Records.AddSignIn(new SignIn("raced", user, now, now.AddDays(1)), shown.Credential, default),
            async () => (await fixture.Workspace.Users.Change(user, new UserChange(Password: "password-2"), default)).IsAccepted);

        Assert.Null(await fixture.Records.FindSignIn("raced", default));
    }

    [Fact]
    public async Task A_sign_in_that_is_to_be_kept_while_the_password_changes_is_not()
    {
        var user = (await fixture.Workspace.Users.Create(new NewUser("second.racer", "Racer", UserRole.Member, "password-1"), default)).Value!.Id;
        var shown = (await fixture.Workspace.Users.Authenticate("second.racer", "password-1", default))!;
        var now = fixture.Time.GetUtcNow();

        var (changed, kept) = await Overtake(
            step => step.Kind == StepKind.Committing,
            async () => (await fixture.Workspace.Users.Change(user, new UserChange(Password: "password-2"), default)).IsAccepted,
            () => fixture.Records.AddSignIn(new SignIn("raced too", user, now, now.AddDays(1)), shown.Credential, default));

        Assert.Equal((true, false), (changed, kept));
        Assert.Null(await fixture.Records.FindSignIn("raced too", default));
    }

    // The first comes to a step and stays there; the second goes as far as it can, to its end or to where it has to wait for the first.
    private async Task<(T First, T Second)> Overtake<T>(Func<DatabaseStep, bool> at, Func<Task<T>> first, Func<Task<T>> second)
    {
        var isThere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var mayGo = new ManualResetEventSlim();
        var one = Task.Run(() => DatabaseSteps.Of(
            step =>
            {
                if (at(step) && isThere.TrySetResult()) { mayGo.Wait(); }
            },
            first));
        try
        {
            await Eventually.Comes("the first halfway", isThere.Task);
            var two = Task.Run(second);
            await Eventually.Sees(
                "the second done, or waiting for the first", async () => two.IsCompleted || await SomebodyWaits(), settled => settled);
            mayGo.Set();
            return (await one, await two);
        }
        finally
        {
            mayGo.Set();
        }
    }

    private async Task<bool> SomebodyWaits()
    {
        await using var db = fixture.Services.GetRequiredService<WorkspaceDatabase>().Open();
        return await db.Database.SqlQuery<int>($"SELECT 1 AS \"Value\" FROM pg_stat_activity WHERE wait_event_type = 'Lock'").AnyAsync();
    }
}
