using System.Text.Json;
using Calls.Conformance.Clients;
using Calls.Conformance.Coverage;
using Calls.Conformance.Service;

namespace Calls.Conformance.Forms;

/// <summary>The forms of the hub.</summary>
public sealed class HubFormTests
{
    private static readonly string[] s_methods =
        ["Join", "Offer", "Resume", "Move", "Leave", "Mute", "Unmute", "DeclineUnmute", "RaiseHand", "LowerHand", "React", "StartScreen", "StopScreen", "Sync"];

    [Fact]
    [Row("D5", "4.1", "invalid")]
    public async Task Every_method_answers_nonsense_with_a_refusal_and_goes_on()
    {
        var service = await Services.Shared;
        var alice = await service.As("alice");
        await using var device = await alice.Connect();
        object[] nonsense = [new { }, "text", 7, new { sessionId = "sess_wrong", channelId = 9, callId = new[] { 1 } }, new object[] { 1, 2 }];

        foreach (var method in s_methods)
        {
            foreach (var argument in nonsense) { Assert.Equal((method, "invalid"), (method, await device.Refused(method, argument))); }
        }

        await using var seat = await device.Join(await alice.NewChannel());
    }

    [Theory]
    [InlineData("title")]
    [InlineData("operationId")]
    [InlineData("voiceSlots")]
    [InlineData("device")]
    [Row("4.1", "invalid")]
    public async Task What_is_out_of_range_is_refused_and_starts_nothing(string member)
    {
        var service = await Services.Shared;
        var alice = await service.As("alice");
        var channel = await alice.NewChannel();
        await using var device = await alice.Connect();
        object value = member switch { "voiceSlots" => 9, "device" => new { name = new string('x', 65) }, _ => new string('x', 129) };

        Assert.Equal("invalid", await device.Refused("Join", new Dictionary<string, object> { ["channelId"] = channel, [member] = value }));

        Assert.Equal(JsonValueKind.Null, (await alice.CallOf(channel)).ValueKind);
    }

    [Fact]
    [Row("S2", "4")]
    public async Task A_client_without_any_library_joins_and_is_told()
    {
        var service = await Services.Shared;
        var alice = await service.As("alice");
        var channel = await alice.NewChannel();
        using var socket = await RawHub.Open(service.Address, alice.Token);
        await socket.Send("""{"protocol":"json","version":1}""");
        Assert.Equal("{}", await socket.Next());

        await socket.Send(JsonSerializer.Serialize(new
        {
            type = 1,
            invocationId = "7",
            target = "Join",
            arguments = new[] { new { channelId = channel, unknownMember = true, traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" } },
        }));

        var answer = await socket.Next(message => message.Contains("\"invocationId\":\"7\"", StringComparison.Ordinal));
        var value = JsonSerializer.Deserialize<JsonElement>(answer).GetProperty("result").GetProperty("value");
        Assert.Equal(channel, value.GetProperty("call").GetProperty("channelId").GetString());
        await socket.Send($$"""{"type":1,"invocationId":"8","target":"Unmute","arguments":[{"sessionId":"{{value.GetProperty("sessionId").GetString()}}"}]}""");
        var told = await socket.Next(message => message.Contains("\"unmuted\"", StringComparison.Ordinal));
        Assert.Equal("event", JsonSerializer.Deserialize<JsonElement>(told).GetProperty("target").GetString());
    }

    [Fact]
    [Row("4", "sdp_rejected")]
    public async Task A_message_of_a_hundred_kibibytes_is_read_and_its_offer_judged()
    {
        var service = await Services.Shared;
        var alice = await service.As("alice");
        await using var seat = await alice.Join(await alice.NewChannel());

        Assert.Equal("sdp_rejected", await seat.Device.Refused("Offer", new { sessionId = seat.Session, sdp = new string('x', 100 * 1024) }));
        await seat.Do("Unmute");
    }
}
