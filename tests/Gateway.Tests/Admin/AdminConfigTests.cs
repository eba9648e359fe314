using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Calls.Contracts.Workspace;
using Calls.Gateway.Tests.Host;
using Calls.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Gateway.Tests.Admin;

/// <summary>Settings are changed while the program runs (BEHAVIOUR section 8).</summary>
public sealed class AdminConfigTests(AdminConfigTests.Program program) : IClassFixture<AdminConfigTests.Program>
{
    private const string Secret = "a-secret-of-more-than-thirty-two-bytes";

    [Fact]
    public async Task Every_setting_is_shown_with_its_source_and_no_secret_is()
    {
        var reply = await (await Person.SignIn(program, "admin")).Get("admin/config");

        Assert.Equal(("demo", "given", false), Look(reply, "Workspace:Seed"));
        Assert.Equal(("00:00:30", "default", true), Look(reply, "Sessions:Grace"));
        Assert.Equal("(secret)", Look(reply, "Ice:TurnSecret").Value);
        Assert.Equal("(secret)", Look(reply, "Media:NodeKey").Value);
        Assert.DoesNotContain(Secret, reply.Text, StringComparison.Ordinal);
        var grace = Find(reply, "Sessions:Grace");
        Assert.Equal(("00:00:30", "00:00:01 to 00:10:00"), (grace.GetProperty("default").GetString(), grace.GetProperty("allowed").GetString()));
    }

