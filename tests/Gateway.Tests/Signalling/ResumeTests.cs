using Calls.Gateway.Tests.Host;

namespace Calls.Gateway.Tests.Signalling;

/// <summary>A session outlives its connection, and belongs to one at a time.</summary>
public sealed class ResumeTests(CallsProgram program) : IClassFixture<CallsProgram>
{
    [Fact]
    public async Task A_lost_connection_is_shown_and_the_session_goes_on_with_what_it_missed()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(bob);
        await using var bobs = await bob.Connect();
        var before = await bobs.Join(channel);
        var lost = await alice.Connect();
        var joined = await lost.Join(channel);
        var seq = joined.Value.GetProperty("call").GetProperty("seq").GetInt64();
        await lost.DisposeAsync();
        await bobs.Hears("participant_disconnected", data => data.GetProperty("sessionId").GetString() == joined.Session);
        await bobs.Done("Unmute", new { sessionId = before.Session });

        await using var back = await alice.Connect();
        var resumed = await back.Done("Resume", new { sessionId = joined.Session, resumeToken = joined.ResumeToken, lastSeq = seq });

        Assert.Contains(resumed.GetProperty("events").EnumerateArray(), message => message.GetProperty("type").GetString() == "unmuted");
        Assert.NotEqual(joined.ResumeToken, resumed.GetProperty("resumeToken").GetString());
        await back.Done("Unmute", new { sessionId = joined.Session });
        await back.Hears("unmuted", data => data.GetProperty("sessionId").GetString() == joined.Session);
    }

    [Fact]
    public async Task Resuming_takes_the_session_from_the_connection_that_had_it()
    {
        var alice = await Person.SignIn(program, "alice");
        await using var former = await alice.Connect();
        var joined = await former.Join(await alice.NewChannel());
        await using var next = await alice.Connect();

        await next.Done("Resume", new { sessionId = joined.Session, resumeToken = joined.ResumeToken, lastSeq = 0 });

        Assert.Equal("moved", (await former.Hears("session_ended")).GetProperty("reason").GetString());
        Assert.Equal("not_your_session", await former.Refused("Unmute", new { sessionId = joined.Session }));
        Assert.Equal("resume_lost", await former.Refused("Resume", new { sessionId = joined.Session, resumeToken = joined.ResumeToken, lastSeq = 0 }));
        await next.Done("Unmute", new { sessionId = joined.Session });
    }

    [Fact]
    public async Task Nobody_else_can_use_or_resume_a_session()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(bob);
        await using var alices = await alice.Connect();
        var joined = await alices.Join(channel);
        await using var bobs = await bob.Connect();

        Assert.Equal("not_your_session", await bobs.Refused("Unmute", new { sessionId = joined.Session }));
        Assert.Equal("not_your_session", await bobs.Refused("Leave", new { sessionId = joined.Session }));
        Assert.Equal("not_your_session", await bobs.Refused("Resume", new { sessionId = joined.Session, resumeToken = joined.ResumeToken, lastSeq = 0 }));
        Assert.Equal("session_gone", await bobs.Refused("Unmute", new { sessionId = "sess_aaaaaaaaaaaaaaaaaaaaaaaaaa" }));
        Assert.Equal("not_in_call", await bobs.Refused("Sync", new { callId = joined.Call }));
        Assert.Equal(joined.Call, (await alices.Done("Sync", new { callId = joined.Call })).GetProperty("call").GetProperty("id").GetString());
    }
}
