using System.Net;
using System.Net.WebSockets;
using Calls.Conformance.Clients;
using Calls.Conformance.Coverage;
using Calls.Conformance.Service;
using Calls.Support;

namespace Calls.Conformance.Starting;

/// <summary>Who is not, or no longer, signed in.</summary>
public sealed class SignInTests
{
    [Fact]
    [Row("S18", "unauthenticated")]
    public async Task Without_a_sign_in_nothing_is_answered_but_that()
    {
        var service = await Services.Shared;
        var nobody = new Anonymous(service);

        foreach (var path in new[] { "me", "channels", "channels/chan_aaaaaaaaaaaaaaaaaaaaaaaaaa/call", "admin/users", "turn-credentials" })
        {
            (await nobody.Get(path)).IsRefused(HttpStatusCode.Unauthorized, "unauthenticated");
        }

        (await nobody.Post("sign-in", new { username = "alice", password = "wrong" })).IsRefused(HttpStatusCode.Unauthorized, "unauthenticated");
        using var socket = new ClientWebSocket();
        var hub = new UriBuilder(new Uri(service.Address, "/hubs/calls")) { Scheme = service.Address.Scheme == "https" ? "wss" : "ws", Query = "access_token=wrong" };
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(hub.Uri, CancellationToken.None));
    }

    [Fact]
    [Row("S18", "D15")]
    public async Task A_revoked_sign_in_closes_its_sessions_and_its_connection()
    {
        var service = await Services.Shared;
        var (alice, leaving) = (await service.As("alice"), await service.NewPerson());
        var channel = await alice.NewChannel(leaving);
        await using var witness = await alice.Join(channel);
        await using var seat = await leaving.Join(channel);

        (await leaving.Post("sign-out")).IsDone();

        Assert.Equal("signed_out", (await seat.Hears("session_ended")).GetProperty("reason").GetString());
        var left = await witness.Hears("participant_left");
        Assert.Equal((seat.Session, "signed_out"), (left.GetProperty("sessionId").GetString(), left.GetProperty("reason").GetString()));
        await Eventually.Comes("the end of the connection", seat.Device.Closed);
        (await leaving.Get("me")).IsRefused(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    [Row("S18", "S25", "D15")]
    public async Task A_deactivated_user_is_out_of_every_call_on_every_device()
    {
        var service = await Services.Shared;
        var (alice, leaving) = (await service.As("alice"), await service.NewPerson());
        var channel = await alice.NewChannel(leaving);
        await using var witness = await alice.Join(channel);
        await using var one = await leaving.Join(channel);
        await using var two = await leaving.Join(channel);

        (await (await service.As("admin")).Send("PATCH", $"admin/users/{leaving.Id}", new { deactivated = true })).IsDone();

        foreach (var seat in new[] { one, two })
        {
            Assert.Equal("signed_out", (await seat.Hears("session_ended")).GetProperty("reason").GetString());
            await witness.Hears("participant_left", data => data.GetProperty("sessionId").GetString() == seat.Session && data.GetProperty("reason").GetString() == "signed_out");
        }
    }

    [Fact]
    [Row("D15", "3.3")]
    public async Task Who_is_taken_out_of_a_channel_is_out_of_its_call()
    {
        var service = await Services.Shared;
        var (alice, bob) = (await service.As("alice"), await service.As("bob"));
        var guest = await service.NewPerson("guest");
        var channel = await alice.NewChannel(bob, guest);
        await using var witness = await alice.Join(channel);
        foreach (var leaving in new[] { bob, guest })
        {
            await using var seat = await leaving.Join(channel);

            (await alice.Send("DELETE", $"channels/{channel}/members/{leaving.Id}")).IsDone();

            Assert.Equal("no_longer_member", (await seat.Hears("session_ended")).GetProperty("reason").GetString());
            await witness.Hears("participant_left", data => data.GetProperty("sessionId").GetString() == seat.Session && data.GetProperty("reason").GetString() == "no_longer_member");
            Assert.Equal("session_gone", await seat.Refused("Unmute"));
        }
    }
}
