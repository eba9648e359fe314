using System.Net;
using Calls.Gateway.Tests.Host;

namespace Calls.Gateway.Tests.Users;

/// <summary>Whoever is not connected is offline, and everyone who shares a channel is told.</summary>
public sealed class UserStatusTests(UserStatusTests.Program program) : IClassFixture<UserStatusTests.Program>
{
    [Fact]
    public async Task Who_connects_is_as_they_said_and_who_leaves_is_offline()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        await using var bobs = await bob.Connect();
        Assert.Equal(HttpStatusCode.OK, (await alice.Send("PATCH", "me", new { status = "dnd" })).Status);

        var first = await alice.Connect();
        await bobs.Hears("user_changed", data => Is(data, "dnd"));
        var second = await alice.Connect();
        Assert.Equal("dnd", (await alice.Get("me")).Get("status"));
        await first.DisposeAsync();
        await second.DisposeAsync();

        await bobs.Hears("user_changed", data => Is(data, "offline"));
        Assert.Equal("offline", (await alice.Get("me")).Get("status"));

        bool Is(System.Text.Json.JsonElement data, string status) =>
            data.GetProperty("user").GetProperty("id").GetString() == alice.Id && data.GetProperty("user").GetProperty("status").GetString() == status;
    }

    public sealed class Program : CallsProgram
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Presence:OfflineAfter"] = "00:00:00.2" };
    }
}
