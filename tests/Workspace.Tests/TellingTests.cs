using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Workspace;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Workspace.Tests;

public sealed class TellingOnSqlite(SqliteFixture fixture) : TellingTests(fixture), IClassFixture<SqliteFixture>;

public sealed class TellingOnPostgres(PostgresFixture fixture) : TellingTests(fixture), IClassFixture<PostgresFixture>;

/// <summary>Whoever asks for something may go away at any step of it: then it is done and told, or neither.</summary>
public abstract class TellingTests(WorkspaceFixture fixture)
{
    private IChannels Channels => fixture.Workspace.Channels;

    private IPosts Posts => fixture.Workspace.Posts;

    private IUsers Users => fixture.Workspace.Users;

    [Fact]
    public Task A_kept_post_is_told() => KeptIsTold(async attempt =>
    {
        var (alice, square) = ((await fixture.User("alice")).Id, await fixture.Channel("alice", "town-square"));
        var root = await fixture.Write(square, "bob", $"root {attempt}");
        return new Wish(
            cancellation => Posts.Create(new NewPost(square, root.Id, alice, PostType.Text, "told", [], [], null), cancellation),
            async () => (await Posts.Find(root.Id, default))!.Replies == 1,
            news => news is CallEvent.PostCreated { Post: var post } && post.ThreadId == root.Id);
    });

    [Fact]
    public Task The_thread_of_a_kept_post_is_told() => KeptIsTold(async attempt =>
    {
        var (alice, square) = ((await fixture.User("alice")).Id, await fixture.Channel("alice", "town-square"));
        var root = await fixture.Write(square, "bob", $"root {attempt}");
        return new Wish(
            cancellation => Posts.Create(new NewPost(square, root.Id, alice, PostType.Text, "told", [], [], null), cancellation),
            async () => (await Posts.Find(root.Id, default))!.Replies == 1,
            news => news is CallEvent.PostEdited { Post: { Replies: 1 } post } && post.Id == root.Id);
    });

    [Fact]
    public Task A_kept_edit_is_told() => KeptIsTold(async _ =>
    {
        var post = await fixture.Write(await fixture.Channel("alice", "town-square"), "alice", "before");
        return new Wish(
            cancellation => Posts.Edit(post.Id, "after", null, cancellation),
            async () => (await Posts.Find(post.Id, default))!.Text == "after",
            news => news is CallEvent.PostEdited { Post: var edited } && edited.Id == post.Id);
    });

    [Fact]
    public Task A_deletion_that_holds_is_told() => KeptIsTold(async _ =>
    {
        var post = await fixture.Write(await fixture.Channel("alice", "town-square"), "alice", "deleted");
        return new Wish(
            cancellation => Posts.Delete(post.Id, cancellation),
            async () => await Posts.Find(post.Id, default) is null,
            news => news is CallEvent.PostDeleted { PostId: var deleted } && deleted == post.Id);
    });

    [Fact]
    public Task A_kept_channel_is_told_and_so_are_its_changes_and_its_members() => KeptIsTold(
        async attempt =>
        {
            var dave = (await fixture.User("dave")).Id;
            var name = $"told-{attempt}";
            return new Wish(
                cancellation => Channels.Create(new NewChannel(ChannelKind.Public, name, null, []), dave, cancellation),
                async () => (await Channels.ListOf(dave, new PageRequest(null, 200), default)).Items.Any(channel => channel.Name == name),
                news => news is CallEvent.MemberAdded { User.Username: "dave" });
        },
        async attempt =>
        {
            var channel = (await NewChannel(attempt)).Id;
            return new Wish(
                cancellation => Channels.Rename(channel, "Renamed", cancellation),
                async () => (await Channels.Find(channel, default))!.DisplayName == "Renamed",
                news => news is CallEvent.ChannelChanged { ChannelId: var changed } && changed == channel);
        },
        async attempt =>
        {
            var (channel, bob) = ((await NewChannel(attempt)).Id, (await fixture.User("bob")).Id);
            return new Wish(
                cancellation => Channels.AddMember(channel, bob, cancellation),
                async () => await Channels.FindMember(channel, bob, default) is not null,
                news => news is CallEvent.MemberAdded { ChannelId: var joined } && joined == channel);
        },
        async attempt =>
        {
            var (channel, dave) = ((await NewChannel(attempt)).Id, (await fixture.User("dave")).Id);
            return new Wish(
                cancellation => Channels.RemoveMember(channel, dave, cancellation),
                async () => await Channels.FindMember(channel, dave, default) is null,
                news => news is CallEvent.MemberRemoved { ChannelId: var left } && left == channel);
        });

    [Fact]
    public Task A_kept_user_is_told_and_so_are_their_changes() => KeptIsTold(
        attempt =>
        {
            var name = $"told.{attempt}";
            return Task.FromResult(new Wish(
                cancellation => Users.Create(new NewUser(name, "Told", UserRole.Member, "password-1"), cancellation),
                async () => await Users.FindByName(name, default) is not null,
                news => news is CallEvent.UserChanged { User.Username: var made } && made == name));
        },
        async attempt =>
        {
            var user = (await Users.Create(new NewUser($"changed.{attempt}", "Before", UserRole.Guest, "password-1"), default)).Value!.Id;
            return new Wish(
                cancellation => Users.Change(user, new UserChange("After", Password: "password-2"), cancellation),
                async () => (await Users.Find(user, default))!.DisplayName == "After",
                news => news is CallEvent.UserChanged { User: { DisplayName: "After" } changed } && changed.Id == user);
        });

    private async Task<ChannelInfo> NewChannel(int attempt) => (await Channels.Create(
        new NewChannel(ChannelKind.Private, $"{Guid.NewGuid():N}-{attempt}", null, []), (await fixture.User("dave")).Id, default)).Value!;

    private async Task KeptIsTold(params Func<int, Task<Wish>>[] wishes)
    {
        foreach (var next in wishes)
        {
            int? steps = null;
            for (var goesAt = 1; steps is null || goesAt <= steps + 1; goesAt++)
            {
                var wish = await next(goesAt);
                await Told();
                steps = await Ask(wish, goesAt);
                Assert.Equal((goesAt, steps, await wish.IsKept()), (goesAt, steps, (await Told()).Any(wish.Tells)));
            }
        }
    }

    // How many steps there were until it was done; null when it was given up.
    private static async Task<int?> Ask(Wish wish, int goesAt)
    {
        using var client = new CancellationTokenSource();
        var steps = 0;
        try
        {
            await DatabaseSteps.Of(
                _ =>
                {
                    if (++steps == goesAt) { client.Cancel(); }
                },
                async () =>
                {
                    await wish.Make(client.Token);
                    return true;
                });
            return steps;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<ImmutableArray<CallEvent>> Told()
    {
        var mark = new CallEvent.UserChanged(await fixture.User("alice"));
        fixture.Services.GetRequiredService<WorkspaceFeed>().Publish(null, mark);
        var told = ImmutableArray.CreateBuilder<CallEvent>();
        await foreach (var change in fixture.Workspace.Feed.Read(default))
        {
            if (ReferenceEquals(change.Event, mark)) { break; }

            told.Add(change.Event);
        }

        return told.ToImmutable();
    }

    private sealed record Wish(Func<CancellationToken, Task> Make, Func<Task<bool>> IsKept, Func<CallEvent, bool> Tells);
}
