using Calls.Gateway.Tests.Host;

namespace Calls.Gateway.Tests.Signalling;

/// <summary>Starting is for administrators, and a call has room for one.</summary>
public sealed class PolicyTests(PolicyTests.Program program) : IClassFixture<PolicyTests.Program>
{
    [Fact]
    public async Task S12_Who_may_not_start_a_call_may_join_one_and_then_it_is_full()
    {
        var (admin, alice) = (await Person.SignIn(program, "admin"), await Person.SignIn(program, "alice"));
        var channel = await alice.NewChannel(admin);
        await using var alices = await alice.Connect();
        await using var admins = await admin.Connect();
        await using var phone = await admin.Connect();

        Assert.Equal("calls_test_mode", await alices.Refused("Join", new { channelId = channel }));
        var first = await admins.Join(channel);
        var second = await alices.Join(channel);
        Assert.Equal(first.Call, second.Call);
        Assert.Equal("call_full", await phone.Refused("Join", new { channelId = channel }));
    }

    [Fact]
    public async Task S25_A_channel_tells_who_may_start_and_who_may_turn_the_switch()
    {
        var (admin, alice, bob) = (await Person.SignIn(program, "admin"), await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(admin, bob);
        var direct = (await alice.Post("channels", new { kind = "direct", members = new[] { bob.Id } })).Get("id");
        async Task<(string, bool)> Told(Person who, string where)
        {
            var body = (await who.Get($"channels/{where}")).Body;
            return (body.GetProperty("callsPolicy").GetString()!, body.GetProperty("mayTurnCalls").GetBoolean());
        }

        Assert.Equal(("admins", true), await Told(admin, channel));
        Assert.Equal(("admins", false), await Told(alice, channel));
        Assert.Equal(("admins", true), await Told(bob, direct));
    }

    public sealed class Program : CallsProgram
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["Policy:Start"] = "admins",
            ["Limits:Participants"] = "2",
        };
    }
}

/// <summary>There is no media node.</summary>
public sealed class NoMediaNodeTests(NoMediaNodeTests.Program program) : IClassFixture<NoMediaNodeTests.Program>
{
    [Fact]
    public async Task A_start_without_a_media_node_is_refused_and_leaves_nothing_behind()
    {
        var alice = await Person.SignIn(program, "alice");
        var channel = await alice.NewChannel();
        await using var device = await alice.Connect();

        Assert.Equal("no_media_node", await device.Refused("Join", new { channelId = channel }));
        Assert.Empty((await alice.Get($"channels/{channel}/posts")).Body.GetProperty("items").EnumerateArray());
    }

    public sealed class Program : CallsProgram
    {
        protected override bool HasNode => false;
    }
}
