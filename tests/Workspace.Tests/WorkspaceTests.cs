using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Workspace.Tests;

public sealed class OnSqlite(SqliteFixture fixture) : WorkspaceTests(fixture), IClassFixture<SqliteFixture>;

public sealed class OnPostgres(PostgresFixture fixture) : WorkspaceTests(fixture), IClassFixture<PostgresFixture>;

/// <summary>What the workspace promises, on either database.</summary>
public abstract class WorkspaceTests(WorkspaceFixture fixture)
{
    private IWorkspace Workspace => fixture.Workspace;

    [Fact]
    public async Task The_demo_has_everybody_in_town_square_the_guest_included()
    {
        var square = await fixture.Channel("alice", "town-square");

        var members = await Workspace.Channels.Members(square, new PageRequest(null), default);

        Assert.Equal(["admin", "alice", "bob", "carol", "dave", "guest"], members.Items.Select(member => member.User.Username));
        Assert.NotEmpty((await Workspace.Posts.List(square, new PageRequest(null), default)).Items);
    }

    [Fact]
    public async Task A_second_start_plants_nothing_and_keeps_everything()
    {
        var square = await fixture.Channel("alice", "town-square");
        var post = await fixture.Write(square, "alice", "kept");

        await using var again = fixture.Open();
        await again.PrepareWorkspace(default);

        var there = again.GetRequiredService<IWorkspace>();
        Assert.Equal("kept", (await there.Posts.Find(post.Id, default))!.Text);
        Assert.Equal(square, (await there.Channels.ListOf(post.Author.Id, new PageRequest(null), default))
            .Items.Single(channel => channel.Name == "town-square").Id);
    }

    [Fact]
    public async Task A_start_makes_the_bot_where_an_older_database_has_none_and_no_second_one()
    {
        var bot = await fixture.User(User.BotName);
        Assert.Equal((UserRole.Bot, "Calls"), (bot.Role, bot.DisplayName));
        await using var again = fixture.Open();
        await using (var db = again.GetRequiredService<WorkspaceDatabase>().Open())
        {
            await db.Users.Where(user => user.Id == bot.Id.Value).ExecuteDeleteAsync();
        }

        await again.PrepareWorkspace(default);
        await again.PrepareWorkspace(default);

        Assert.Equal(UserRole.Bot, (await fixture.User(User.BotName)).Role);
    }

    [Fact]
    public async Task A_sign_in_needs_the_right_password_of_an_active_user()
    {
        Assert.Equal("alice", (await Workspace.Users.Authenticate("Alice", "calls-demo", default))?.User.Username);
        Assert.Null(await Workspace.Users.Authenticate("alice", "calls-demo ", default));
        Assert.Null(await Workspace.Users.Authenticate("nobody", "calls-demo", default));
        Assert.Null(await Workspace.Users.Authenticate("calls", "", default));
        Assert.Null(await Workspace.Users.Authenticate("al\0ice", "calls-demo", default));

        var erin = (await Workspace.Users.Create(new NewUser("erin", "Erin", UserRole.Member, "password-1"), default)).Value!;
        await Workspace.Users.Change(erin.Id, new UserChange(Deactivated: true), default);
        Assert.Null(await Workspace.Users.Authenticate("erin", "password-1", default));
        Assert.Equal([erin.Id], await Workspace.Users.Barred([erin.Id, (await fixture.User("bob")).Id], default));
    }

