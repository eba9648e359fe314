using System.Diagnostics;
using System.Net;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.MediaNode.Control;
using Calls.MediaNode.Sockets;
using Calls.MediaNode.Telemetry;
using Calls.MediaNode.Tests.Clients;
using Calls.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Calls.MediaNode.Tests.Control;

public sealed class NodeReportsTests
{
    private readonly CallId _call = NodeHost.NewId<CallId>();

    [Fact]
    public async Task Events_are_sent_again_until_a_deaf_control_plane_hears_them()
    {
        await using var node = await NodeHost.Start();
        node.ControlPlane.DeafFor = 2;
        var session = node.Session(_call);
        using var alice = await node.Join(session);

        var taken = await Eventually.Sees(
            "the connected event", () => node.ControlPlane.Taken, seen => seen.OfType<NodeEvent.Connected>().Any());

        Assert.Equal(session.Session, taken.OfType<NodeEvent.Connected>().Single().Session);
        Assert.All(node.ControlPlane.Batches.Take(3), batch => Assert.Equal(1, batch.FirstSequence));
    }

    [Fact]
    public async Task A_node_is_ready_once_its_control_plane_knows_it()
    {
        await using var node = await NodeHost.Start(isAlone: true);
        var health = node.Get<HealthCheckService>();
        await Eventually.True("the node to have started", () => node.Get<MediaNodeService>().IsReady);
        Assert.Equal(HealthStatus.Unhealthy, (await health.CheckHealthAsync()).Status);

        node.ControlPlane.IsGone = false;

        await Eventually.Sees("the node to be ready", () => health.CheckHealthAsync(), report => report.Status == HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_control_plane_that_has_forgotten_the_node_is_told_who_it_is()
    {
        await using var node = await NodeHost.Start();
        node.ControlPlane.ForgetfulFor = 1;
        using var alice = await node.Join(node.Session(_call));

        await Eventually.Sees(
            "the connected event", () => node.ControlPlane.Taken, seen => seen.OfType<NodeEvent.Connected>().Any());

        Assert.True(node.ControlPlane.Registrations.Count >= 2);
        Assert.Equal(node.Incarnation, node.ControlPlane.Registrations[0].Node.Incarnation);
        Assert.Equal(
            [$"127.0.0.1:{node.Runtime.Addresses[0].UdpPort}"],
            node.ControlPlane.Registrations[0].Node.MediaAddresses.AsEnumerable());
    }

    [Fact]
    public async Task Heartbeats_come_and_what_they_are_answered_is_done()
    {
        await using var node = await NodeHost.Start();
        node.ControlPlane.Wanted = NodeState.Draining;

        await Eventually.True("heartbeats", () => node.ControlPlane.Heartbeats > 0);
        var description = await Eventually.Sees(
            "a drained node", () => node.Node.Describe(default), seen => seen.State == NodeState.Drained);

        Assert.Equal(NodeState.Drained, description.State);
    }

    [Fact]
    public async Task A_wish_that_is_older_than_how_the_node_stands_changes_nothing()
    {
        await using var node = await NodeHost.Start();
        var local = node.Get<LocalMediaNode>();
        var before = local.Standing;
        await node.Node.Drain(new NodeStateChange(node.Incarnation, NodeState.Draining, DeadlineSeconds: 600), default);
        await node.Node.Drain(new NodeStateChange(node.Incarnation, NodeState.Active, DeadlineSeconds: 0), default);

        local.Want(NodeState.Draining, asOf: before);

        var description = await node.Node.Describe(default);
        Assert.Equal(NodeState.Active, description.State);
        Assert.True(description.StateVersion > before.Version);
    }

    [Fact]
    public async Task A_resolver_that_does_not_answer_keeps_no_heartbeat_back()
    {
        var time = new ManualTime();
        var asked = 0;
        var never = new TaskCompletionSource<IPAddress[]>().Task;
        var names = new HostNames((_, stop) => asked++ == 0
            ? Task.FromResult<IPAddress[]>([IPAddress.Parse("203.0.113.7")])
            : never.WaitAsync(stop));
        var settings = new Dictionary<string, string?> { ["Calls:Media:Advertise"] = "home.example" };
        await using var node = await NodeHost.Start(settings: settings, time: time, names: names);
        await Eventually.True("the second look", () => Later(time) && asked == 2);
        var heard = node.ControlPlane.Heartbeats;

        await Eventually.True("heartbeats", () => Later(time) && node.ControlPlane.Heartbeats > heard + 3);
    }

    [Fact]
    public async Task A_join_is_traced_from_reservation_to_first_packet_under_its_own_trace()
    {
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var spans = new System.Collections.Concurrent.ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MediaNodeRegistration.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var node = await NodeHost.Start();
        using var alice = await node.Join(
            node.Session(_call), NodeHost.Room(traceParent: $"00-{trace}-00f067aa0ba902b7-01"));
        using var bob = await node.Join(node.Session(_call));
        alice.Say("hello");
        bob.ListenFor("hello");

        var names = await Eventually.Sees(
            "three spans",
            () => spans.Where(span => span.TraceId.ToHexString() == trace).Select(span => span.OperationName).ToArray(),
            seen => seen.Length == 3);

        Assert.Equal(["media.reserve", "media.connect", "media.first_packet"], names);
    }

    [Fact]
    public void The_node_s_id_outlives_its_process_and_its_incarnation_does_not()
    {
        var folder = Directory.CreateTempSubdirectory("calls-node").FullName;
        var options = new MediaNodeOptions();

        var first = NodeIdentity.Load(options, folder, RegionName.Default);
        var second = NodeIdentity.Load(options, folder, RegionName.Default);

        Assert.Equal(first.Id, second.Id);
        Assert.NotEqual(first.Incarnation, second.Incarnation);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("Port", "70000", "Calls:Media:Port is 70000; allowed: 0 to 65535.")]
    [InlineData("VoiceSlots", "9", "Calls:Media:VoiceSlots is 9; allowed: 1 to 8.")]
    [InlineData("Addresses", "no-address", "Calls:Media:Addresses is no-address; allowed: IP addresses of this host.")]
    [InlineData("Advertise", "a=b=c", "Calls:Media:Advertise is a=b=c; allowed: addresses, host names, internal=external pairs.")]
    [InlineData("NodeId", "me", "Calls:Media:NodeId is me; allowed: node_ and 26 of a-z, 2-7.")]
    [InlineData("NodeKey", "short", "Calls:Media:NodeKey is too short; allowed: at least 32 characters.")]
    [InlineData("ControlPlane", "ftp://x", "Calls:Media:ControlPlane is ftp://x; allowed: an http or https URL.")]
    public void A_wrong_setting_is_told_by_name_value_and_what_is_allowed(string name, string value, string expected)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Calls:Media:" + name] = value })
            .Build();

        var problem = Assert.Throws<MediaNodeStartException>(() => MediaNodeOptions.Read(configuration));

        Assert.Contains(expected, problem.Message.Split(Environment.NewLine));
    }

    [Fact]
    public void The_core_and_the_contract_name_the_same_reasons_and_roles()
    {
        Assert.Equal(Enum.GetNames<Media.Peers.DisconnectReason>(), Enum.GetNames<DisconnectReason>());
        Assert.Equal(Enum.GetNames<Media.Sdp.LineRole>(), Enum.GetNames<LineRole>());
    }

    private static bool Later(ManualTime time)
    {
        time.Advance(TimeSpan.FromSeconds(1));
        return true;
    }
}
