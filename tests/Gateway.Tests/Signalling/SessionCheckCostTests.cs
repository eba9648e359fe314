using System.Security.Cryptography;
using System.Text;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Gateway.Tests.Host;
using Calls.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Gateway.Tests.Signalling;

/// <summary>What D15 costs: a round asks once for each user and channel, however many devices there are.</summary>
public sealed class SessionCheckCostTests(SessionCheckCostTests.Program program) : IClassFixture<SessionCheckCostTests.Program>
{
    [Fact]
    public async Task A_user_with_several_devices_is_looked_at_once_in_each_round()
    {
        var alice = await Person.SignIn(program, "alice");
        var channel = await alice.NewChannel();
        var devices = new List<TestDevice>();
        for (var i = 0; i < 4; i++)
        {
            devices.Add(await alice.Connect());
            await devices[i].Join(channel);
        }

        var before = Look();
        var after = await Eventually.Sees("five more rounds", Look, seen => seen.Rounds >= before.Rounds + 5);

        var rounds = after.Rounds - before.Rounds;
        Assert.InRange(after.Users - before.Users, rounds - 1, rounds + 1);
        Assert.InRange(after.Channels - before.Channels, rounds - 1, rounds + 1);
        foreach (var device in devices) { await device.DisposeAsync(); }

        // While no request is on its way, only the checks ask for the sign-in, and once a round.
        (int Rounds, int Users, int Channels) Look() => (
            CountingCalls<IRecords>.Of(program.Services, nameof(IRecords.FindSignIn), Hash(alice.Token)),
            CountingCalls<IChannels>.Of(program.Services, nameof(IChannels.IdsOf), UserId.From(alice.Id)),
            CountingCalls<IChannels>.Of(program.Services, nameof(IChannels.Find), ChannelId.From(channel)));
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public sealed class Program : CallsProgram
    {
        protected override void Configure(IServiceCollection services)
        {
            CountingCalls<IRecords>.Wrap(services);
            CountingCalls<IChannels>.Wrap(services);
        }
    }
}
