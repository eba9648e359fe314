using System.Net;
using System.Net.Http.Headers;
using Calls.Contracts.Calls;
using Calls.Contracts.Channels;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Workspace;
using Calls.Gateway.Auth;
using Calls.Gateway.Tests.Host;
using Calls.Gateway.Whip;
using Calls.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

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
    public async Task An_operation_id_has_its_limits_here_too()
    {
        var alice = await Person.SignIn(program, "alice");
        var channel = await alice.NewChannel();
        alice.Http.DefaultRequestHeaders.Add("Idempotency-Key", new string('k', 65));

        (await alice.Post($"whip/{channel}", Sdp("an offer"))).IsRefused(HttpStatusCode.BadRequest, "invalid");
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

    [Fact]
    public async Task A_call_that_ends_before_it_is_joined_is_asked_for_again()
    {
        var alice = await Person.SignIn(program, "alice");
        var channel = ChannelId.From(await alice.NewChannel());
        var services = program.Services;
        var grains = services.GetRequiredService<IGrainFactory>();
        var opened = 0;
        var racing = Between<IGrainFactory>.Of(grains, (_, _, pass) => pass() is IChannelGrain slot
            ? Between<IChannelGrain>.Of(slot, (_, _, open) => opened++ == 0 ? OpenAndEnd((Task<Answer<OpenedCall>>)open()!) : open())
            : pass());
        var user = (await services.GetRequiredService<IWorkspace>().Users.Find(UserId.From(alice.Id), default))!;
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.ContentType = "application/sdp";
        context.Request.Body = new MemoryStream("an offer"u8.ToArray());

        var made = await new WhipSessions(services.GetRequiredService<IRecords>(), racing).Begin(
            "whip", SessionKind.Publisher, channel, context, new CurrentUser(user, "none"));

        Assert.Equal((2, StatusCodes.Status201Created), (opened, ((IStatusCodeHttpResult)made).StatusCode));

        async Task<Answer<OpenedCall>> OpenAndEnd(Task<Answer<OpenedCall>> opening)
        {
            var answer = await opening;
            await grains.GetGrain<ICallGrain>(answer.Value!.Call.Value).End(CallEndReason.Failed);
            return answer;
        }
    }

    [Fact]
    public async Task Who_joins_a_call_that_began_so_hears_its_events()
    {
        var alice = await Person.SignIn(program, "alice");
        var channel = await alice.NewChannel();
        await alice.Post($"whip/{channel}", Sdp("an offer"));
        await using var device = await alice.Connect();
        var joined = await device.Join(channel);

        await device.Done("Unmute", new { sessionId = joined.Session });

        await device.Hears("unmuted");
    }

    private static StringContent Sdp(string text) => new(text) { Headers = { ContentType = new MediaTypeHeaderValue("application/sdp") } };
}