    [Fact]
    public async Task A_guest_sees_only_the_channels_they_were_added_to()
    {
        var guest = await fixture.User("guest");
        var dave = await fixture.User("dave");
        var fresh = (await Workspace.Channels.Create(new NewChannel(ChannelKind.Public, "open-house", null, []), dave.Id, default)).Value!;

        Assert.False(await Workspace.Channels.MaySee(fresh.Id, guest.Id, default));
        Assert.Equal(
            new ChannelStanding(ChannelKind.Public, Archived: false, UserRole.Guest, Deactivated: false, IsMember: false, MaySee: false, PeerDeactivated: false, PeerIsBot: false),
            await Workspace.Channels.Standing(fresh.Id, guest.Id, default));
        Assert.True((await Workspace.Channels.Standing(fresh.Id, (await fixture.User("bob")).Id, default))!.MaySee);
        Assert.Null(await Workspace.Channels.Standing(fresh.Id, default(UserId), default));
        var places = await Workspace.Channels.IdsOfEach([guest.Id, dave.Id], default);
        Assert.DoesNotContain(fresh.Id, places[guest.Id]);
        Assert.Contains(fresh.Id, places[dave.Id]);
        Assert.True(await Workspace.Channels.MaySee(fresh.Id, (await fixture.User("bob")).Id, default));

        await Workspace.Channels.AddMember(fresh.Id, guest.Id, default);
        Assert.True(await Workspace.Channels.MaySee(fresh.Id, guest.Id, default));
        Assert.False((await Workspace.Channels.FindMember(fresh.Id, guest.Id, default))!.IsAdmin);
        Assert.True((await Workspace.Channels.FindMember(fresh.Id, dave.Id, default))!.IsAdmin);
    }

    [Fact]
    public async Task Public_channels_to_enter_come_by_name_and_page_by_page()
    {
        var (dave, carol) = (await fixture.User("dave"), await fixture.User("carol"));
        foreach (var name in new[] { "browse-b", "browse-a", "browse-c" })
        {
            await Workspace.Channels.Create(new NewChannel(ChannelKind.Public, name, null, []), dave.Id, default);
        }

        var first = await Workspace.Channels.Browse(carol.Id, new PageRequest("browse", 2), default);
        var second = await Workspace.Channels.Browse(carol.Id, new PageRequest(first.Next, 2), default);

        Assert.Equal(["browse-a", "browse-b"], first.Items.Select(channel => channel.Name));
        Assert.Equal("browse-c", second.Items[0].Name);
        Assert.DoesNotContain((await Workspace.Channels.Browse(dave.Id, new PageRequest(null, 200), default)).Items, channel => channel.Name == "browse-a");
    }

    [Fact]
    public async Task The_same_people_find_the_same_direct_channel_named_after_the_other()
    {
        var (dave, carol) = (await fixture.User("dave"), await fixture.User("carol"));

        var first = await Workspace.Channels.Create(new NewChannel(ChannelKind.Direct, null, null, [carol.Id]), dave.Id, default);
        var second = await Workspace.Channels.Create(new NewChannel(ChannelKind.Direct, null, null, [dave.Id]), carol.Id, default);

        Assert.Equal(first.Value!.Id, second.Value!.Id);
        Assert.Equal("Carol Cole", (await Workspace.Channels.View(first.Value.Id, dave.Id, default))!.DisplayName);
        Assert.Equal(Refusal.Invalid, (await Workspace.Channels.AddMember(first.Value.Id, (await fixture.User("bob")).Id, default)).Refusal);
    }

    [Fact]
    public async Task A_direct_channel_tells_who_is_on_the_other_side_the_service_itself_or_a_person()
    {
        var (dave, carol, service) = (await fixture.User("dave"), await fixture.User("carol"), await fixture.User(User.BotName));
        var people = (await Workspace.Channels.Create(new NewChannel(ChannelKind.Direct, null, null, [carol.Id]), dave.Id, default)).Value!;
        var written = (await Workspace.Channels.Create(new NewChannel(ChannelKind.Direct, null, null, [dave.Id]), service.Id, default)).Value!;

        foreach (var (channel, isBot) in new[] { (people.Id, false), (written.Id, true) })
        {
            Assert.Equal(isBot, (await Workspace.Channels.Standing(channel, dave.Id, default))!.PeerIsBot);
            Assert.Equal(isBot, (await Workspace.Channels.View(channel, dave.Id, default))!.PeerIsBot);
        }
    }

