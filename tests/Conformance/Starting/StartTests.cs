using Calls.Conformance.Coverage;
using Calls.Conformance.Service;

namespace Calls.Conformance.Starting;

/// <summary>Starting and joining a call.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("public")]
    [InlineData("private")]
    [InlineData("group")]
    [InlineData("direct")]
    [Row("S1")]
    public async Task However_many_press_start_at_once_there_is_one_call(string kind)
    {
        var service = await Services.Shared;
        var people = await service.NewPeople(kind == "direct" ? 2 : 3);
        var channel = await people[0].NewChannel(kind, people[1..]);
        var devices = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => people[i % people.Length].Connect()));

        var seats = await Task.WhenAll(devices.Select(device => device.Join(channel)));

        Assert.Single(seats.Select(seat => seat.Call).Distinct());
        Assert.Equal(6, seats.Select(seat => seat.Session).Distinct().Count());
        await using var late = await people[1].Join(channel);
        Assert.Equal(seats[0].Call, late.Call);
        Assert.Equal(7, (await late.Sync()).GetProperty("sessions").GetArrayLength());
        foreach (var seat in seats) { await seat.DisposeAsync(); }
    }

    [Fact]
    [Row("S26", "3.1")]
    public async Task The_starter_is_host_and_the_call_has_what_the_protocol_says()
    {
        var service = await Services.Shared;
        var (alice, bob) = (await service.As("alice"), await service.As("bob"));
        var channel = await alice.NewChannel(bob);
        await using var watching = await bob.Connect();

        await using var seat = await alice.Join(channel, new { title = "Stand-up", device = new { name = "Conformance", platform = "none", version = "1" } });

        var call = seat.Joined.GetProperty("call");
        Assert.Equal((alice.Id, alice.Id, false), (call.GetProperty("hostUserId").GetString(), call.GetProperty("startedBy").GetString(), call.GetProperty("hostLocked").GetBoolean()));
        Assert.Equal(("Stand-up", channel), (call.GetProperty("title").GetString(), call.GetProperty("channelId").GetString()));
        var session = Assert.Single(call.GetProperty("sessions").EnumerateArray());
        Assert.Equal(("connecting", "Conformance"), (session.GetProperty("connection").GetString(), session.GetProperty("device").GetProperty("name").GetString()));
        var started = await watching.Hears("call_started", data => data.GetProperty("call").GetProperty("channelId").GetString() == channel);
        Assert.Equal(seat.Call, started.GetProperty("call").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("public", true)]
    [InlineData("private", true)]
    [InlineData("group", false)]
    [InlineData("direct", false)]
    [Row("S27", "S28")]
    public async Task Sessions_start_muted_where_many_listen_and_unmuted_among_few(string kind, bool muted)
    {
        var service = await Services.Shared;
        var people = await service.NewPeople(kind == "direct" ? 2 : 3);
        var channel = await people[0].NewChannel(kind, people[1..]);

        await using var starter = await people[0].Join(channel);
        await using var joiner = await people[1].Join(channel);
        await using var shy = await people[1].Join(channel, new { muted = true });

        Assert.Equal((muted, muted, true), (starter.StartedMuted, joiner.StartedMuted, shy.StartedMuted));
        Assert.Equal([muted, muted, true], new[] { starter, joiner, shy }.Select(seat => shy.Picture.Sessions[seat.Session].Muted));
    }

    [Fact]
    [Row("S25", "calls_disabled")]
    public async Task With_the_service_itself_there_is_no_call_and_the_refusal_says_why()
    {
        var service = await Services.Shared;
        var person = await service.NewPerson();
        var log = (await person.Send("POST", "logs", new StringContent("a line", System.Text.Encoding.UTF8, "text/plain"))).IsDone();
        var channel = log.Get("channelId");
        await using var device = await person.Connect();

        var refused = (await device.Ask("Join", new { channelId = channel })).GetProperty("error");

        Assert.Equal("calls_disabled", refused.GetProperty("code").GetString());
        Assert.Contains("answers no call", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("answers no call", await person.Hears(channel, "/call start"), StringComparison.Ordinal);
        var shown = (await person.Get($"channels/{channel}")).IsDone().Body;
        Assert.Equal((true, false), (shown.GetProperty("peerIsBot").GetBoolean(), shown.GetProperty("mayTurnCalls").GetBoolean()));
    }
}
