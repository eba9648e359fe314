using Calls.Cluster.Tests.Fakes;
using Calls.Contracts.Calls;
using Calls.Contracts.Gateways;
using Calls.Contracts.Ids;
using Calls.Contracts.Users;
using Calls.Contracts.Workspace;
using Calls.Support;

namespace Calls.Cluster.Tests;

/// <summary>A user is there while a gateway holds a hub connection of theirs, and a pause longer.</summary>
public sealed class PresenceTests
{
    [Fact]
    public async Task Who_connects_is_there_and_is_gone_a_pause_after_the_last_gateway_let_go()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        await User(world, alice).Watch(world.Subscription);
        await User(world, alice).Watch(world.Subscription);
        Assert.Equal([(alice, true)], world.Workspace.Presence);

        await User(world, alice).Unwatch(world.Subscription.Gateway);
        world.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Single(world.Workspace.Presence);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Sees("they are gone", () => world.Workspace.Presence, seen => seen.SequenceEqual([(alice, true), (alice, false)]));
    }

    [Fact]
    public async Task A_reload_is_not_seen()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        await User(world, alice).Watch(world.Subscription);
        await User(world, alice).Unwatch(world.Subscription.Gateway);
        world.Time.Advance(TimeSpan.FromSeconds(9));
        await User(world, alice).Watch(world.Subscription);

        for (var i = 0; i < 6; i++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(10));
            await User(world, alice).Watch(world.Subscription);
        }

        Assert.Equal([(alice, true)], world.Workspace.Presence);
    }

    [Fact]
    public async Task With_a_gateway_that_dies_its_users_are_gone()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        await User(world, alice).Watch(world.Subscription);

        await world.PassInSilence("they are gone", () => Task.FromResult(world.Workspace.Presence.Contains((alice, false))));
    }

    [Fact]
    public async Task Whom_no_gateway_speaks_of_after_their_grain_was_lost_is_found_by_its_reminder()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        await User(world, alice).Watch(world.Subscription);

        await world.Deactivate(alice);

        // A reminder of minutes: second by second that would be hundreds of rounds.
        await world.PassInSilence("they are gone", () => Task.FromResult(world.Workspace.Presence.Contains((alice, false))), seconds: 10);
        await User(world, alice).Watch(world.Subscription);
        Assert.Equal((alice, true), world.Workspace.Presence.Last());
    }

    [Fact]
    public async Task What_is_about_a_user_is_told_once_to_each_gateway_where_they_or_their_acquaintances_are()
    {
        await using var world = await CallWorld.Start();
        var (alice, first, second) = (world.Workspace.AddUser(), TestIds.New<ChannelId>(), TestIds.New<ChannelId>());
        await User(world, alice).Watch(world.Subscription);
        foreach (var channel in new[] { first, second }) { await world.RenewChannel(channel); }
        var elsewhere = new RecordingGateway();
        var other = new GatewaySubscription(new GatewayId("gateway-2"), world.Grains.CreateObjectReference<IGatewayObserver>(elsewhere));
        await world.Channel(second).Watch(other);
        var change = new CallEvent.UserChanged(new User(alice, "alice", "Alice", UserRole.Member, UserStatus.Away, Deactivated: false));

        var gateways = await world.Channel(second).Gateways();
        await User(world, alice).AnnounceWidely(change, [first, second], gateways);

        Assert.Equal(["gateway-1", "gateway-2"], gateways.Select(gateway => gateway.Gateway.Value).Order());
        foreach (var gateway in new[] { world.Gateway, elsewhere })
        {
            await Eventually.True("the change is told", () => gateway.Of<CallEvent.UserChanged>().Count > 0);
            var audience = Assert.IsType<Audience.Acquaintances>(Assert.Single(gateway.News, news => news.Event is CallEvent.UserChanged).Audience);
            Assert.Equal(alice, audience.About);
            Assert.Equal<ChannelId>([first, second], audience.Channels);
        }
    }

    private static IUserGrain User(CallWorld world, UserId user) => world.Grains.GetGrain<IUserGrain>(user.Value);
}
