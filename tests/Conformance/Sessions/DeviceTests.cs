using Calls.Conformance.Coverage;
using Calls.Conformance.Service;

namespace Calls.Conformance.Sessions;

/// <summary>Several devices of one user, and what a session is for its life.</summary>
public sealed class DeviceTests
{
    [Fact]
    [Row("S19", "S20", "S21")]
    public async Task Every_device_of_a_user_is_a_session_of_its_own()
    {
        var service = await Services.Shared;
        var (alice, bob) = (await service.As("alice"), await service.As("bob"));
        var channel = await alice.NewChannel(bob);
        await using var bobs = await bob.Join(channel);
        await using var laptop = await alice.Join(channel, new { device = new { name = "Laptop" } });
        await using var phone = await alice.Join(channel, new { device = new { name = "Phone" } });

        await phone.Do("Unmute");

        var call = await bobs.Sync();
        await bobs.KnowsUpTo(call.GetProperty("seq").GetInt64());
        Assert.Equal(3, call.GetProperty("sessions").GetArrayLength());
        Assert.Equal((true, false), (bobs.Picture.Sessions[laptop.Session].Muted, bobs.Picture.Sessions[phone.Session].Muted));
        Assert.Equal(["Laptop", "Phone"], call.GetProperty("sessions").EnumerateArray().Skip(1).Select(one => one.GetProperty("device").GetProperty("name").GetString()));
        await phone.Do("Leave");
        Assert.Equal(2, (await laptop.Sync()).GetProperty("sessions").GetArrayLength());
        Assert.Empty(laptop.Device.ToldOf("session_ended"));
    }

    [Fact]
    [Row("S19", "4")]
    public async Task Joining_again_with_the_same_operation_makes_no_second_session()
    {
        var service = await Services.Shared;
        var alice = await service.As("alice");
        var channel = await alice.NewChannel();
        var operation = Guid.NewGuid().ToString();
        await using var first = await alice.Join(channel, new { operationId = operation });
        await using var repeated = await first.Device.Join(channel, new { operationId = operation });
        await using var other = await first.Device.Join(channel);

        Assert.Equal((first.Session, first.Call), (repeated.Session, repeated.Call));
        Assert.NotEqual(first.Session, other.Session);
        Assert.Equal(2, (await other.Sync()).GetProperty("sessions").GetArrayLength());
    }

    [Fact]
    [Row("4.1", "session_gone", "not_your_session", "not_in_call")]
    public async Task A_session_obeys_its_own_connection_alone()
    {
        var service = await Services.Shared;
        var (alice, bob) = (await service.As("alice"), await service.As("bob"));
        var channel = await alice.NewChannel(bob);
        await using var seat = await alice.Join(channel);
        await using var bobs = await bob.Connect();
        await using var alicesOther = await alice.Connect();
        var self = new { sessionId = seat.Session };

        foreach (var method in new[] { "Mute", "Unmute", "Leave" })
        {
            Assert.Equal("not_your_session", await bobs.Refused(method, self));
            Assert.Equal("not_your_session", await alicesOther.Refused(method, self));
        }

        Assert.Equal("not_your_session", await bobs.Refused("Offer", new { sessionId = seat.Session, sdp = MediaClient.VoiceOffer.Write(MediaClient.VoiceOffer.Voice) }));
        Assert.Equal("not_your_session", await bobs.Refused("Resume", new { sessionId = seat.Session, resumeToken = seat.ResumeToken, lastSeq = 0 }));
        Assert.Equal("not_in_call", await bobs.Refused("Sync", new { callId = seat.Call }));
        await seat.Do("Leave");
        await seat.Do("Leave");
        foreach (var method in new[] { "Mute", "Unmute" }) { Assert.Equal("session_gone", await seat.Refused(method)); }
    }
}
