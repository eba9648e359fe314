using System.Net;
using Calls.Gateway.Tests.Host;
using Calls.Support;

namespace Calls.Gateway.Tests.Admin;

public sealed class AdminApiTests(AdminApiTests.Program program) : IClassFixture<AdminApiTests.Program>
{
    private const string Secret = "a-secret-of-more-than-thirty-two-bytes";

    [Theory]
    [InlineData("config")]
    [InlineData("users")]
    [InlineData("audit")]
    [InlineData("media-nodes")]
    [InlineData("stats")]
    public async Task Administration_is_for_administrators(string path)
    {
        (await (await Person.SignIn(program, "alice")).Get("admin/" + path)).IsRefused(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(HttpStatusCode.OK, (await (await Person.SignIn(program, "admin")).Get("admin/" + path)).Status);
    }

    [Fact]
    public async Task A_new_user_can_sign_in_and_what_was_done_is_noted()
    {
        var admin = await Person.SignIn(program, "admin");
        var made = await admin.Post("admin/users", new { username = "newcomer", displayName = "New Comer", password = "password-1" });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var newcomer = await Person.SignIn(program, "newcomer", "password-1");
        await newcomer.Channel("town-square");

        (await admin.Post("admin/users", new { username = "newcomer", password = "password-1" })).IsRefused(HttpStatusCode.BadRequest, "invalid");
        (await admin.Post("admin/users", new { username = "x", password = "short" })).IsRefused(HttpStatusCode.BadRequest, "invalid");
        (await admin.Send("PATCH", $"admin/users/{admin.Id}", new { deactivated = true })).IsRefused(HttpStatusCode.BadRequest, "invalid");
        var audit = (await admin.Get("admin/audit")).Body.GetProperty("items").EnumerateArray();
        Assert.Contains(audit, entry => entry.GetProperty("action").GetString() == "user.create" && entry.GetProperty("whom").GetString() == newcomer.Id);
    }

    [Fact]
    public async Task The_audit_says_what_was_changed_about_a_user_and_no_password()
    {
        var admin = await Person.SignIn(program, "admin");
        var user = (await admin.Post("admin/users", new { username = "promoted", displayName = "Before", password = "password-1" })).Get("id");

        await admin.Send("PATCH", $"admin/users/{user}", new { role = "admin", displayName = "After", password = "password-2" });
        await admin.Send("PATCH", $"admin/users/{user}", new { deactivated = true });

        var noted = Noted((await admin.Get("admin/audit")).Body, user);
        Assert.Contains(("user.change", "role: member → admin, displayName: Before → After, password"), noted);
        Assert.Contains(("user.deactivate", null), noted);
    }

    [Fact]
    public async Task A_new_password_ends_the_sign_ins_made_with_the_old_one()
    {
        var admin = await Person.SignIn(program, "admin");
        var id = (await admin.Post("admin/users", new { username = "rekeyed", password = "password-1" })).Get("id");
        var user = await Person.SignIn(program, "rekeyed", "password-1");

        Assert.Equal(HttpStatusCode.OK, (await admin.Send("PATCH", $"admin/users/{id}", new { password = "password-2" })).Status);

        (await user.Get("me")).IsRefused(HttpStatusCode.Unauthorized, "unauthenticated");
        await Person.SignIn(program, "rekeyed", "password-2");
    }

    [Fact]
    public async Task What_an_administrator_does_to_a_channel_by_their_right_alone_is_noted()
    {
        var (admin, alice, bob) = (await Person.SignIn(program, "admin"), await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var (secret, own) = (await alice.NewChannel(bob), await admin.NewChannel());
        await admin.Post($"channels/{secret}/members", new { userId = admin.Id });
        await admin.Send("PATCH", $"channels/{secret}/members/{bob.Id}", new { isAdmin = true });
        await admin.Send("DELETE", $"channels/{secret}/members/{bob.Id}");
        await admin.Post($"channels/{own}/members", new { userId = bob.Id });
        await admin.Send("DELETE", $"channels/{own}/members/{bob.Id}");

        var audit = (await admin.Get("admin/audit")).Body;
        Assert.Contains(("channel.member_add", secret), Noted(audit, admin.Id));
        Assert.Contains(("channel.admin_on", secret), Noted(audit, bob.Id));
        Assert.Contains(("channel.member_remove", secret), Noted(audit, bob.Id));
        Assert.DoesNotContain(Noted(audit, bob.Id), entry => entry.Detail == own);
    }

    [Fact]
    public async Task An_ended_call_is_in_the_statistics_of_today()
    {
        var (admin, alice) = (await Person.SignIn(program, "admin"), await Person.SignIn(program, "alice"));
        await using var device = await alice.Connect();
        var joined = await device.Join(await alice.NewChannel());
        await device.Done("Leave", new { sessionId = joined.Session });

        var seen = await Eventually.Sees(
            "the call in the statistics", async () => (await admin.Get("admin/stats")).Body, body => Today(body).GetProperty("calls").GetInt32() > 0);

        Assert.Equal(Today(seen).GetProperty("calls").GetInt32(), seen.GetProperty("months")[11].GetProperty("calls").GetInt32());
        Assert.True(Today(seen).GetProperty("private").GetInt32() > 0);
        Assert.True(seen.GetProperty("averageParticipants").GetDouble() >= 1);
        Assert.True(seen.GetProperty("averageDurationMs").GetInt64() >= 0);

        static System.Text.Json.JsonElement Today(System.Text.Json.JsonElement body) => body.GetProperty("days")[29];
    }

    [Fact]
    public async Task A_media_node_reports_with_the_node_key_alone()
    {
        var http = program.CreateClient();
        var path = "/api/v1/media-nodes/node_aaaaaaaaaaaaaaaaaaaaaaaaaa/heartbeats";
        using var without = await http.PostAsync(path, new StringContent("{}"));
        (await Reply.Of(without)).IsRefused(HttpStatusCode.Unauthorized, "unauthenticated");

        http.DefaultRequestHeaders.Authorization = new("Bearer", Secret);
        using var malformed = await http.PostAsync(path, new StringContent("{"));
        (await Reply.Of(malformed)).IsRefused(HttpStatusCode.BadRequest, "invalid");
        const string Beat = """
            {"incarnation":"a","state":"active","uptimeSeconds":1,"nextSequence":1,"backlog":0,"backlogAgeMs":0,
             "load":{"load":0,"calls":0,"sessions":0,"busyRatioMax":0,"packetsPerSecond":0,"bitsPerSecond":0}}
            """;
        using var unknown = await http.PostAsync(path, new StringContent(Beat));
        (await Reply.Of(unknown)).IsRefused(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_media_node_is_drained_and_resumed_and_both_are_noted()
    {
        var (admin, alice) = (await Person.SignIn(program, "admin"), await Person.SignIn(program, "alice"));
        var path = $"admin/media-nodes/{program.Node.Id.Value}/drain";
        (await alice.Post(path, new { })).IsRefused(HttpStatusCode.Forbidden, "forbidden");
        (await admin.Post("admin/media-nodes/node_aaaaaaaaaaaaaaaaaaaaaaaaaa/drain", new { })).IsRefused(HttpStatusCode.NotFound, "not_found");
        await Eventually.Sees("the node", async () => (await admin.Get("admin/media-nodes")).Body.GetProperty("items").GetArrayLength(), nodes => nodes == 1);

        Assert.Equal("draining", (await admin.Post(path, new { })).Get("state"));
        Assert.False((await admin.Get("admin/media-nodes")).Body.GetProperty("items")[0].GetProperty("takesCalls").GetBoolean());
        Assert.Equal("active", (await admin.Post(path, new { draining = false })).Get("state"));
        Assert.True((await admin.Get("admin/media-nodes")).Body.GetProperty("items")[0].GetProperty("takesCalls").GetBoolean());

        var actions = (await admin.Get("admin/audit")).Body.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("action").GetString()).ToList();
        Assert.Contains("media_node.drain", actions);
        Assert.Contains("media_node.resume", actions);
    }

    [Fact]
    public async Task Turn_credentials_are_signed_for_the_user_and_expire()
    {
        var alice = await Person.SignIn(program, "alice");
        await using var device = await alice.Connect();
        var joined = await device.Join(await alice.NewChannel());

        var server = joined.Value.GetProperty("media").GetProperty("iceServers")[0];
        Assert.EndsWith(":" + alice.Id, server.GetProperty("username").GetString(), StringComparison.Ordinal);
        Assert.Equal("turn:turn.example.org", server.GetProperty("urls")[0].GetString());
        Assert.Equal(20, Convert.FromBase64String(server.GetProperty("credential").GetString()!).Length);
    }

    private static List<(string Action, string? Detail)> Noted(System.Text.Json.JsonElement audit, string whom) =>
        [.. audit.GetProperty("items").EnumerateArray()
            .Where(entry => entry.GetProperty("whom").GetString() == whom)
            .Select(entry => (entry.GetProperty("action").GetString()!, entry.GetProperty("detail").GetString()))];

    public sealed class Program : CallsProgram
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["Media:NodeKey"] = Secret,
            ["Ice:TurnSecret"] = Secret,
            ["Ice:Servers:0:Urls:0"] = "turn:turn.example.org",
        };
    }
}