    [Fact]
    public async Task Unread_counts_what_others_wrote_since_the_member_last_read()
    {
        var dave = await fixture.User("dave");
        var channel = (await Workspace.Channels.Create(
            new NewChannel(ChannelKind.Private, "counted", null, [(await fixture.User("bob")).Id]), dave.Id, default)).Value!.Id;
        await fixture.Write(channel, "bob", "one");
        await fixture.Write(channel, "bob", "two");

        Assert.Equal(2, (await Workspace.Channels.View(channel, dave.Id, default))!.Unread);
        await Workspace.Channels.MarkRead(channel, dave.Id, default);
        Assert.Equal(0, (await Workspace.Channels.View(channel, dave.Id, default))!.Unread);

        await fixture.Write(channel, "bob", "three");
        await fixture.Write(channel, "dave", "four");
        Assert.Equal(0, (await Workspace.Channels.View(channel, dave.Id, default))!.Unread);
    }

    [Fact]
    public async Task A_thread_holds_its_first_post_and_its_replies_in_order()
    {
        var square = await fixture.Channel("alice", "town-square");
        var first = await fixture.Write(square, "alice", "first");
        var reply = await fixture.Write(square, "bob", "second", first.Id);
        await fixture.Write(square, "carol", "third", first.Id);

        var thread = await Workspace.Posts.Thread(first.Id, new PageRequest(null), default);

        Assert.Equal(["first", "second", "third"], thread!.Items.Select(post => post.Text));
        Assert.Equal(2, thread.Items[0].Replies);
        Assert.DoesNotContain((await Workspace.Posts.List(square, new PageRequest(null), default)).Items, post => post.Id == reply.Id);
        Assert.Null(await Workspace.Posts.Thread(reply.Id, new PageRequest(null), default));

        await Workspace.Posts.Delete(first.Id, default);
        Assert.Null(await Workspace.Posts.Find(reply.Id, default));
    }

