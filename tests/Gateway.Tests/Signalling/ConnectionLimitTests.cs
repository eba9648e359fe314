using Calls.Gateway.Tests.Host;
using Calls.Support;

namespace Calls.Gateway.Tests.Signalling;

/// <summary>One user takes no more of a gateway than the operator lets them.</summary>
public sealed class ConnectionLimitTests(ConnectionLimitTests.Program program) : IClassFixture<ConnectionLimitTests.Program>
{
    [Fact]
    public async Task A_user_has_no_more_connections_than_allowed_and_may_have_another_when_one_closes()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var first = await alice.Connect();
        await using var second = await alice.Connect();

        await Assert.ThrowsAnyAsync<Exception>(alice.Connect);
        await using var bobs = await bob.Connect();
        await first.DisposeAsync();
        await Eventually.Passes("another connection", async () => await (await alice.Connect()).DisposeAsync());
    }

    public sealed class Program : CallsProgram
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["Limits:ConnectionsPerUser"] = "2",
        };
    }
}
