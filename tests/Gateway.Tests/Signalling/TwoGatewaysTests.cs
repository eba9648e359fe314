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
    public async Task A_gateway_that_missed_the_move_of_a_session_catches_up_without_taking_it_back()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var channel = await alice.NewChannel(bob);
        await using var bobs = await bob.Connect();
        var other = await bobs.Join(channel);
        using var former = new OtherGateway(program.Services);
        var connection = await former.Connect(alice);
        var joined = (JoinedSession)(await former.Commands.Join(connection, new JoinCommand { ChannelId = ChannelId.From(channel) })).Value!;

        former.LosesNews = true;
        await using var present = await alice.Connect();
        await present.Done("Resume", new { sessionId = joined.SessionId.Value, resumeToken = joined.ResumeToken.Value, lastSeq = joined.Call.Seq });
        await bobs.Done("Unmute", new { sessionId = other.Session });
        await Eventually.True("both are lost", () => former.Lost.OfType<CallEvent.SessionEnded>().Any() && former.Lost.OfType<CallEvent.Unmuted>().Any());
        former.LosesNews = false;
        await former.Subscription.Observer.TellProgress(joined.Call.Id, long.MaxValue);
        await OtherGateway.Hears(connection, "unmuted");
        await present.Done("Unmute", new { sessionId = joined.SessionId.Value });

        // With its renewal it hears of the move as well.
        await program.Services.GetRequiredService<IGrainFactory>().GetGrain<ICallGrain>(other.Call).Watch(former.Subscription, [joined.SessionId]);
        var ended = await OtherGateway.Hears(connection, "session_ended");
        Assert.Equal("moved", ended!.Value.GetProperty("data").GetProperty("reason").GetString());
        await present.Done("Mute", new { sessionId = joined.SessionId.Value });
        Assert.DoesNotContain(present.Events, message => message.GetProperty("type").GetString() == "session_ended");
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
