using System.Net;
using System.Net.Http.Json;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Protocol;
using Calls.MediaNode.Control;
using Calls.MediaNode.Tests.Clients;

namespace Calls.MediaNode.Tests.Control;

public sealed class MediaNodeEventsClientTests
{
    private static readonly MediaNodeId s_node = NodeHost.NewId<MediaNodeId>();

    private static readonly NodeHeartbeat s_beat =
        new("run", NodeState.Active, 1, 1, new NodeLoad(0.5, 1, 2, 0.25, 100, 1000), 0, 0);

    [Fact]
    public async Task It_asks_under_the_node_s_own_path_with_the_key()
    {
        var server = new Scripted(_ => Answer(new NodeHeartbeatAnswer(7, NodeState.Draining)));

        var answer = await Client(server).Heartbeat(s_node, s_beat, default);

        Assert.Equal(new NodeHeartbeatAnswer(7, NodeState.Draining), answer);
        Assert.Equal($"http://control/base/api/v1/media-nodes/{s_node}/heartbeats", server.Asked.Single().RequestUri!.AbsoluteUri);
        Assert.Equal("Bearer the-key", server.Asked.Single().Headers.Authorization!.ToString());
    }

    [Fact]
    public async Task Not_found_means_that_the_node_must_register()
    {
        var client = Client(new Scripted(_ => new HttpResponseMessage(HttpStatusCode.NotFound)));

        Assert.Null(await client.Heartbeat(s_node, s_beat, default));
        Assert.Null(await client.Events(s_node, new NodeEventBatch("run", 1, []), default));
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.Redirect)]
    public async Task Anything_else_is_a_failure_to_be_tried_again(HttpStatusCode status)
    {
        var client = Client(new Scripted(_ => new HttpResponseMessage(status)));

        await Assert.ThrowsAsync<HttpRequestException>(() => client.Heartbeat(s_node, s_beat, default));
    }

    [Fact]
    public async Task Events_keep_their_kind_on_the_wire()
    {
        NodeEventBatch? read = null;
        var text = "";
        var server = new Scripted(request =>
        {
            text = request.Content!.ReadAsStringAsync().GetAwaiter().GetResult();
            read = request.Content!.ReadFromJsonAsync<NodeEventBatch>(ProtocolJson.Node).GetAwaiter().GetResult();
            return Answer(new NodeEventsAnswer(2));
        });
        var at = DateTimeOffset.UnixEpoch;
        var (call, session) = (NodeHost.NewId<CallId>(), NodeHost.NewId<SessionId>());
        NodeEvent[] events =
        [
            new NodeEvent.Slots(at, call, [session, null, null], null),
            new NodeEvent.Disconnected(at, call, session, 2, DisconnectReason.ClosedByPeer),
        ];

        await Client(server).Events(s_node, new NodeEventBatch("run", 1, [.. events]), default);

        Assert.Equal(events[1], read!.Events[1]);
        Assert.DoesNotContain("aboutCall", text, StringComparison.Ordinal);
        Assert.Equal([session, null, null], ((NodeEvent.Slots)read.Events[0]).Voices.AsEnumerable());
    }

    private static MediaNodeEventsClient Client(Scripted server)
    {
        var http = new HttpClient(server) { BaseAddress = new Uri("http://control/base/") };
        http.DefaultRequestHeaders.Authorization =
            MediaNodeEventsClient.CreateHttp(new Uri("http://control/base"), "the-key").DefaultRequestHeaders.Authorization;
        return new MediaNodeEventsClient(http);
    }

    private static HttpResponseMessage Answer<T>(T value) =>
        new(HttpStatusCode.OK) { Content = JsonContent.Create(value, options: ProtocolJson.Node) };

    private sealed class Scripted(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        public List<HttpRequestMessage> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request);
            return Task.FromResult(answer(request));
        }
    }
}
