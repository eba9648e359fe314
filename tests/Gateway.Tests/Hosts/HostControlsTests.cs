using System.Net;
using System.Text.Json;
using Calls.Gateway.Tests.Host;

namespace Calls.Gateway.Tests.Hosts;

/// <summary>Host controls at the edge: REST and slash command go one way, and are noted. The rules are tested below.</summary>
public sealed class HostControlsTests(CallsProgram program) : IClassFixture<CallsProgram>
{
    [Fact]
    public async Task Each_control_reaches_the_call_and_everybody_hears_it_S36_S45()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(bob);
        await using var alices = await alice.Connect();
        await using var bobs = await bob.Connect();
        var (hers, his) = (await alices.Join(channel), await bobs.Join(channel));
        var target = new { sessionId = his.Session };
        Task<Reply> Control(string control, object? body = null) => alice.Post($"calls/{hers.Call}/host/{control}", body);

        var raised = await bobs.Done("RaiseHand", target);
        Assert.Equal(raised.GetProperty("raisedAt").GetString(), (await bobs.Done("RaiseHand", target)).GetProperty("raisedAt").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await Control("lower-hand", target)).Status);
        Assert.Equal(alice.Id, (await bobs.Hears("hand_lowered")).GetProperty("by").GetString());

        await bobs.Done("Unmute", target);
        Assert.Equal(HttpStatusCode.NoContent, (await Control("mute-others")).Status);
        Assert.Equal(alice.Id, (await bobs.Hears("muted")).GetProperty("by").GetString());
        await Control("ask-unmute", target);
        await bobs.Hears("unmute_requested", data => data.GetProperty("by").GetString() == alice.Id);
        await bobs.Done("DeclineUnmute", target);
        await alices.Hears("unmute_declined", data => data.GetProperty("sessionId").GetString() == his.Session);
        await Control("mute", target);

        await bobs.Done("StartScreen", target);
        Assert.Equal("screen_taken", await alices.Refused("StartScreen", new { sessionId = hers.Session }));
        await Control("stop-screen", target);
        Assert.Equal("stopped_by_host", (await bobs.Hears("screen_stopped")).GetProperty("reason").GetString());

        Assert.Equal(HttpStatusCode.NoContent, (await Control("make", new { userId = bob.Id })).Status);
        Assert.True((await alices.Hears("host_changed", data => data.GetProperty("reason").GetString() == "transferred")).GetProperty("locked").GetBoolean());
        (await Control("mute", target)).IsRefused(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_removed_and_blocked_one_is_told_and_stays_out_S40_S41()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(bob);
        await using var alices = await alice.Connect();
        await using var bobs = await bob.Connect();
        await using var other = await bob.Connect();
        var (hers, his) = (await alices.Join(channel), await bobs.Join(channel));

        var removed = await alice.Post($"calls/{hers.Call}/host/remove", new { sessionId = his.Session, block = true, allSessions = true });

        Assert.Equal(HttpStatusCode.NoContent, removed.Status);
        Assert.Equal("removed", (await bobs.Hears("session_ended")).GetProperty("reason").GetString());
        Assert.True((await other.Hears("removed", data => data.GetProperty("sessionId").GetString() == his.Session)).GetProperty("blocked").GetBoolean());
        Assert.Equal("session_gone", await bobs.Refused("Unmute", new { sessionId = his.Session }));
        Assert.Equal("session_gone", await bobs.Refused("Resume", new { sessionId = his.Session, resumeToken = his.ResumeToken, lastSeq = 0 }));
        Assert.Equal("blocked", await bobs.Refused("Join", new { channelId = channel }));
    }

    [Fact]
    public async Task Reactions_reach_everybody_and_what_is_none_is_refused_S48()
    {
        var alice = await Person.SignIn(program, "alice");
        await using var alices = await alice.Connect();
        var hers = await alices.Join(await alice.NewChannel());

        await alices.Done("React", new { sessionId = hers.Session, emoji = new { name = "+1", unified = "1F44D-1F3FD", skin = "1F3FD" } });
        Assert.Equal("1F44D-1F3FD", (await alices.Hears("reacted")).GetProperty("emoji").GetProperty("unified").GetString());
        object[] malformed = [new { name = "", unified = "1F44D" }, new { name = "x", unified = "<script>" }, new { name = 1, unified = "1F44D" }, "1F44D"];
        foreach (var emoji in malformed)
        {
            Assert.Equal("invalid", await alices.Refused("React", new { sessionId = hers.Session, emoji }));
        }

        Assert.Equal("invalid", await alices.Refused("React", new { sessionId = hers.Session }));
    }

    [Fact]
    public async Task A_call_moves_to_another_device_and_a_repeat_is_answered_as_the_first_S19()
    {
        var alice = await Person.SignIn(program, "alice");
        await using var laptop = await alice.Connect();
        await using var phone = await alice.Connect();
        var old = await laptop.Join(await alice.NewChannel());
        await laptop.Done("RaiseHand", new { sessionId = old.Session });
        var move = new { sessionId = old.Session, operationId = "move-1", device = new { name = "Phone" } };

        var moved = await phone.Done("Move", move);

        var session = Assert.Single(moved.GetProperty("call").GetProperty("sessions").EnumerateArray());
        Assert.Equal(moved.GetProperty("sessionId").GetString(), session.GetProperty("sessionId").GetString());
        Assert.NotEqual(JsonValueKind.Null, session.GetProperty("raisedAt").ValueKind);
        Assert.Equal("moved", (await laptop.Hears("session_ended")).GetProperty("reason").GetString());
        Assert.Equal(moved.GetProperty("sessionId").GetString(), (await phone.Done("Move", move)).GetProperty("sessionId").GetString());
        Assert.Equal("session_gone", await laptop.Refused("Move", new { sessionId = old.Session }));

        var bob = await Person.SignIn(program, "bob");
        await using var bobs = await bob.Connect();
        Assert.Contains(
            await bobs.Refused("Move", new { sessionId = moved.GetProperty("sessionId").GetString() }), new[] { "session_gone", "not_your_session" });
    }

    [Fact]
    public async Task Slash_commands_do_what_the_buttons_do_and_say_why_not()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(bob);
        await using var alices = await alice.Connect();
        await using var bobs = await bob.Connect();
        async Task<string> Said(Person who, string text) =>
            (await who.Post("commands", new { channelId = channel, text })).Get("response");

        Assert.Contains("no live call", await Said(alice, "/call end"), StringComparison.Ordinal);
        var hers = await alices.Join(channel);
        await bobs.Join(channel);
        Assert.Contains("may not do this", await Said(bob, "/call mute-all"), StringComparison.Ordinal);
        Assert.Contains("Everybody else", await Said(alice, "/call mute-all"), StringComparison.Ordinal);
        Assert.Contains("no user @nobody", await Said(alice, "/call host @nobody"), StringComparison.Ordinal);
        Assert.Contains("not in the call", await Said(alice, "/call host @dave"), StringComparison.Ordinal);
        Assert.Contains("@bob is host", await Said(alice, "/call host @Bob"), StringComparison.Ordinal);
        await alices.Hears("host_changed", data => data.GetProperty("userId").GetString() == bob.Id);
        Assert.Equal("stats", (await alice.Post("commands", new { channelId = channel, text = "/call stats" })).Body.GetProperty("action").Get("type"));
        Assert.Equal("logs", (await alice.Post("commands", new { channelId = channel, text = "/call logs" })).Body.GetProperty("action").Get("type"));
        Assert.Contains("ended the call", await Said(bob, "/call end"), StringComparison.Ordinal);
        Assert.Equal("ended_by_host", (await alices.Hears("call_ended", data => true)).GetProperty("reason").GetString());

        var admin = await Person.SignIn(program, "admin");
        var entries = (await admin.Get("admin/audit?limit=200")).Body.GetProperty("items").EnumerateArray()
            .Where(entry => entry.Get("call") == hers.Call).Select(entry => (entry.Get("action"), entry.Get("by"), entry.Get("whom"))).ToList();
        Assert.Contains(("host.mute-others", alice.Id, null), entries);
        Assert.Contains(("host.make", alice.Id, bob.Id), entries);
        Assert.Contains(("host.end", bob.Id, null), entries);
    }
}

file static class Json
{
    public static string? Get(this JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
