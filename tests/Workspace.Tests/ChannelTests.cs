using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Workspace.Rows;
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
}
