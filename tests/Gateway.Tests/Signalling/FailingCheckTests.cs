using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Participants;
using Calls.Contracts.Workspace;
using Calls.Gateway.Signalling;
using Calls.Gateway.Tests.Host;
using Calls.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Calls.Gateway.Tests.Signalling;

/// <summary>A call that does not answer the check of its sessions keeps nobody else's open (D15).</summary>
public sealed class FailingCheckTests
{
    [Fact]
    public async Task D15_The_session_behind_one_whose_check_fails_is_closed_and_that_one_as_soon_as_its_call_answers()
    {
        using var program = new Program();
        var (alice, bob, carol) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"), await Person.SignIn(program, "carol"));
        var (stuck, other) = (await alice.NewChannel(bob), await alice.NewChannel(carol));
        await using var bobs = await bob.Connect();
        await using var carols = await carol.Connect();

        // Sessions are looked at in the order in which they came.
        program.Stuck = (await bobs.Join(stuck)).Call;
        await carols.Join(other);
        await Expel(alice, (stuck, bob), (other, carol));

        Assert.Equal("no_longer_member", (await carols.Hears("session_ended")).GetProperty("reason").GetString());
        Assert.DoesNotContain(bobs.Events, message => message.GetProperty("type").GetString() == "session_ended");

        program.Stuck = null;
        Assert.Equal("no_longer_member", (await bobs.Hears("session_ended")).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task D15_So_is_the_session_without_a_connection()
    {
        using var program = new Program();
        var (alice, bob, carol) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"), await Person.SignIn(program, "carol"));
        var (stuck, other) = (await alice.NewChannel(bob), await alice.NewChannel(carol));
        await using var first = await alice.Connect();
        await using var second = await alice.Connect();
        program.Stuck = (await first.Join(stuck)).Call;
        await second.Join(other);
        foreach (var (person, channel) in new[] { (bob, stuck), (carol, other) }) { Assert.Equal(HttpStatusCode.Created, (await Publish(person, channel)).Status); }

        await Expel(alice, (stuck, bob), (other, carol));

        var left = await second.Hears("participant_left");
        Assert.Equal((carol.Id, "no_longer_member"), (left.GetProperty("userId").GetString(), left.GetProperty("reason").GetString()));
        program.Stuck = null;
        await first.Hears("participant_left", data => data.GetProperty("userId").GetString() == bob.Id);
    }

    [Fact]
    public async Task D15_A_call_that_never_answers_holds_up_the_check_of_no_other()
    {
        using var program = new Program { Hangs = true };
        var (alice, bob, carol) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"), await Person.SignIn(program, "carol"));
        var (stuck, other) = (await alice.NewChannel(bob), await alice.NewChannel(carol));
        await using var bobs = await bob.Connect();
        await using var carols = await carol.Connect();
        var joined = await bobs.Join(stuck);
        await carols.Join(other);
        foreach (var (person, channel) in new[] { (bob, stuck), (carol, other) }) { Assert.Equal(HttpStatusCode.Created, (await Publish(person, channel)).Status); }

        await using var alices = await alice.Connect();
        await alices.Join(other);
        program.Stuck = joined.Call;
        await Expel(alice, (stuck, bob), (other, carol));

        Assert.Equal("no_longer_member", (await carols.Hears("session_ended")).GetProperty("reason").GetString());
        await Eventually.True("both of theirs are gone", () => alices.Events.Count(message => message.GetProperty("type").GetString() == "participant_left") == 2);
    }

    private static async Task Expel(Person by, params (string Channel, Person Who)[] members)
    {
        foreach (var (channel, who) in members)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await by.Send("DELETE", $"channels/{channel}/members/{who.Id}")).Status);
        }
    }

    private static Task<Reply> Publish(Person person, string channel) => person.Post(
        $"whip/{channel}", new StringContent("an offer") { Headers = { ContentType = new MediaTypeHeaderValue("application/sdp") } });

    /// <summary>The checks of this program get no answer from one call, and look at its sessions first.</summary>
    private sealed class Program : CallsProgram
    {
        private volatile string? _stuck;

        public string? Stuck { set => _stuck = value; }

        /// <summary>Whether it does not even fail.</summary>
        public bool Hangs { get; init; }

        protected override void Configure(IServiceCollection services)
        {
            services.Remove(services.Single(service => service.ImplementationType == typeof(SessionChecks)));
            services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<SessionChecks>(
                provider,
                Between<IGrainFactory>.Of(provider.GetRequiredService<IGrainFactory>(), (_, arguments, pass) =>
                    _stuck is { } stuck && arguments[0] is string key && key.StartsWith(stuck, StringComparison.Ordinal)
                        ? Hangs ? Silent(pass()!) : throw new TimeoutException("This call does not answer.")
                        : pass()),
                Between<IRecords>.Of(provider.GetRequiredService<IRecords>(), (method, _, pass) =>
                    method.Name == nameof(IRecords.HttpSessions) ? StuckFirst((Task<ImmutableArray<HttpSession>>)pass()!) : pass())));
        }

        private static object Silent(object grain) => grain switch
        {
            IParticipantGrain participant => Between<IParticipantGrain>.Of(participant, (_, _, _) => new TaskCompletionSource().Task),
            ICallGrain call => Between<ICallGrain>.Of(call, (_, _, _) => new TaskCompletionSource<ImmutableArray<SessionId>>().Task),
            _ => grain,
        };

        private async Task<ImmutableArray<HttpSession>> StuckFirst(Task<ImmutableArray<HttpSession>> sessions) =>
            [.. (await sessions).OrderBy(session => session.Call.Value == _stuck ? 0 : 1)];
    }
}
