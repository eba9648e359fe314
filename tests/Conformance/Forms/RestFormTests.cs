using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Calls.Conformance.Clients;
using Calls.Conformance.Coverage;
using Calls.Conformance.Service;

namespace Calls.Conformance.Forms;

/// <summary>The forms of REST: ids, lists, repeats, bodies.</summary>
public sealed partial class RestFormTests
{
    [Fact]
    [Row("4")]
    public async Task Ids_say_their_kind_and_times_are_of_utc()
    {
        var service = await Services.Shared;
        var alice = await service.As("alice");
        var channel = await alice.NewChannel();
        await using var seat = await alice.Join(channel);
        var call = seat.Joined.GetProperty("call");

        Assert.All(
            [("user", alice.Id), ("chan", channel), ("call", seat.Call), ("sess", seat.Session), ("post", call.GetProperty("threadId").GetString()!)],
            id => Assert.Matches($"^{id.Item1}_[a-z2-7]{{26}}$", id.Item2));
        Assert.Matches(Utc(), call.GetProperty("startedAt").GetString());
    }

    [Fact]
    [Row("4", "4.3")]
    public async Task A_list_is_read_page_by_page_and_nothing_is_left_out_or_twice()
    {
        var service = await Services.Shared;
        var alice = await service.As("alice");
        var channel = await alice.NewChannel();
        for (var i = 0; i < 7; i++) { (await alice.Post($"channels/{channel}/posts", new { text = $"post {i}" })).IsDone(); }

        var texts = new List<string?>();
        var after = "";
        do
        {
            var page = await alice.Get($"channels/{channel}/posts?limit=3{after}");
            Assert.True(page.IsDone().Items.Count <= 3);
            texts.AddRange(page.Items.Select(post => post.GetProperty("text").GetString()));
            after = page.Body.GetProperty("next") is { ValueKind: JsonValueKind.String } next ? "&after=" + Uri.EscapeDataString(next.GetString()!) : "";
        }
        while (after.Length > 0);

        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"post {6 - i}"), texts);
        foreach (var wrong in new[] { "limit=0", "limit=201", "limit=x" }) { (await alice.Get($"channels?{wrong}")).IsRefused(HttpStatusCode.BadRequest, "invalid"); }
    }

    [Fact]
    [Row("4")]
    public async Task A_repeated_creation_is_answered_as_the_first()
    {
        var service = await Services.Shared;
        var alice = await service.As("alice");
        var channel = await alice.NewChannel();
        var operation = Guid.NewGuid().ToString();

        var first = await alice.Send("POST", $"channels/{channel}/posts", new { text = "once" }, operation);
        var second = await alice.Send("POST", $"channels/{channel}/posts", new { text = "once" }, operation);

        Assert.Equal((HttpStatusCode.Created, first.Text), (second.Status, second.Text));
        Assert.Single((await alice.Get($"channels/{channel}/posts")).Items);
    }

    [Fact]
    [Row("4", "D5", "invalid", "too_large", "unsupported_media", "not_found")]
    public async Task What_cannot_be_read_or_is_not_there_is_refused_in_one_form()
    {
        var service = await Services.Shared;
        var alice = await service.As("alice");
        var channel = await alice.NewChannel();

        (await alice.Send("POST", "channels", new StringContent("{", Encoding.UTF8, "application/json"))).IsRefused(HttpStatusCode.BadRequest, "invalid");
        (await alice.Send("POST", "channels", new StringContent("{}", Encoding.UTF8, "text/plain"))).IsRefused(HttpStatusCode.UnsupportedMediaType, "unsupported_media");
        (await alice.Post($"channels/{channel}/posts", new { text = new string('x', 300 * 1024) })).IsRefused(HttpStatusCode.RequestEntityTooLarge, "too_large");
        (await alice.Get("calls/call_aaaaaaaaaaaaaaaaaaaaaaaaaa")).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await alice.Get("no-such-route")).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await alice.Get("posts/post_aaaaaaaaaaaaaaaaaaaaaaaaaa/thread")).IsRefused(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    [Row("4.3", "forbidden")]
    public async Task What_is_for_administrators_is_forbidden_to_others_and_the_service_describes_itself()
    {
        var service = await Services.Shared;
        var (alice, admin) = (await service.As("alice"), await service.As("admin"));

        foreach (var path in new[] { "admin/users", "admin/media-nodes", "admin/stats", "admin/audit", "admin/config" })
        {
            (await alice.Get(path)).IsRefused(HttpStatusCode.Forbidden, "forbidden");
            (await admin.Get(path)).IsDone();
        }

        (await alice.Post("admin/users", new { username = "x", password = "long-enough" })).IsRefused(HttpStatusCode.Forbidden, "forbidden");
        var api = await alice.Get("/openapi/v1.json");
        foreach (var route in new[] { "/sign-in", "/channels", "/channels/{id}/call", "/commands", "/calls/{id}/host/end", "/whip/{channel}" })
        {
            Assert.Contains($"/api/v1{route}\"", api.Text, StringComparison.Ordinal);
        }

        foreach (var health in new[] { "/healthz", "/readyz" }) { (await new Anonymous(service).Get(health)).IsDone(); }
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$")]
    private static partial Regex Utc();
}
