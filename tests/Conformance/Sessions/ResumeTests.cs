using System.Text.Json;
using Calls.Conformance.Clients;
using Calls.Conformance.Coverage;
using Calls.Conformance.Service;
using Calls.Support;

namespace Calls.Conformance.Sessions;

/// <summary>A session outlives its connection.</summary>
public sealed class ResumeTests
{
    private const int EventsHeld = 500;
    private const int Rounds = 8;

    [Fact]
    [Row("3.3", "D11", "4.2")]
    public async Task Who_missed_events_and_resumes_knows_as_much_as_who_did_not()
    {
        var service = await Services.Shared;
        var people = new[] { await service.As("alice"), await service.As("bob"), await service.As("carol") };
        var channel = await people[0].NewChannel(people[1..]);
        await using var stays = await people[0].Join(channel);
        await using var returns = await people[1].Join(channel);
        await returns.Device.DisposeAsync();
        await stays.Hears("participant_disconnected", data => Is(data, returns));
        await using var third = await people[2].Join(channel);
        await third.Do("Unmute");
        await stays.Do("Unmute");
        await third.Do("Leave");

        var resumed = await returns.Resume(await people[1].Connect());

        Assert.Equal(JsonValueKind.Array, resumed.GetProperty("events").ValueKind);
        Assert.Equal(JsonValueKind.Null, resumed.GetProperty("call").ValueKind);
        await EveryView.IsEqual(stays, returns);
        Assert.Equal(["participant_disconnected", "participant_joined", "unmuted", "unmuted", "participant_left"],
            resumed.GetProperty("events").EnumerateArray().Select(message => message.GetProperty("type").GetString()).Take(5));
    }

    [Fact]
    [Row("3.3")]
    public async Task Who_missed_more_than_is_held_is_given_the_whole_call()
    {
        var service = await Services.Shared;
        var (alice, bob) = (await service.As("alice"), await service.As("bob"));
        var channel = await alice.NewChannel(bob);
        await using var stays = await alice.Join(channel);
        await using var returns = await bob.Join(channel);
        var seq = returns.Picture.Seq;
        for (var i = 0; i < (EventsHeld / 2) + 10; i++)
        {
            await stays.Do("Unmute");
            await stays.Do("Mute");
        }

        await returns.Device.DisposeAsync();

        var resumed = await returns.Resume(await bob.Connect(), seq);

        Assert.Equal(JsonValueKind.Null, resumed.GetProperty("events").ValueKind);
        Assert.Equal(returns.Call, resumed.GetProperty("call").GetProperty("id").GetString());
        await EveryView.IsEqual(stays, returns);
    }

    [Fact]
    [Row("3.3", "resume_lost")]
    public async Task Of_two_that_race_to_resume_one_wins_and_the_former_connection_is_told()
    {
        var service = await Services.Shared;
        var alice = await service.As("alice");
        await using var seat = await alice.Join(await alice.NewChannel());
        for (var round = 0; round < Rounds; round++)
        {
            var former = seat.Device;
            var racers = await Task.WhenAll(alice.Connect(), alice.Connect(), alice.Connect());

            var outcomes = await Task.WhenAll(racers.Select(racer => Try(seat, racer)));

            Assert.Equal(["ok", "resume_lost", "resume_lost"], outcomes.Order(StringComparer.Ordinal));
            var winner = racers[Array.IndexOf(outcomes, "ok")];
            Assert.Equal("moved", (await former.HearsOf(seat.Call, "session_ended")).GetProperty("reason").GetString());
            Assert.Equal("not_your_session", await former.Refused("Unmute", seat.Self));
            foreach (var loser in racers.Where(racer => racer != winner)) { Assert.Equal("not_your_session", await loser.Refused("Unmute", seat.Self)); }

            await winner.Done("Unmute", seat.Self);
            await winner.HearsOf(seat.Call, "unmuted");
            await winner.Done("Mute", seat.Self);
            Assert.Single((await seat.Sync()).GetProperty("sessions").EnumerateArray());
            await former.DisposeAsync();
        }
    }

    [Fact]
    [Row("D11", "3.2", "3.3")]
    public async Task After_the_grace_the_session_is_gone_and_the_chair_with_it()
    {
        var service = await Services.Brisk;
        var (alice, bob) = (await service.As("alice"), await service.As("bob"));
        var channel = await alice.NewChannel(bob);
        await using var lost = await alice.JoinWithMedia(channel);
        await using var stays = await bob.JoinWithMedia(channel);
        await lost.Device.DisposeAsync();

        await stays.Hears("participant_disconnected", data => Is(data, lost));
        Assert.Equal(alice.Id, stays.Picture.Host);
        var left = await stays.Hears("participant_left", data => Is(data, lost), Services.GracePatience);

        Assert.Equal("connection_lost", left.GetProperty("reason").GetString());
        var changed = await stays.Hears("host_changed", data => data.GetProperty("userId").GetString() == bob.Id);
        Assert.Equal("succeeded", changed.GetProperty("reason").GetString());
        await using var device = await alice.Connect();
        Assert.Equal("session_gone", await device.Refused("Resume", new { sessionId = lost.Session, resumeToken = lost.ResumeToken, lastSeq = 0 }));
    }

    [Fact]
    [Row("D16", "D6", "3.1", "no_call")]
    public async Task The_last_one_to_leave_ends_the_call_and_its_record_stays()
    {
        var service = await Services.Shared;
        var (alice, bob) = (await service.As("alice"), await service.As("bob"));
        var channel = await alice.NewChannel(bob);
        await using var watching = await bob.Connect();
        await using var seat = await alice.Join(channel);

        await seat.Do("Leave");

        foreach (var ended in new[] { await watching.HearsOf(seat.Call, "call_ended"), await seat.Hears("call_ended") })
        {
            Assert.Equal("last_left", ended.GetProperty("reason").GetString());
            Assert.True(ended.GetProperty("durationMs").GetInt64() >= 0);
        }

        var record = await Eventually.Sees("the call's record", () => bob.Get($"calls/{seat.Call}"), reply => reply.Text.Contains("endedAt", StringComparison.Ordinal));
        Assert.Equal([alice.Id], record.Body.GetProperty("participants").EnumerateArray().Select(id => id.GetString()));
        (await bob.Get($"calls/{seat.Call}/sessions")).IsRefused(System.Net.HttpStatusCode.NotFound, "no_call");
        await using var next = await watching.Join(channel);
        Assert.NotEqual(seat.Call, next.Call);
    }

    private static async Task<string> Try(Seat seat, Device racer)
    {
        var reply = await racer.Ask("Resume", new { sessionId = seat.Session, resumeToken = seat.ResumeToken, lastSeq = 0 });
        if (!reply.GetProperty("ok").GetBoolean()) { return reply.GetProperty("error").GetProperty("code").GetString()!; }

        seat.GoOn(racer, reply.GetProperty("value"));
        return "ok";
    }

    private static bool Is(JsonElement data, Seat seat) => data.GetProperty("sessionId").GetString() == seat.Session;
}
