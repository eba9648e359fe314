using System.Diagnostics;
using Calls.Cluster.Tests.Fakes;
using Calls.Contracts.Workspace;

namespace Calls.Cluster.Tests;

public sealed class TraceTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_join_is_one_trace_down_to_the_media_node(bool isListenedTo)
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => isListenedTo && source.Name == "Calls.Grains",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var opened = await world.Open(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);

        await world.TryJoin(opened.Value!.Call, alice, traceParent: $"00-{Trace}-b7ad6b7169203331-01");

        Assert.StartsWith($"00-{Trace}-", Assert.Single(world.Node.Reservations).Reservation.TraceParent);
    }
}
