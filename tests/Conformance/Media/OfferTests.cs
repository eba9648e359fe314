using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Calls.Conformance.Clients;
using Calls.Conformance.Coverage;
using Calls.Conformance.Service;
using Calls.MediaClient;

namespace Calls.Conformance.Media;

/// <summary>The one offer, and what it is answered.</summary>
public sealed class OfferTests
{
    [Fact]
    [Row("4.1", "S2", "S82")]
    public async Task The_lines_of_a_whole_client_have_the_roles_that_the_protocol_gives_them()
    {
        var service = await Services.Shared;
        var alice = await service.As("alice");
        await using var seat = await alice.Join(await alice.NewChannel());

        var answer = await Offer(seat, VoiceOffer.Write(VoiceOffer.WholeClient));

        Assert.Equal(
            ["voiceOut", "voiceIn", "voiceIn", "voiceIn", "screenVideoOut", "screenAudioOut", "screenVideoIn", "screenAudioIn"],
            answer.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("role").GetString()));
        Assert.Equal([0, 0, 1, 2, 0, 0, 0, 0], answer.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("index").GetInt32()));
        var sdp = answer.GetProperty("sdp").GetString()!;
        Assert.Contains("a=ice-lite", sdp, StringComparison.Ordinal);
        Assert.Contains("a=setup:passive", sdp, StringComparison.Ordinal);
        Assert.Contains("a=end-of-candidates", sdp, StringComparison.Ordinal);
        Assert.Single(sdp.Split("\r\n").Where(line => line.StartsWith("a=candidate:", StringComparison.Ordinal))
            .Where(line => line.Contains(" udp ", StringComparison.OrdinalIgnoreCase)).Select(line => line.Split(' ')[5]).Distinct());
    }

    [Theory]
    [InlineData("a=rtcp-mux\r\n", "", "sdp.noRtcpMux")]
    [InlineData("a=setup:actpass", "a=setup:passive", "sdp.setupPassive")]
    [InlineData("opus/48000/2", "G722/8000", "sdp.noOpus")]
    [InlineData("UDP/TLS/RTP/SAVPF", "RTP/AVP", "sdp.unsupportedProfile")]
    [InlineData("a=rtcp-mux\r\n", "a=rtcp-mux\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n", "sdp.sdesKeys")]
    [InlineData("v=0\r\n", "", "sdp.malformed")]
    [Row("S74", "sdp_rejected")]
    public async Task An_offer_that_cannot_be_answered_is_refused_with_its_reason_and_may_be_mended(string before, string after, string reason)
    {
        var service = await Services.Shared;
        var alice = await service.As("alice");
        await using var seat = await alice.Join(await alice.NewChannel());
        var good = VoiceOffer.Write(VoiceOffer.Voice);

        var reply = await seat.Device.Ask("Offer", new { sessionId = seat.Session, sdp = good.Replace(before, after, StringComparison.Ordinal) });

        Assert.Equal("sdp_rejected", reply.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains(reason, reply.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        await Offer(seat, good);
    }

    [Fact]
    [Row("3.3", "media_moved")]
    public async Task The_offer_of_a_generation_that_is_over_is_refused()
    {
        var service = await Services.Shared;
        var alice = await service.As("alice");
        await using var seat = await alice.JoinWithMedia(await alice.NewChannel());
        await seat.OpenMedia(generation: 2);

        var late = await seat.Device.Refused("Offer", new { sessionId = seat.Session, sdp = VoiceOffer.Write(VoiceOffer.Voice), generation = 1, number = 2 });

        Assert.Equal("media_moved", late);
    }

    [Fact]
    [Row("S76", "D13", "4.3")]
    public async Task No_third_party_is_named_and_credentials_are_for_those_in_a_call()
    {
        var service = await Services.Shared;
        var person = await service.NewPerson();
        (await person.Get("turn-credentials")).IsRefused(HttpStatusCode.Conflict, "not_in_call");

        await using var seat = await person.Join(await person.NewChannel());

        Assert.Empty(seat.Joined.GetProperty("media").GetProperty("iceServers").EnumerateArray());
        Assert.Empty((await person.Get("turn-credentials")).IsDone().Body.GetProperty("iceServers").EnumerateArray());
    }

    [OwnProcessFact]
    [Row("S77", "D13", "S76")]
    public async Task Servers_are_given_by_configuration_and_relays_with_credentials_that_end_after_four_hours()
    {
        const string Secret = "a shared secret";
        using var service = await CallsProgram.Start(new Dictionary<string, string>
        {
            ["ice:servers:0:urls:0"] = "stun:stun.example",
            ["ice:servers:1:urls:0"] = "turn:turn.example:3478",
            ["ice:servers:2:urls:0"] = "turn:other.example",
            ["ice:servers:2:username"] = "u",
            ["ice:servers:2:credential"] = "c",
            ["ice:turnsecret"] = Secret,
        });
        var alice = await service.As("alice");
        var before = DateTimeOffset.UtcNow;
        await using var seat = await alice.Join(await alice.NewChannel());

        var joined = seat.Joined.GetProperty("media").GetProperty("iceServers");
        var fresh = (await alice.Get("turn-credentials")).IsDone();

        Assert.All(new[] { joined, fresh.Body.GetProperty("iceServers") }, servers => Assert.Equal(
            ["stun:stun.example", "turn:turn.example:3478", "turn:other.example"], servers.EnumerateArray().Select(server => server.GetProperty("urls")[0].GetString())));
        Assert.Equal((null, "u", "c"), (joined[0].GetProperty("username").GetString(), joined[2].GetProperty("username").GetString(), joined[2].GetProperty("credential").GetString()));
        Assert.DoesNotContain(Secret, joined.ToString() + fresh.Text, StringComparison.Ordinal);
        foreach (var relay in new[] { joined[1], fresh.Body.GetProperty("iceServers")[1] })
        {
            // As a relay with the same secret would check it.
            var username = relay.GetProperty("username").GetString()!;
            Assert.Equal(
                Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(username))),
                relay.GetProperty("credential").GetString());
            var ends = DateTimeOffset.FromUnixTimeSeconds(long.Parse(username.Split(':')[0], CultureInfo.InvariantCulture));
            Assert.InRange(ends, before.AddMinutes(239), before.AddMinutes(250));
        }
    }

    [OwnProcessFact]
    [Row("S78")]
    public async Task The_candidates_of_an_answer_are_the_addresses_that_shall_be_advertised()
    {
        using var service = await CallsProgram.Start(new Dictionary<string, string>
        {
            ["media:advertise"] = "203.0.113.7, localhost, 127.0.0.1=198.51.100.2, 10.9.8.7=198.51.100.9", ["media:ipv6"] = "false",
        });
        var (alice, admin) = (await service.As("alice"), await service.As("admin"));
        await using var seat = await alice.Join(await alice.NewChannel());

        var answer = await Offer(seat, VoiceOffer.Write(VoiceOffer.Voice));

        var candidates = answer.GetProperty("sdp").GetString()!.Split("\r\n")
            .Where(line => line.StartsWith("a=candidate:", StringComparison.Ordinal)).Select(line => line.Split(' ')).ToList();
        Assert.Equal(["203.0.113.7", "127.0.0.1", "198.51.100.2"], candidates.Select(words => words[4]).Distinct());
        Assert.Equal(candidates.Select(words => uint.Parse(words[3], CultureInfo.InvariantCulture)).OrderDescending(), candidates.Select(words => uint.Parse(words[3], CultureInfo.InvariantCulture)));
        var node = Assert.Single((await admin.Get("admin/media-nodes")).Items).GetProperty("description");
        Assert.Equal(candidates.Select(words => $"{words[4]}:{words[5]}").Distinct(), node.GetProperty("mediaAddresses").EnumerateArray().Select(address => address.GetString()));
    }

    [Fact]
    [Row("4.3", "unsupported_media")]
    public async Task A_whip_publisher_is_a_session_like_any_other()
    {
        var service = await Services.Shared;
        var (alice, bob) = (await service.As("alice"), await service.As("bob"));
        var channel = await alice.NewChannel(bob);
        await using var listener = await bob.JoinWithMedia(channel);
        await using var peer = new MediaPeer(["audio sendonly"]);
        (await alice.Post($"whip/{channel}", new { sdp = "none" })).IsRefused(HttpStatusCode.UnsupportedMediaType, "unsupported_media");

        var published = await alice.Send("POST", $"whip/{channel}", Sdp(peer.Offer()));
        await peer.Connect(published.IsDone().Text);
        await peer.SayUntilHeard("published", listener.Media);

        var call = await listener.Sync();
        Assert.Equal(2, call.GetProperty("sessions").GetArrayLength());
        Assert.Contains(call.GetProperty("sessions").EnumerateArray(), one => one.GetProperty("userId").GetString() == alice.Id && !one.GetProperty("muted").GetBoolean());
        (await alice.Send("DELETE", published.Headers.Location!.OriginalString)).IsDone();
        await listener.Hears("participant_left");
    }

    private static Task<System.Text.Json.JsonElement> Offer(Seat seat, string sdp) => seat.Device.Done("Offer", new { sessionId = seat.Session, sdp });

    private static ByteArrayContent Sdp(string offer)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(offer));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/sdp");
        return content;
    }
}
