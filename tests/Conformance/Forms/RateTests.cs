using System.Net;
using System.Text.Json;
using Calls.Conformance.Clients;
using Calls.Conformance.Coverage;
using Calls.Conformance.Service;

namespace Calls.Conformance.Forms;

/// <summary>Who is too fast is told when to come again (the defaults of D10).</summary>
public sealed class RateTests
{
    private const int HubBurst = 100;
    private const int RestBurst = 60;
    private const int SignInsPerMinute = 5;

    [Fact]
    [Row("D10", "rate_limited")]
    public async Task A_connection_may_send_a_hundred_commands_at_once_and_then_waits()
    {
        var service = await Services.Brisk;
        await using var device = await (await service.As("carol")).Connect();

        var replies = await Task.WhenAll(Enumerable.Range(0, 3 * HubBurst)
            .Select(_ => device.AskOnce("Sync", new { callId = "call_aaaaaaaaaaaaaaaaaaaaaaaaaa" })));

        var errors = replies.Select(reply => reply.GetProperty("error")).ToLookup(error => error.GetProperty("code").GetString());
        Assert.True(errors["not_in_call"].Count() >= HubBurst - 1);
        Assert.NotEmpty(errors["rate_limited"]);
        Assert.All(errors["rate_limited"], error => Assert.True(error.GetProperty("retryAfterMs").GetInt64() > 0));
    }

    [Fact]
    [Row("D10", "rate_limited")]
    public async Task A_user_may_send_sixty_requests_at_once_and_then_waits()
    {
        var service = await Services.Brisk;
        var dave = await service.As("dave");

        var replies = await Task.WhenAll(Enumerable.Range(0, 4 * RestBurst).Select(_ => dave.SendOnce("GET", "me")));

        Assert.True(replies.Count(reply => reply.Status == HttpStatusCode.OK) >= RestBurst);
        var refused = replies.First(reply => reply.Status != HttpStatusCode.OK);
        refused.IsRefused(HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.True(refused.Body.GetProperty("retryAfterMs").GetInt64() > 0 && refused.Headers.RetryAfter is not null);
        (await dave.Get("me")).IsDone();
    }

    [Fact]
    [Row("D10", "rate_limited")]
    public async Task Guessing_a_password_is_slow()
    {
        var service = await Services.Brisk;
        var stranger = new Anonymous(service);
        var name = "nobody-" + Guid.NewGuid().ToString("N")[..8];

        var codes = new List<string>();
        for (var i = 0; i <= SignInsPerMinute; i++) { codes.Add((await stranger.SendOnce("POST", "sign-in", new { username = name, password = "guess" })).Code); }

        Assert.Equal([.. Enumerable.Repeat("unauthenticated", SignInsPerMinute), "rate_limited"], codes);
    }

    [Fact]
    [Row("4.2")]
    public async Task The_channel_is_told_of_a_changing_roster_at_most_once_a_second()
    {
        var service = await Services.Shared;
        var (alice, bob) = (await service.As("alice"), await service.As("bob"));
        var channel = await alice.NewChannel(bob);
        await using var watching = await bob.Connect();
        await using var stays = await alice.Join(channel);
        await using var device = await alice.Connect();
        for (var i = 0; i < 10; i++) { await device.Done("Leave", (await device.Join(channel)).Self); }

        var last = await device.Join(channel);

        await watching.HearsMessage(
            "call_updated",
            message => message.GetProperty("data").GetProperty("sessions").GetInt32() == 2 && message.GetProperty("at").GetDateTimeOffset() >= JoinedAt(last));
        var times = watching.Events.Where(message => IsUpdate(message, stays.Call)).Select(message => message.GetProperty("at").GetDateTimeOffset()).ToList();
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromMilliseconds(900), $"{pair.First:O} and {pair.Second:O}"));
    }

    private static bool IsUpdate(JsonElement message, string call) =>
        message.GetProperty("type").GetString() == "call_updated" && message.GetProperty("callId").GetString() == call;

    private static DateTimeOffset JoinedAt(Seat seat) => seat.Joined.GetProperty("call").GetProperty("sessions").EnumerateArray()
        .Single(one => one.GetProperty("sessionId").GetString() == seat.Session).GetProperty("joinedAt").GetDateTimeOffset();
}