    [Fact]
    public async Task A_repeated_operation_makes_no_second_post_for_ten_minutes()
    {
        var square = await fixture.Channel("alice", "town-square");
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => fixture.Write(square, "alice", "once", operation: "op-1")));
        Assert.Single(made.Select(post => post.Id).Distinct());

        fixture.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.NotEqual(made[0].Id, (await fixture.Write(square, "alice", "once", operation: "op-1")).Id);
    }

    [Fact]
    public async Task Pages_join_without_a_gap_or_a_double()
    {
        var channel = (await Workspace.Channels.Create(
            new NewChannel(ChannelKind.Private, "paged", null, []), (await fixture.User("dave")).Id, default)).Value!.Id;
        for (var i = 0; i < 7; i++) { await fixture.Write(channel, "dave", $"{i}"); }

        var texts = new List<string>();
        string? after = null;
        do
        {
            var page = await Workspace.Posts.List(channel, new PageRequest(after, 3), default);
            texts.AddRange(page.Items.Select(post => post.Text));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(["6", "5", "4", "3", "2", "1", "0"], texts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("nul\0")]
    public async Task A_post_that_says_nothing_or_cannot_be_kept_is_invalid(string text)
    {
        var square = await fixture.Channel("alice", "town-square");
        var answer = await Workspace.Posts.Create(
            new NewPost(square, null, (await fixture.User("alice")).Id, PostType.Text, text, [], [], null), default);
        Assert.Equal(Refusal.Invalid, answer.Refusal);
    }

    [Fact]
    public async Task An_archived_channel_takes_no_post_until_it_is_unarchived()
    {
        var party = await fixture.Channel("carol", "winter-party");
        var post = new NewPost(party, null, (await fixture.User("carol")).Id, PostType.Text, "late", [], [], null);

        Assert.Equal(Refusal.ChannelArchived, (await Workspace.Posts.Create(post, default)).Refusal);
        await Workspace.Channels.SetArchived(party, false, default);
        Assert.True((await Workspace.Posts.Create(post, default)).IsAccepted);
        await Workspace.Channels.SetArchived(party, true, default);
    }

    [Fact]
    public async Task A_file_belongs_to_its_uploader_until_a_post_carries_it_and_goes_with_the_post()
    {
        var (alice, bob) = (await fixture.User("alice"), await fixture.User("bob"));
        var square = await fixture.Channel("alice", "town-square");
        var file = (await Workspace.Files.Add(alice.Id, "notes.txt", "text/plain", new MemoryStream([1, 2, 3]), null, default)).Value!;
        NewPost Carrying(UserId author) => new(square, null, author, PostType.Text, "", [], [file.Id], null);

        Assert.Null((await Workspace.Files.Find(file.Id, default))!.Channel);
        Assert.Equal(Refusal.Invalid, (await Workspace.Posts.Create(Carrying(bob.Id), default)).Refusal);
        var post = (await Workspace.Posts.Create(Carrying(alice.Id), default)).Value!;
        Assert.Equal(square, (await Workspace.Files.Find(file.Id, default))!.Channel);
        Assert.Equal(file, Assert.Single(post.Files));
        Assert.Equal(Refusal.Invalid, (await Workspace.Posts.Create(Carrying(alice.Id), default)).Refusal);

        await using (var content = await Workspace.Files.Open(file.Id, default)) { Assert.Equal(3, content.Length); }
        await Workspace.Posts.Delete(post.Id, default);
        Assert.Null(await Workspace.Files.Find(file.Id, default));
        await Assert.ThrowsAsync<FileNotFoundException>(() => Workspace.Files.Open(file.Id, default));
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused_and_leaves_nothing()
    {
        var answer = await Workspace.Files.Add(
            (await fixture.User("alice")).Id, "big", "application/octet-stream", new MemoryStream(new byte[1001]), null, default);
        Assert.Equal(Refusal.TooLarge, answer.Refusal);
    }

    [Fact]
    public async Task A_session_by_http_is_known_until_it_is_removed()
    {
        var session = new HttpSession(
            Entropy.NewId<SessionId>(), Entropy.NewId<CallId>(), Entropy.NewId<ChannelId>(), (await fixture.User("alice")).Id, "hash");
        await fixture.Records.AddHttpSession(session with { TokenHash = "earlier" }, default);
        await fixture.Records.AddHttpSession(session, default);
        await using var other = fixture.Open();

        Assert.Equal(session, Assert.Single(await other.GetRequiredService<IRecords>().HttpSessions(default)));
        await fixture.Records.RemoveHttpSession(session.Id, default);
        Assert.Empty(await fixture.Records.HttpSessions(default));
    }

    [Fact]
    public async Task An_ended_call_a_setting_and_an_audit_entry_come_back_as_they_were_kept()
    {
        var alice = (await fixture.User("alice")).Id;
        var now = fixture.Time.GetUtcNow();
        var call = new EndedCall(
            Entropy.NewId<CallId>(), await fixture.Channel("alice", "town-square"), Entropy.NewId<PostId>(), "title", alice,
            now, now.AddSeconds(1), CallEndReason.LastLeft, [alice], 2, ChannelKind.Public);
        await fixture.Records.AddCall(call, default);
        await fixture.Records.AddCall(call with { SessionsMax = 3 }, default);
        await fixture.Records.SetSettings(new Dictionary<string, string?> { ["a"] = "1", ["b"] = "1" }.ToImmutableDictionary(), default);
        await fixture.Records.SetSettings(new Dictionary<string, string?> { ["a"] = "2", ["b"] = null, ["c"] = null }.ToImmutableDictionary(), default);
        var entry = new AuditEntry(now, alice, "users.create", alice, call.Id, "detail");
        await fixture.Records.AddAudit(entry, default);

        var kept = (await fixture.Records.FindCall(call.Id, default))!;
        Assert.Equal(3, kept.SessionsMax);
        Assert.Equal(alice, Assert.Single(kept.Participants));
        Assert.Equal([KeyValuePair.Create("a", "2")], await fixture.Records.Settings(default));
        Assert.Equal(entry, (await fixture.Records.Audit(new PageRequest(null), default)).Items[0]);
    }

    [Fact]
    public async Task Ended_calls_are_counted_by_the_day_they_began_and_the_kind_of_their_channel()
    {
        var (alice, bob) = ((await fixture.User("alice")).Id, (await fixture.User("bob")).Id);
        var midnight = new DateTimeOffset(2031, 5, 2, 0, 0, 0, TimeSpan.Zero);
        await Keep(midnight.AddMinutes(-1), minutes: 10, ChannelKind.Public, CallEndReason.LastLeft, alice, bob);
        await Keep(midnight, minutes: 1, ChannelKind.Public, CallEndReason.LastLeft, alice);
        await Keep(midnight.AddHours(23), minutes: 120, ChannelKind.Public, CallEndReason.MaxDuration, alice, bob);
        await Keep(midnight, minutes: 3, ChannelKind.Direct, CallEndReason.Alone, bob);
        await Keep(midnight, minutes: 5, kind: null, CallEndReason.LastLeft, bob);
        await Keep(midnight, minutes: 7, ChannelKind.Public, CallEndReason.Failed);

        var counts = await fixture.Records.CountCalls(new DateOnly(2031, 5, 2), default);

        var day = new DateOnly(2031, 5, 2);
        Assert.Equal(
            new HashSet<CallCount>
            {
                new(day, null, 1, TimeSpan.FromMinutes(5), 1),
                new(day, ChannelKind.Public, 2, TimeSpan.FromMinutes(121), 3),
                new(day, ChannelKind.Direct, 1, TimeSpan.FromMinutes(3), 1),
            },
            counts.ToHashSet());
        Assert.Equal(2, (await fixture.Records.CountCalls(day.AddDays(-1), default)).First(count => count.Day < day).Participants);

        async Task Keep(DateTimeOffset start, int minutes, ChannelKind? kind, CallEndReason reason, params UserId[] people) =>
            await fixture.Records.AddCall(
                new EndedCall(
                    Entropy.NewId<CallId>(), Entropy.NewId<ChannelId>(), Entropy.NewId<PostId>(), null, alice, start, start.AddMinutes(minutes), reason,
                    [.. people], people.Length, kind),
                default);
    }

    [Fact]
    public async Task Calls_kept_before_statistics_were_are_counted_too()
    {
        var (alice, bob) = ((await fixture.User("alice")).Id, (await fixture.User("bob")).Id);
        var start = new DateTimeOffset(2029, 6, 7, 8, 9, 10, TimeSpan.Zero);
        await fixture.Records.AddCall(
            new EndedCall(
                Entropy.NewId<CallId>(), await fixture.Channel("alice", "town-square"), Entropy.NewId<PostId>(), null, alice, start,
                start.AddMilliseconds(90_001), CallEndReason.LastLeft, [alice, bob], 2, ChannelKind.Public),
            default);
        var before = await CountOfThatDay();

        await using (var db = fixture.Services.GetRequiredService<WorkspaceDatabase>().Open())
        {
            await db.GetService<IMigrator>().MigrateAsync("Begin");
            await db.GetService<IMigrator>().MigrateAsync();
        }

        Assert.Equal(2, Assert.Single(before).Participants);
        Assert.Equal(before, await CountOfThatDay());

        async Task<List<CallCount>> CountOfThatDay() =>
            [.. (await fixture.Records.CountCalls(new DateOnly(2029, 6, 7), default)).Where(count => count.Day == new DateOnly(2029, 6, 7))];
    }

    [Fact]
    public async Task The_feed_tells_each_change_in_order()
    {
        var square = await fixture.Channel("alice", "town-square");
        var root = await fixture.Write(square, "alice", "watched");
        var reply = await fixture.Write(square, "bob", "seen", root.Id);

        var seen = new List<CallEvent>();
        await foreach (var change in Workspace.Feed.Read(default))
        {
            seen.Add(change.Event);
            if (change.Event is CallEvent.PostEdited { Post: var edited } && edited.Id == root.Id) { break; }
        }

        Assert.Contains(seen, change => change is CallEvent.PostCreated { Post: var post } && post.Id == root.Id);
        var answered = seen.FindIndex(change => change is CallEvent.PostCreated { Post: var post } && post.Id == reply.Id);
        Assert.Equal(1, Assert.IsType<CallEvent.PostEdited>(seen[answered + 1]).Post.Replies);
    }
}
