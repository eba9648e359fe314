using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Support;
using Calls.Workspace.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Workspace.Tests;

public sealed class ChannelsOnSqlite(SqliteFixture fixture) : ChannelTests(fixture), IClassFixture<SqliteFixture>;

public sealed class ChannelsOnPostgres(PostgresFixture fixture) : ChannelTests(fixture), IClassFixture<PostgresFixture>;

/// <summary>Whose conversation is whose.</summary>
public abstract class ChannelTests(WorkspaceFixture fixture)
{
    private IChannels Channels => fixture.Workspace.Channels;

    [Theory]
    [InlineData(ChannelKind.Private, "direct-with-somebody")]
    [InlineData(ChannelKind.Public, "direct-")]
    [InlineData(ChannelKind.Private, "group-of-others")]
    public async Task Nobody_takes_a_name_that_people_are_led_to(ChannelKind kind, string name)
    {
        var dave = (await fixture.User("dave")).Id;

        Assert.Equal(Refusal.Invalid, (await Channels.Create(new NewChannel(kind, name, null, []), dave, default)).Refusal);
    }

    [Theory]
    [InlineData(ChannelKind.Direct, "carol")]
    [InlineData(ChannelKind.Group, "bob", "dave")]
    public async Task People_are_not_led_into_a_channel_of_another_kind_that_has_their_name(ChannelKind kind, params string[] others)
    {
        var alice = (await fixture.User("alice")).Id;
        var people = ImmutableArray.CreateRange(await Task.WhenAll(others.Select(async name => (await fixture.User(name)).Id)));
        await using (var db = await fixture.Services.GetRequiredService<WorkspaceDatabase>().OpenToWrite(default))
        {
            db.Channels.Add(new ChannelRow
            {
                Id = Entropy.NewId<ChannelId>().Value,
                Kind = ChannelKind.Private,
                Name = ChannelNames.OfPeople(kind, people.Add(alice)),
                DisplayName = "A trap",
            });
            await db.SaveChangesAsync();
        }

        Assert.Equal(Refusal.Invalid, (await Channels.Create(new NewChannel(kind, null, null, people), alice, default)).Refusal);
    }

    [Fact]
    public async Task A_membership_that_could_not_be_kept_is_no_membership()
    {
        var (dave, bob) = ((await fixture.User("dave")).Id, (await fixture.User("bob")).Id);
        var channel = (await Channels.Create(new NewChannel(ChannelKind.Private, "no-room", null, []), dave, default)).Value!.Id;

        await Assert.ThrowsAsync<DbUpdateException>(() => DatabaseSteps.OfFailing(() => Channels.AddMember(channel, bob, default)));

        Assert.Null(await Channels.FindMember(channel, bob, default));
    }

    [Fact]
    public async Task A_channel_or_user_that_could_not_be_kept_is_not_said_to_be_there_already()
    {
        var dave = (await fixture.User("dave")).Id;

        await Assert.ThrowsAsync<DbUpdateException>(() => DatabaseSteps.OfFailing(
            () => Channels.Create(new NewChannel(ChannelKind.Private, "never-kept", null, []), dave, default)));
        await Assert.ThrowsAsync<DbUpdateException>(() => DatabaseSteps.OfFailing(
            () => fixture.Workspace.Users.Create(new NewUser("never.kept", "Never", UserRole.Member, "password-1"), default)));
    }

    [Fact]
    public async Task Who_is_added_twice_at_once_is_in_once_and_both_are_told_so()
    {
        var (dave, bob) = ((await fixture.User("dave")).Id, (await fixture.User("bob")).Id);
        var channel = (await Channels.Create(new NewChannel(ChannelKind.Private, "twice", null, []), dave, default)).Value!.Id;

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Channels.AddMember(channel, bob, default)));

        Assert.All(answers, answer => Assert.Equal("bob", answer.Value?.User.Username));
        Assert.Equal(2, (await Channels.Members(channel, new PageRequest(null), default)).Items.Length);
    }

    [Fact]
    public async Task Writing_goes_on_after_a_context_that_could_not_be_put_away()
    {
        var (alice, square) = ((await fixture.User("alice")).Id, await fixture.Channel("alice", "town-square"));
        await Assert.ThrowsAsync<IOException>(() => DatabaseSteps.Of(
            step =>
            {
                if (step.Kind == StepKind.Disposed) { throw new IOException("The connection broke."); }
            },
            async () =>
            {
                await Channels.MarkRead(square, alice, default);
                return true;
            }));

        await Eventually.Comes("the next turn to write", fixture.Write(square, "alice", "after it"));
    }

    [Theory]
    [InlineData("nul\0")]
    [InlineData("")]
    public async Task A_ring_tone_that_cannot_be_kept_is_invalid(string tone)
    {
        var dave = (await fixture.User("dave")).Id;

        Assert.Equal(
            Refusal.Invalid,
            (await fixture.Workspace.Users.Change(dave, new UserChange(Preferences: new UserPreferences(true, tone)), default)).Refusal);
    }
}
