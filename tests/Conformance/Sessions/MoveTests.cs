using Calls.Conformance.Clients;
using Calls.Conformance.Coverage;
using Calls.Conformance.Service;

namespace Calls.Conformance.Sessions;

/// <summary>A call goes on at another device.</summary>
public sealed class MoveTests
{
    [Fact]
    [Row("Move", "S19", "3.2")]
    public async Task The_other_device_takes_over_with_mute_hand_place_and_chair_and_without_a_gap()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 3, false, 0);
        var raised = (await meeting[0].Do("RaiseHand")).GetProperty("raisedAt").GetDateTimeOffset();
        var tablet = await meeting.People[0].Connect();

        var moved = new Seat(tablet, await tablet.Done("Move", new { sessionId = meeting[0].Session, device = new { name = "Tablet" } }));

        Assert.Equal("moved", (await meeting[0].Hears("session_ended", data => Is(data, meeting[0]))).GetProperty("reason").GetString());
        var call = await EveryView.IsEqual([meeting[1], meeting[2], moved]);
        Assert.Equal(3, call.Sessions.Count);
        Assert.Equal((meeting.People[0].Id, false, raised), (call.Host, call.Sessions[moved.Session].Muted, call.Sessions[moved.Session].RaisedAt));
        Assert.Equal(moved.Session, (await moved.Sync()).GetProperty("sessions")[0].GetProperty("sessionId").GetString());

        // First it is there, then the other one is gone: nobody ever saw the call without its host.
        var types = meeting[1].Device.Events.Where(message => message.GetProperty("seq").ValueKind == System.Text.Json.JsonValueKind.Number)
            .Select(message => message.GetProperty("type").GetString()).TakeLast(2);
        Assert.Equal(["participant_joined", "participant_left"], types);
        Assert.Empty(meeting[1].Device.ToldOf("host_changed"));
        await moved.Do("Mute");
        Assert.Equal("session_gone", await meeting[0].Refused("Unmute"));
        await moved.DisposeAsync();
    }

    [Fact]
    [Row("Move", "4", "not_your_session", "session_gone")]
    public async Task Only_one_s_own_session_is_moved_and_a_repeat_moves_it_once()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 2);
        await using var bobs = await meeting.People[1].Connect();
        await using var tablet = await meeting.People[0].Connect();
        Assert.Contains(await bobs.Refused("Move", meeting[0].Self), new[] { "not_your_session", "session_gone" });
        Assert.Equal("session_gone", await bobs.Refused("Move", new { sessionId = "sess_aaaaaaaaaaaaaaaaaaaaaaaaaa" }));
        var move = new { sessionId = meeting[0].Session, operationId = Guid.NewGuid().ToString() };

        var first = await tablet.Done("Move", move);
        var again = await tablet.Done("Move", move);

        Assert.Equal(first.GetProperty("sessionId").GetString(), again.GetProperty("sessionId").GetString());
        Assert.Equal(2, (await meeting[1].Sync()).GetProperty("sessions").GetArrayLength());
    }

    [Fact]
    [Row("Move")]
    public async Task Its_voice_goes_on_at_the_other_device()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 3, true, 0, 2);
        var tablet = await meeting.People[0].Connect();
        var moved = new Seat(tablet, await tablet.Done("Move", meeting[0].Self));
        await moved.OpenMedia();

        await moved.Media.SayUntilHeard("from the tablet", meeting[1].Media);
        await Silence.IsKeptByTheDead(meeting[0].Media, meeting[1], fence: meeting[2], "from the device it left");
        await moved.DisposeAsync();
    }

    private static bool Is(System.Text.Json.JsonElement data, Seat seat) => data.GetProperty("sessionId").GetString() == seat.Session;
}
