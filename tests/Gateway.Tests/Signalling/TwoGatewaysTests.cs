using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Participants;
using Calls.Gateway.Signalling;
using Calls.Gateway.Tests.Host;
using Calls.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Gateway.Tests.Signalling;

/// <summary>Gateways share nothing but the grains.</summary>
public sealed class TwoGatewaysTests(CallsProgram program) : IClassFixture<CallsProgram>
{
    [Fact]
    public async Task A_session_resumed_through_another_gateway_is_over_at_the_first_and_goes_on_at_the_second()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(bob);
        await using var bobs = await bob.Connect();
        var other = await bobs.Join(channel);
        await using var first = await alice.Connect();
        var joined = await first.Join(channel);
        using var gateway = new OtherGateway(program.Services);
        var second = await gateway.Connect(alice);

        var resumed = await gateway.Commands.Resume(second, new ResumeCommand
        {
            SessionId = SessionId.From(joined.Session),
            ResumeToken = joined.ResumeToken,
            LastSeq = joined.Value.GetProperty("call").GetProperty("seq").GetInt64(),
        });

        Assert.True(resumed.Ok, $"Resume was refused: {resumed.Error}");
        Assert.Equal("moved", (await first.Hears("session_ended")).GetProperty("reason").GetString());
        Assert.Equal("not_your_session", await first.Refused("Unmute", new { sessionId = joined.Session }));
        await bobs.Done("Unmute", new { sessionId = other.Session });
        await OtherGateway.Hears(second, "unmuted");
        Assert.DoesNotContain(first.Events, message => message.GetProperty("type").GetString() == "unmuted");
        Assert.True((await gateway.Commands.Act(second, SessionId.From(joined.Session), new SessionAction.Unmute())).Ok);
    }

    [Fact]
    public async Task A_last_event_that_was_lost_is_read_again_at_the_next_renewal_and_heard()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(bob);
        await using var bobs = await bob.Connect();
        var other = await bobs.Join(channel);
        using var gateway = new OtherGateway(program.Services);
        var connection = await gateway.Connect(alice);
        var joined = (JoinedSession)(await gateway.Commands.Join(connection, new JoinCommand { ChannelId = ChannelId.From(channel) })).Value!;

        gateway.LosesNews = true;
        await bobs.Done("Unmute", new { sessionId = other.Session });
        await Eventually.True("the event is lost", () => gateway.Lost.OfType<CallEvent.Unmuted>().Any());
        gateway.LosesNews = false;
        var grains = program.Services.GetRequiredService<IGrainFactory>();
        await grains.GetGrain<ICallGrain>(other.Call).Watch(gateway.Subscription, [joined.SessionId]);

        var heard = await OtherGateway.Hears(connection, "unmuted");
        Assert.Equal(other.Session, heard!.Value.GetProperty("data").GetProperty("sessionId").GetString());
    }
}
