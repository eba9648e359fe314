using Calls.Contracts.Workspace;
using Calls.Gateway.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Gateway.Tests.Hosts;

/// <summary>What a host control asks around before it reaches the host's grain.</summary>
public sealed class ControlCostTests(ControlCostTests.Program program) : IClassFixture<ControlCostTests.Program>
{
    [Fact]
    public async Task By_either_way_a_control_asks_once_whether_its_author_is_a_member()
    {
        var alice = await Person.SignIn(program, "alice");
        var channel = await alice.NewChannel();
        await using var device = await alice.Connect();
        var joined = await device.Join(channel);
        var before = Asked();

        await alice.Post($"calls/{joined.Call}/host/mute-others");
        Assert.Equal(before + 1, Asked());

        Assert.Equal("Everybody else is muted.", (await alice.Post("commands", new { channelId = channel, text = "/call mute-all" })).Get("response"));
        Assert.Equal(before + 2, Asked());

        int Asked() => CountingCalls<IChannels>.Of(program.Services, nameof(IChannels.FindMember));
    }

    public sealed class Program : CallsProgram
    {
        protected override void Configure(IServiceCollection services) => CountingCalls<IChannels>.Wrap(services);
    }
}
