using System.Collections.Immutable;
using System.Text.Json;
using Calls.Conformance.Clients;
using Calls.Conformance.Coverage;
using Calls.Conformance.Service;
using Calls.Support;

namespace Calls.Conformance.Sessions;

/// <summary>The whole process is killed in the middle of a call, and comes back.</summary>
public sealed class RecoveryTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [OwnProcessFact]
    [Row("recovery", "D11", "D12", "3.3", "3.1")]
    public async Task Killed_and_started_again_the_call_is_as_it_was_with_chair_hands_mute_thread_and_voices()
    {
        using var service = await CallsProgram.Start();
        await using var meeting = await Meeting.Of(service, 3, true, 0, 1);
        var (alice, bob) = (meeting.People[0], meeting.People[1]);
        await meeting.Use(alice, "make", new { userId = bob.Id });
        await meeting.Use(bob, "mute", meeting[0].Self);
        await meeting[2].Do("RaiseHand");
        var thread = (await meeting.Truth()).GetProperty("threadId").GetString();
        (await alice.Post($"channels/{meeting.Channel}/posts", new { text = "before the power cut", threadId = thread })).IsDone();
        var before = await EveryView.IsEqual(meeting.Seats);

        await service.Kill();
        foreach (var seat in meeting.Seats) { await Eventually.Comes("the end of the connection", seat.Device.Closed, s_patience); }

        await service.Run();

        foreach (var seat in meeting.Seats) { await Return(seat); }

        var after = await EveryView.IsEqual(meeting.Seats);
        Assert.Equal(Kept(before), Kept(after));
        Assert.All(after.Sessions.Values, seat => Assert.Equal("connected", seat.Connection));
        Assert.Equal("before the power cut", (await alice.Get($"posts/{thread}/thread")).Items[1].GetProperty("text").GetString());
        await meeting[1].Media.SayUntilHeard("still host", meeting[2].Media);
        await Silence.IsKept(meeting[0], meeting[2], fence: meeting[1], "muted before the power cut");
        Assert.Equal("forbidden", (await alice.Host(meeting.Host, "end")).Code);
        await meeting.Use(bob, "lower-hand", meeting[2].Self);
        await using var late = await alice.Join(meeting.Channel);
        Assert.Equal(meeting.Host.Call, late.Call);
    }

    [OwnProcessFact]
    [Row("recovery", "S41", "blocked", "S47")]
    public async Task What_was_answered_is_not_forgotten_by_a_kill()
    {
        using var service = await CallsProgram.Start();
        await using var meeting = await Meeting.Of(service, 2);
        await meeting.Use(meeting.People[0], "remove", new { sessionId = meeting[1].Session, block = true });
        await service.Kill();
        await service.Run();
        await Return(meeting[0], media: false);

        await using (var device = await meeting.People[1].Connect()) { Assert.Equal("blocked", await device.RefusedJoin(meeting.Channel)); }

        await meeting.Use(meeting.People[0], "end");
        await service.Kill();
        await service.Run();
        Assert.Equal(JsonValueKind.Null, (await meeting.People[0].CallOf(meeting.Channel)).ValueKind);
        var audit = (await (await service.As("admin")).Get("admin/audit")).Items;
        Assert.Equal(["host.end", "host.remove"], audit.Select(entry => entry.GetProperty("action").GetString()).Where(action => action!.StartsWith("host.", StringComparison.Ordinal)));
    }

    // As a client does: a new connection, the session resumed, and a new peer if the old one's node is gone.
    private static async Task Return(Seat seat, bool media = true)
    {
        var device = await Tries("a connection", seat.Person.Connect);
        var resumed = await Tries("a resume", () => seat.Resume(device));
        var generation = resumed.GetProperty("media").GetProperty("generation").GetInt32() + 1;
        if (media) { await Tries("media", () => seat.OpenMedia(generation)); }
    }

    private static Task<T> Tries<T>(string expected, Func<Task<T>> act) => Eventually.Sees<T>(expected, act, _ => true, s_patience);

    // Connections come and go; all else must be as it was.
    private static string Kept(CallPicture picture) =>
        (picture with { Seq = 0, Sessions = picture.Sessions.ToImmutableSortedDictionary(one => one.Key, one => one.Value with { Connection = "" }, StringComparer.Ordinal) }).Text;
}
