using Calls.Conformance.Clients;
using Calls.Conformance.Coverage;
using Calls.Conformance.Service;
using Calls.MediaClient;

namespace Calls.Conformance.Hosts;

/// <summary>Clients that do not do what they are told. The service does it for them (D4).</summary>
public sealed class StubbornClientTests
{
    [Theory]
    [InlineData("mute")]
    [InlineData("mute-others")]
    [Row("S43", "S44", "D4")]
    public async Task Muted_by_the_host_one_is_silent_from_the_answer_on_and_heard_again_when_one_unmutes(string control)
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 3, true, 0, 1);
        var (host, rude, listener) = (meeting[0], meeting[1], meeting[2]);
        await rude.Media.SayUntilHeard("as long as I may", listener.Media);

        await meeting.Use(host.Person, control, control == "mute" ? rude.Self : null);

        await Silence.IsKept(rude, listener, fence: host, $"after {control}");
        await rude.Do("Unmute");
        await rude.Media.SayUntilHeard("by my own will", listener.Media);
    }

    [Fact]
    [Row("S43", "D4", "D12")]
    public async Task A_muted_one_stays_silent_on_a_new_peer_and_after_a_restart()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 3, true, 0, 1);
        var (host, rude, listener) = (meeting[0], meeting[1], meeting[2]);
        await meeting.Use(host.Person, "mute", rude.Self);

        var restarted = await rude.Device.Done("Offer", new { sessionId = rude.Session, sdp = rude.Media.OfferRestart(), generation = 1, number = 2 });
        await rude.Media.Connect(restarted.GetProperty("sdp").GetString()!);
        await Silence.IsKept(rude, listener, fence: host, "after a restart");
        await rude.OpenMedia(generation: 2);
        await Silence.IsKept(rude, listener, fence: host, "on a new peer");
        await rude.Resume(await rude.Person.Connect());
        await rude.OpenMedia(generation: 3);
        await Silence.IsKept(rude, listener, fence: host, "after a resume");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Row("S40", "S41", "D4", "session_gone")]
    public async Task A_removed_one_is_heard_by_nobody_hears_nobody_and_has_no_way_back_into_the_session(bool block)
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 3, true, 0, 1);
        var (host, rude, listener) = (meeting[0], meeting[1], meeting[2]);
        await rude.Media.SayUntilHeard("as long as I may", listener.Media);
        await host.Media.SayUntilHeard("I hear you", rude.Media);
        var heard = rude.Media.Heard.Count;

        await meeting.Use(host.Person, "remove", new { sessionId = rude.Session, block });

        await Silence.IsKeptByTheDead(rude.Media, listener, fence: host, "after removal");
        Assert.DoesNotContain(rude.Media.Heard.Skip(heard), word => word.Word.StartsWith("fence", StringComparison.Ordinal));
        Assert.Equal("session_gone", await rude.Device.Refused("Offer", new { sessionId = rude.Session, sdp = rude.Media.OfferRestart(), generation = 1, number = 2 }));
        await using var next = new MediaPeer();
        Assert.Equal("session_gone", await rude.Device.Refused("Offer", new { sessionId = rude.Session, sdp = next.Offer(), generation = 2, number = 1 }));
        Assert.Equal("session_gone", await rude.Device.Refused("Resume", new { sessionId = rude.Session, resumeToken = rude.ResumeToken, lastSeq = 0 }));
        Assert.Equal("session_gone", await rude.Device.Refused("Move", rude.Self));
        Assert.Equal("session_gone", await rude.Refused("Unmute"));
        await Assert.ThrowsAsync<TimeoutException>(() => rude.Media.Check(TimeSpan.FromMilliseconds(500)));
        await Silence.IsKeptByTheDead(rude.Media, listener, fence: host, "after all attempts");
        await using var device = await rude.Person.Connect();
        Assert.Equal(block ? "blocked" : "ok", await device.Outcome("Join", new { channelId = meeting.Channel }));
    }

    [Fact]
    [Row("S47", "D4", "3.1")]
    public async Task When_the_call_is_ended_nobody_hears_anybody_any_more()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 2, true, 0, 1);
        await meeting[1].Media.SayUntilHeard("hello", meeting[0].Media);

        await meeting.Use(meeting.People[0], "end");

        await using var next = await Meeting.Of(meeting.Service, 2, true, 0);
        await Silence.IsKeptByTheDead(meeting[1].Media, next[1], fence: next[0], "after the end");
        Assert.DoesNotContain(meeting[0].Media.Heard, heard => heard.Word.StartsWith("secret", StringComparison.Ordinal));
        foreach (var seat in meeting.Seats) { await Assert.ThrowsAsync<TimeoutException>(() => seat.Media.Check(TimeSpan.FromMilliseconds(500))); }
    }

    [Fact]
    [Row("D15", "D4", "S18")]
    public async Task Who_is_no_longer_a_member_is_silent_whatever_they_send()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 3, true, 0, 2);
        var (maker, rude, listener) = (meeting.People[1], meeting[2], meeting[1]);
        await rude.Media.SayUntilHeard("as long as I am one", listener.Media);

        (await maker.Send("DELETE", $"channels/{meeting.Channel}/members/{rude.Person.Id}")).IsDone();

        await listener.Hears("participant_left", data => data.GetProperty("sessionId").GetString() == rude.Session);
        await Silence.IsKeptByTheDead(rude.Media, listener, fence: meeting[0], "no longer a member");
        Assert.Equal("session_gone", await rude.Device.Refused("Resume", new { sessionId = rude.Session, resumeToken = rude.ResumeToken, lastSeq = 0 }));
    }
}
