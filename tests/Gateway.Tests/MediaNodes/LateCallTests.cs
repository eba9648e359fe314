using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Gateway.MediaNodes;
using Calls.Gateway.Tests.Host;
using Calls.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calls.Gateway.Tests.MediaNodes;

/// <summary>A call that hangs keeps nobody else's news back.</summary>
public sealed class LateCallTests(CallsProgram program) : IClassFixture<CallsProgram>
{
    [Fact]
    public async Task A_call_that_does_not_take_its_events_holds_up_no_other_and_reads_the_roster()
    {
        var alice = await Person.SignIn(program, "alice");
        await using var device = await alice.Connect();
        var joined = await device.Join(await alice.NewChannel());
        var hanging = IdText.Create<CallId>(new byte[IdText.EntropyBytes]);
        var time = new ManualTime();
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var grains = Between<IGrainFactory>.Of(program.Services.GetRequiredService<IGrainFactory>(), (_, arguments, pass) =>
            arguments.Contains(hanging.Value) ? Between<ICallGrain>.Of((ICallGrain)pass()!, Hang) : pass());
        var events = new GrainMediaNodeEvents(grains, time, NullLogger<GrainMediaNodeEvents>.Instance);

        var taken = events.Events(program.Node.Id, new NodeEventBatch(program.Node.Incarnation, 1, [Up(hanging), Up(CallId.From(joined.Call))]), default);
        await device.Hears("participant_reconnected", data => data.GetProperty("sessionId").GetString() == joined.Session);
        Assert.False(taken.IsCompleted);
        time.Advance(GrainMediaNodeEvents.CallTimeout);

        Assert.Equal(2, (await Eventually.Comes("they are taken", taken))!.Acknowledged);
        Assert.Equal(program.Node.Incarnation, await Eventually.Comes("the call is told that it has missed something", told.Task));

        NodeEvent Up(CallId call) => new NodeEvent.Connected(
            DateTimeOffset.UnixEpoch, call, SessionId.From(joined.Session), 1, "udp", "gcm", 1, 1);

        object? Hang(System.Reflection.MethodInfo method, object?[] arguments, Func<object?> pass)
        {
            if (method.Name == nameof(ICallGrain.NodeReported)) { return new TaskCompletionSource().Task; }

            told.TrySetResult((string)arguments[1]!);
            return Task.CompletedTask;
        }
    }
}