    [Fact]
    public async Task S8_A_changed_policy_holds_at_once_and_null_goes_back_to_what_was_given()
    {
        var (admin, alice) = (await Person.SignIn(program, "admin"), await Person.SignIn(program, "alice"));
        var channel = await alice.NewChannel();
        await using var device = await alice.Connect();

        var changed = await Change(admin, new { settings = new Dictionary<string, object?> { ["policy:start"] = "admins" } });
        Assert.Equal(("admins", "changed", true), Look(changed, "Policy:Start"));
        Assert.Equal("calls_test_mode", await device.Refused("Join", new { channelId = channel }));

        var back = await Change(admin, new { settings = new Dictionary<string, object?> { ["Policy:Start"] = null } });
        Assert.Equal(("everyone", "default", true), Look(back, "Policy:Start"));
        await device.Join(channel);
        var audit = (await admin.Get("admin/audit")).Body.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("detail").GetString()).ToList();
        Assert.Contains("Policy:Start: everyone → admins", audit);
        Assert.Contains("Policy:Start: admins → everyone", audit);
    }

    [Fact]
    public async Task A_changed_limit_holds_for_a_call_that_is_live()
    {
        var (admin, alice) = (await Person.SignIn(program, "admin"), await Person.SignIn(program, "alice"));
        var channel = await alice.NewChannel();
        await using var first = await alice.Connect();
        await using var second = await alice.Connect();
        await first.Join(channel);

        await Change(admin, new { settings = new Dictionary<string, object?> { ["Limits:Participants"] = 1 } });
        Assert.Equal("call_full", await second.Refused("Join", new { channelId = channel }));
        await Change(admin, new { settings = new Dictionary<string, object?> { ["Limits:Participants"] = null } });
        await second.Join(channel);
    }

    [Fact]
    public async Task What_another_process_changed_is_in_force_here_soon()
    {
        var admin = await Person.SignIn(program, "admin");
        await program.Services.GetRequiredService<IRecords>().SetSettings(
            new Dictionary<string, string?> { ["SignIn:Lifetime"] = "01:00:00", ["Limits:AloneMax"] = "no time at all" }.ToImmutableDictionary(), default);

        await Eventually.Sees(
            "the other process's change", async () => Look(await admin.Get("admin/config"), "SignIn:Lifetime"), seen => seen == ("01:00:00", "changed", true));
        Assert.Equal(("00:00:00", "default", true), Look(await admin.Get("admin/config"), "Limits:AloneMax"));
        var signedIn = await admin.Post("sign-in", new { username = "alice", password = "calls-demo" });
        Assert.InRange(signedIn.Body.GetProperty("expiresAt").GetDateTimeOffset(), DateTimeOffset.UnixEpoch, TimeProvider.System.GetUtcNow().AddHours(1));
    }

    [Fact]
    public async Task Ice_servers_are_changed_as_a_whole_and_their_credentials_are_not_shown()
    {
        var (admin, alice) = (await Person.SignIn(program, "admin"), await Person.SignIn(program, "alice"));
        Assert.Equal(("""[{"credential":"(secret)","urls":["turn:given.example.org"],"username":"u"},{"urls":["stun:given.example.org"]}]""", "given", true), Look(await admin.Get("admin/config"), "Ice:Servers"));

        var servers = new object[] { new { urls = new[] { "stun:changed.example.org" }, username = "u", credential = "hush" } };
        var changed = await Change(admin, new { settings = new Dictionary<string, object?> { ["Ice:Servers"] = servers } });

        Assert.DoesNotContain("hush", changed.Text, StringComparison.Ordinal);
        await using var device = await alice.Connect();
        var media = (await device.Join(await alice.NewChannel())).Value.GetProperty("media").GetProperty("iceServers");
        Assert.Equal(["stun:changed.example.org"], media.EnumerateArray().Select(server => server.GetProperty("urls")[0].GetString()));
        Assert.Equal("hush", media[0].GetProperty("credential").GetString());
    }

    [Theory]
    [InlineData("Limits:Participants", "-1", "Calls:Limits:Participants", "0 (no limit) or more")]
    [InlineData("Limits:Participants", "many", "many", "0 (no limit) or more")]
    [InlineData("Policy:Start", "sometimes", "sometimes", "everyone, admins, nobody")]
    [InlineData("Sessions:Grace", "30", "30.00:00:00", "00:00:01 to 00:10:00")]
    [InlineData("Sessions:Grace", "", "empty", "00:00:01 to 00:10:00")]
    [InlineData("Ice:Servers", "[{]", "[{]", "stun:")]
    [InlineData("Ice:Servers", "[null]", "[null]", "stun:")]
    [InlineData("Ice:Servers", """[{"urls":["stun:a"],"credential":"(secret)"}]""", "secret", "again")]
    [InlineData("Media:Port", "9000", "Media:Port", "cannot be changed while the program runs")]
    [InlineData("Ice:TurnSecret", "another", "Ice:TurnSecret", "secret")]
    [InlineData("RateLimits:RestPerSecond", "NaN", "RateLimits:RestPerSecond", "1 to 10000")]
    [InlineData("Policy:Start", "1", "Policy:Start", "everyone, admins, nobody")]
    [InlineData("BaseUrl", "http://x\0", "BaseUrl", "NUL")]
    [InlineData("ratelimits:restburst", "78", "named twice", "upper and lower case")]
    [InlineData("No:Such", "1", "No:Such", "no setting")]
    public async Task What_is_not_allowed_is_refused_with_name_value_and_what_is_and_nothing_of_it_is_kept(string name, string value, params string[] said)
    {
        var admin = await Person.SignIn(program, "admin");
        var refused = await admin.Send("PUT", "admin/config", new { settings = new Dictionary<string, string> { ["RateLimits:RestBurst"] = "77", [name] = value } });

        refused.IsRefused(HttpStatusCode.BadRequest, "invalid");
        Assert.All(said, words => Assert.Contains(words, refused.Get("detail"), StringComparison.Ordinal));
        Assert.NotEqual("77", Look(await admin.Get("admin/config"), "RateLimits:RestBurst").Value);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"settings":{}}""")]
    [InlineData("""{"settings":null}""")]
    [InlineData("""{"settings":[1]}""")]
    public async Task A_malformed_change_is_refused(string body)
    {
        using var json = new StringContent(body, null, "application/json");
        (await (await Person.SignIn(program, "admin")).Send("PUT", "admin/config", json)).IsRefused(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task Only_administrators_change_settings() =>
        (await (await Person.SignIn(program, "alice")).Send("PUT", "admin/config", new { settings = new { } })).IsRefused(HttpStatusCode.Forbidden, "forbidden");

    [Fact]
    public async Task A_setting_that_begins_like_JSON_is_shown_as_it_is()
    {
        await using var bracketed = new Bracketed();

        Assert.Equal(("[::1]", "given", false), Look(await (await Person.SignIn(bracketed, "admin")).Get("admin/config"), "TrustedProxies"));
    }

    [Fact]
    public async Task A_credential_that_is_written_twice_is_not_shown_either()
    {
        var admin = await Person.SignIn(program, "admin");
        const string Twice = """[{"urls":["stun:twice.example.org"],"username":"u","credential":"hush","credential":"hush too"}]""";

        await Change(admin, new { settings = new Dictionary<string, object?> { ["Ice:Servers"] = Twice } });

        var shown = Look(await admin.Get("admin/config"), "Ice:Servers").Value;
        await Change(admin, new { settings = new Dictionary<string, object?> { ["Ice:Servers"] = null } });
        Assert.Equal("""[{"urls":["stun:twice.example.org"],"username":"u","credential":"(secret)"}]""", shown);
    }

    [Fact]
    public async Task A_changed_setting_is_in_force_after_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("calls-restart-");
        await using (var first = new Restarted(folder.FullName))
        {
            await Change(await Person.SignIn(first, "admin"), new { settings = new Dictionary<string, object?> { ["RateLimits:HubBurst"] = 321 } });
        }

        await using (var second = new Restarted(folder.FullName))
        {
            Assert.Equal(("321", "changed", true), Look(await (await Person.SignIn(second, "admin")).Get("admin/config"), "RateLimits:HubBurst"));
        }
    }

    private static async Task<Reply> Change(Person admin, object body)
    {
        var changed = await admin.Send("PUT", "admin/config", body);
        Assert.True(changed.Status == HttpStatusCode.OK, changed.Text);
        return changed;
    }

    private static JsonElement Find(Reply reply, string name) =>
        reply.Body.GetProperty("settings").EnumerateArray().Single(setting => setting.GetProperty("name").GetString() == name);

    private static (string Value, string Source, bool Changeable) Look(Reply reply, string name)
    {
        var setting = Find(reply, name);
        return (setting.GetProperty("value").GetString()!, setting.GetProperty("source").GetString()!, setting.GetProperty("changeable").GetBoolean());
    }

    public sealed class Program : CallsProgram
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["Media:NodeKey"] = Secret,
            ["Ice:TurnSecret"] = Secret,
            ["Ice:Servers:0:Urls:0"] = "turn:given.example.org",
            ["Ice:Servers:0:Username"] = "u",
            ["Ice:Servers:0:Credential"] = Secret,
            ["Ice:Servers:1:Urls:0"] = "stun:given.example.org",
        };
    }

    private sealed class Bracketed : CallsProgram
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["TrustedProxies"] = "[::1]" };
    }

    private sealed class Restarted(string folder) : CallsProgram
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Data"] = folder };
    }
}
