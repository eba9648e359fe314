using System.Net;
using System.Net.Http.Headers;
using Calls.Gateway.Tests.Host;
using Calls.Support;

namespace Calls.Gateway.Tests.Whip;

public sealed class WhipTests(CallsProgram program) : IClassFixture<CallsProgram>
{
    [Theory]
    [InlineData("whip")]
    [InlineData("whep")]
    public async Task One_request_makes_a_session_and_another_ends_it(string name)
    {
        var alice = await Person.SignIn(program, "alice");
        var channel = await alice.NewChannel();

        var made = await alice.Post($"{name}/{channel}", Sdp("an offer"));
        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal("answer 1 to an offer", made.Text);
        Assert.Equal("application/sdp", made.ContentHeaders.ContentType!.MediaType);
        var call = (await alice.Get($"channels/{channel}/call")).Body.GetProperty("call");
        Assert.Single(call.GetProperty("sessions").EnumerateArray());
        Assert.Equal(name == "whep", call.GetProperty("sessions")[0].GetProperty("muted").GetBoolean());

        using var ended = await alice.Http.DeleteAsync(made.Headers.Location);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await alice.Get($"channels/{channel}/call")).Body.GetProperty("call").ValueKind);
    }

    [Fact]
    public async Task An_offer_that_cannot_be_answered_leaves_no_session()
    {
        var alice = await Person.SignIn(program, "alice");
        var channel = await alice.NewChannel();

        (await alice.Post($"whip/{channel}", Sdp("unanswerable"))).IsRefused(HttpStatusCode.UnprocessableEntity, "sdp_rejected");
        (await alice.Post($"whip/{channel}", new { })).IsRefused(HttpStatusCode.UnsupportedMediaType, "unsupported_media");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await alice.Get($"channels/{channel}/call")).Body.GetProperty("call").ValueKind);
    }

    [Fact]
    public async Task S18_A_revoked_sign_in_ends_it_too()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(bob);
        await using var bobs = await bob.Connect();
        await bobs.Join(channel);
        await alice.Post($"whip/{channel}", Sdp("an offer"));

        await alice.Post("sign-out");

        Assert.Equal("signed_out", (await bobs.Hears("participant_left")).GetProperty("reason").GetString());
        await Eventually.Passes("one session left", async () => Assert.Single(
            (await bob.Get($"channels/{channel}/call")).Body.GetProperty("call").GetProperty("sessions").EnumerateArray()));
    }

    private static StringContent Sdp(string text) => new(text) { Headers = { ContentType = new MediaTypeHeaderValue("application/sdp") } };
}
