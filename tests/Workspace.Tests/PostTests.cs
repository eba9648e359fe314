using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;

namespace Calls.Workspace.Tests;

public sealed class PostsOnSqlite(SqliteFixture fixture) : PostTests(fixture), IClassFixture<SqliteFixture>;

public sealed class PostsOnPostgres(PostgresFixture fixture) : PostTests(fixture), IClassFixture<PostgresFixture>;

/// <summary>What may be done to a post.</summary>
public abstract class PostTests(WorkspaceFixture fixture)
{
    private IPosts Posts => fixture.Workspace.Posts;

    [Fact]
    public async Task A_thread_in_which_a_call_was_started_is_not_deleted()
    {
        var square = await fixture.Channel("alice", "town-square");
        var root = await fixture.Write(square, "alice", "let us talk");
        var reply = await fixture.Write(square, "carol", "yes", root.Id);
        var card = await Card(square, "bob", root.Id);

        Assert.Equal(Refusal.Forbidden, (await Posts.Delete(root.Id, default)).Refusal);

        Assert.Equal(2, (await Posts.Find(root.Id, default))!.Replies);
        Assert.True((await Posts.Delete(reply.Id, default)).IsAccepted);
        Assert.True((await Posts.Delete(card.Id, default)).IsAccepted); // Of a call that never came to life.
        Assert.True((await Posts.Delete(root.Id, default)).IsAccepted);
    }

    [Fact]
    public async Task The_post_of_a_call_that_never_came_to_life_goes_with_what_was_said_about_it()
    {
        var square = await fixture.Channel("alice", "town-square");
        var card = await Card(square, "bob", null);
        var reply = await fixture.Write(square, "carol", "what was that?", card.Id);

        Assert.True((await Posts.Delete(card.Id, default)).IsAccepted);

        Assert.Null(await Posts.Find(reply.Id, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public async Task A_post_is_not_edited_until_it_says_nothing_but_its_file_says_something(string nothing)
    {
        var (alice, square) = ((await fixture.User("alice")).Id, await fixture.Channel("alice", "town-square"));
        var words = await fixture.Write(square, "alice", "words");
        var file = (await fixture.Workspace.Files.Add(alice, "a.txt", "text/plain", new MemoryStream([1]), null, default)).Value!;
        var picture = (await Posts.Create(new NewPost(square, null, alice, PostType.Text, "look", [], [file.Id], null), default)).Value!;

        Assert.Equal(Refusal.Invalid, (await Posts.Edit(words.Id, nothing, null, default)).Refusal);
        Assert.Equal(nothing, (await Posts.Edit(picture.Id, nothing, null, default)).Value!.Text);
    }

    private async Task<Post> Card(ChannelId channel, string author, PostId? thread) => (await Posts.Create(
        new NewPost(channel, thread, (await fixture.User(author)).Id, PostType.Call, "", [], [], null), default)).Value!;
}
