using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Gateway.Tests.Host;
using Calls.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Gateway.Tests.MediaNodes;

/// <summary>What a node reports reaches its calls once, in order.</summary>
public sealed class NodeEventsTests(CallsProgram program) : IClassFixture<CallsProgram>
{
    [Fact]
    public async Task Connected_media_is_told_and_a_repeated_or_early_batch_changes_nothing()
    {
        var alice = await Person.SignIn(program, "alice");
        await using var device = await alice.Connect();
        var joined = await device.Join(await alice.NewChannel());
        await device.Done("Offer", new { sessionId = joined.Session, sdp = "an offer" });
        var events = program.Services.GetRequiredService<IMediaNodeEvents>();
        var connected = new NodeEvent.Connected(
            DateTimeOffset.UnixEpoch, CallId.From(joined.Call), SessionId.From(joined.Session), 1, "udp", "gcm", 1, 1);
        Task<NodeEventsAnswer?> Report(long first) =>
            events.Events(program.Node.Id, new NodeEventBatch(program.Node.Incarnation, first, [connected]), default);

        Assert.Equal(0, (await Report(first: 5))!.Acknowledged);
        Assert.Equal(1, (await Report(first: 1))!.Acknowledged);
        await device.Hears("participant_reconnected", data => data.GetProperty("sessionId").GetString() == joined.Session);
        Assert.Equal(1, (await Report(first: 1))!.Acknowledged);
        Assert.Null(await events.Events(TestNodes.Unknown, new NodeEventBatch("other", 1, [connected]), default));
        Assert.Single(device.Events, message => message.GetProperty("type").GetString() == "participant_reconnected");
    }

    [Fact]
    public async Task A_join_carries_the_clients_trace_to_the_media_node()
    {
        var alice = await Person.SignIn(program, "alice");
        var channel = await alice.NewChannel();
        await using var device = await alice.Connect();
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        var value = await device.Done("Join", new { channelId = channel, traceparent = $"00-{Trace}-00f067aa0ba902b7-01" });

        var session = value.GetProperty("sessionId").GetString();
        var reserved = await Eventually.Sees(
            "the reservation",
            () => program.Node.Reservations.ToArray().FirstOrDefault(entry => entry.Session.Session.Value == session).Reservation,
            reservation => reservation is not null);
        Assert.Contains(Trace, reserved.TraceParent, StringComparison.Ordinal);
    }

    private static class TestNodes
    {
        public static readonly MediaNodeId Unknown = new("node_bbbbbbbbbbbbbbbbbbbbbbbbbb");
    }
}
