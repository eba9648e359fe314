using Calls.Contracts.Workspace;
using Calls.Gateway.Tests.Host;
using Calls.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Gateway.Tests.Signalling;

/// <summary>What D15 costs: a round asks five questions, however many devices, users and channels there are.</summary>
public sealed class SessionCheckCostTests(SessionCheckCostTests.Program program) : IClassFixture<SessionCheckCostTests.Program>
{
    [Fact]
    public async Task A_round_of_checks_asks_each_question_once()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(bob);
        var devices = new List<TestDevice>();
        for (var i = 0; i < 4; i++)
        {
            devices.Add(await (i % 2 == 0 ? alice : bob).Connect());
            await devices[i].Join(channel);
        }

        var before = Look();
        var after = await Eventually.Sees("five more rounds", Look, seen => seen.SignIns >= before.SignIns + 5);

        // The counts are read one after another, so that a round may be between them.
        var rounds = after.SignIns - before.SignIns;
        Assert.InRange(after.Http - before.Http, rounds - 1, rounds + 1);
        Assert.InRange(after.Users - before.Users, rounds - 1, rounds + 1);
        Assert.InRange(after.Members - before.Members, rounds - 1, rounds + 1);
        Assert.InRange(after.Channels - before.Channels, rounds - 1, rounds + 1);
        foreach (var device in devices) { await device.DisposeAsync(); }

        (int SignIns, int Http, int Users, int Members, int Channels) Look() => (
            CountingCalls<IRecords>.Of(program.Services, nameof(IRecords.FindSignIns)),
            CountingCalls<IRecords>.Of(program.Services, nameof(IRecords.HttpSessions)),
            CountingCalls<IUsers>.Of(program.Services, nameof(IUsers.Barred)),
            CountingCalls<IChannels>.Of(program.Services, nameof(IChannels.IdsOfEach)),
            CountingCalls<IChannels>.Of(program.Services, nameof(IChannels.Closed)));
    }

    public sealed class Program : CallsProgram
    {
        protected override void Configure(IServiceCollection services)
        {
            CountingCalls<IRecords>.Wrap(services);
            CountingCalls<IChannels>.Wrap(services);
            CountingCalls<IUsers>.Wrap(services);
        }
    }
}
