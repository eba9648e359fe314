using System.Net;
using System.Text;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Grains.MediaNodes;
using Calls.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static Calls.Grains.Tests.Calls.TestCall;

namespace Calls.Grains.Tests.MediaNodes;

/// <summary>The API of media nodes, from the caller's side.</summary>
public sealed class HttpMediaNodeTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(2);
    private static readonly NodeSession s_session = new("run-1", Call, Session(1));

    [Fact]
    public async Task A_reservation_names_run_key_and_session_and_reads_what_holds()
    {
        var wire = new Wire(HttpStatusCode.Created, """{"version":1,"mayPublishVoice":true,"mayPublishScreen":false,"muted":true}""");

        var answer = await Node(wire).Ask((node, limit) => node.Reserve(
            s_session, new Reservation(1, SessionKind.Participant, new MediaPermissions(1, true, false, true), 3, 30, "00-trace"), limit));

        Assert.Equal(new MediaPermissions(1, true, false, true), answer.Value);
        Assert.Equal($"PUT http://node:8045/node/v1/calls/{Call}/sessions/{Session(1)}", wire.Asked);
        Assert.Equal("Bearer the-key", wire.Headers["Authorization"]);
        Assert.Equal("run-1", wire.Headers[NodeApi.IncarnationHeader]);
        Assert.Contains("\"kind\":\"participant\"", wire.Body);
        Assert.Contains("\"traceParent\":\"00-trace\"", wire.Body);
    }

    [Theory]
    [InlineData("the-key", "Bearer the-key")]
    [InlineData("the-key, the-former-key", "Bearer the-key")]
    [InlineData("", null)]
    public async Task While_the_key_is_changed_the_first_is_shown(string keys, string? shown)
    {
        var wire = new Wire(HttpStatusCode.NoContent, "");
        var options = Options.Create(new CallsGrainOptions { Media = { NodeKey = keys } });
        var clients = new MediaNodeClients(new ServiceCollection().BuildServiceProvider(), wire, options, TimeProvider.System);

        var node = await clients.Find(Id<MediaNodeId>(1), "http://node:8045");
        await node!.Ask((one, limit) => one.Close(s_session, limit));

        Assert.Equal(shown, wire.Headers.GetValueOrDefault("Authorization"));
    }

    [Fact]
    public async Task An_offer_stands_under_its_number()
    {
        var wire = new Wire(HttpStatusCode.OK, """{"number":2,"sdp":"v=0","lines":[{"mid":"0","role":"voiceIn","index":1}]}""");

        var answer = await Node(wire).Ask((node, limit) => node.Answer(s_session, new NodeSdpOffer(1, 2, "v=0"), limit));

        Assert.EndsWith("/offers/2", wire.Asked);
        Assert.Equal(new MediaLine("0", LineRole.VoiceIn, 1), Assert.Single(answer.Value!.Lines));
    }

    [Fact]
    public async Task A_refusal_is_read_with_its_detail()
    {
        var answer = await Node(new Wire(HttpStatusCode.UnprocessableEntity, """{"error":"sdpRejected","detail":"sdp.noBundle"}"""))
            .Ask((node, limit) => node.Answer(s_session, new NodeSdpOffer(1, 1, "v=0"), limit));

        Assert.Equal((NodeError.SdpRejected, "sdp.noBundle"), (answer.Error, answer.Detail));
    }

    [Fact]
    public async Task A_close_is_done_without_a_body()
    {
        var answer = await Node(new Wire(HttpStatusCode.NoContent, "")).Ask((node, limit) => node.Close(s_session, limit));

        Assert.True(answer.IsAccepted);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadGateway, "<html>")]
    [InlineData(HttpStatusCode.OK, "{")]
    [InlineData(HttpStatusCode.OK, "null")]
    public async Task An_answer_that_cannot_be_read_counts_as_none(HttpStatusCode status, string body)
    {
        var answer = await Node(new Wire(status, body)).Ask((node, limit) => node.Roster("run-1", Call, limit));

        Assert.Equal(NodeError.Unreachable, answer.Error);
    }

    [Fact]
    public async Task A_node_that_does_not_answer_in_time_is_unreachable()
    {
        var time = new ManualTime();
        var asked = new MediaNodeClient(new HttpMediaNode(new HttpClient(new Silent()), new Uri("http://node:8045"), null), s_timeout, time)
            .Ask((node, limit) => node.Close(s_session, limit));

        time.Advance(s_timeout);

        Assert.Equal(NodeError.Unreachable, (await Eventually.Comes("an answer", asked)).Error);
    }

    [Fact]
    public async Task A_node_that_is_not_there_is_unreachable()
    {
        var node = new MediaNodeClient(new HttpMediaNode(new HttpClient(new Refusing()), new Uri("http://node:8045"), null), s_timeout, TimeProvider.System);

        Assert.Equal(NodeError.Unreachable, (await node.Ask((it, limit) => it.CloseCall("run-1", Call, limit))).Error);
    }

    private static MediaNodeClient Node(Wire wire) =>
        new(new HttpMediaNode(new HttpClient(wire), new Uri("http://node:8045"), "the-key"), s_timeout, TimeProvider.System);

    private sealed class Wire(HttpStatusCode status, string body) : HttpMessageHandler, IHttpClientFactory
    {
        public string Asked { get; private set; } = "";

        public string Body { get; private set; } = "";

        public Dictionary<string, string> Headers { get; } = [];

        public HttpClient CreateClient(string name) => new(this);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked = $"{request.Method} {request.RequestUri}";
            foreach (var header in request.Headers) { Headers[header.Key] = string.Join(',', header.Value); }

            Body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            return new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        }
    }

    private sealed class Silent : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return new HttpResponseMessage();
        }
    }

    private sealed class Refusing : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromException<HttpResponseMessage>(new HttpRequestException("Connection refused"));
    }
}
