using System.Net;
using System.Net.Http.Json;
using System.Text;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Protocol;
using Calls.MediaNode.Control;
using Calls.MediaNode.Tests.Clients;

namespace Calls.MediaNode.Tests.Control;

public sealed class MediaNodeApiTests : IAsyncLifetime
{
    private readonly CallId _call = NodeHost.NewId<CallId>();
    private readonly SessionId _session = NodeHost.NewId<SessionId>();
    private NodeHost _node = null!;

    private string SessionPath => NodeApi.Session(_call, _session);

    public async Task InitializeAsync() => _node = await NodeHost.Start(settings: new() { ["Calls:Media:MaxSessions"] = "2" });

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory]
    [InlineData(NodeHost.Key, HttpStatusCode.OK)]
    [InlineData(NodeHost.OldKey, HttpStatusCode.OK)]
    [InlineData("wrong", HttpStatusCode.Unauthorized)]
    [InlineData("", HttpStatusCode.Unauthorized)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task Only_who_knows_a_node_key_is_answered(string? key, HttpStatusCode expected)
    {
        using var http = _node.Http(key);

        using var response = await http.GetAsync(NodeApi.Prefix);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task A_session_is_reserved_answered_muted_read_and_closed()
    {
        using var http = _node.Http();
        using var client = new UdpClientPeer();

        var reserved = await Read<MediaPermissions>(await http.PutAsJsonAsync(SessionPath, NodeHost.Room(), ProtocolJson.Node));
        var answer = await Read<NodeSdpAnswer>(await http.PutAsJsonAsync(
            NodeApi.Offer(_call, _session, 1), new NodeOfferBody(1, client.Offer()), ProtocolJson.Node));
        var muted = await Read<MediaPermissions>(await http.PutAsJsonAsync(
            NodeApi.Permissions(_call, _session), new MediaPermissions(2, true, false, true), ProtocolJson.Node));
        var roster = await Read<NodeRoster>(await http.GetAsync(NodeApi.Call(_call)));
        var statistics = await Read<SessionStatistics>(await http.GetAsync(NodeApi.Statistics(_call, _session)));
        var calls = await Read<CallId[]>(await http.GetAsync(NodeApi.Calls));
        using var closed = await http.DeleteAsync(SessionPath);
        using var again = await http.DeleteAsync(SessionPath);
        var last = await Read<SessionStatistics>(await http.GetAsync(NodeApi.Statistics(_call, _session)));

        Assert.False(reserved.Muted);
        Assert.Equal([LineRole.VoiceOut, LineRole.VoiceIn, LineRole.VoiceIn, LineRole.VoiceIn], answer.Lines.Select(line => line.Role));
        Assert.True(muted.Muted);
        var entry = Assert.Single(roster.Sessions);
        Assert.Equal((_session, NodeSessionState.Connecting, muted), (entry.Session, entry.State, entry.Permissions));
        Assert.Equal((1, NodeSessionState.Connecting), (statistics.Generation, statistics.State));
        Assert.Equal((NodeSessionState.Ended, DisconnectReason.Closed), (last.State, last.EndedBy));
        Assert.Equal([_call], calls);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (closed.StatusCode, again.StatusCode));
    }

    [Fact]
    public async Task A_first_reservation_is_201_its_repeat_200_and_the_next_generation_201_again()
    {
        using var http = _node.Http();

        using var first = await http.PutAsJsonAsync(SessionPath, NodeHost.Room(), ProtocolJson.Node);
        using var repeat = await http.PutAsJsonAsync(SessionPath, NodeHost.Room(), ProtocolJson.Node);
        using var next = await http.PutAsJsonAsync(SessionPath, NodeHost.Room(generation: 2), ProtocolJson.Node);

        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Created],
            [first.StatusCode, repeat.StatusCode, next.StatusCode]);
    }

    [Fact]
    public async Task An_offer_for_nobody_is_404_notReserved()
    {
        using var http = _node.Http();

        await Refused(
            await http.PutAsJsonAsync(NodeApi.Offer(_call, _session, 1), new NodeOfferBody(1, "v=0"), ProtocolJson.Node),
            HttpStatusCode.NotFound,
            NodeError.NotReserved);
    }

    [Fact]
    public async Task A_command_for_another_run_is_409_wrongIncarnation()
    {
        using var http = _node.Http();
        http.DefaultRequestHeaders.Remove(NodeApi.IncarnationHeader);
        http.DefaultRequestHeaders.Add(NodeApi.IncarnationHeader, "an-earlier-one");

        await Refused(
            await http.PutAsJsonAsync(SessionPath, NodeHost.Room(), ProtocolJson.Node),
            HttpStatusCode.Conflict,
            NodeError.WrongIncarnation);
    }

    [Fact]
    public async Task Another_text_under_the_same_number_is_409_offerConflict()
    {
        using var http = _node.Http();
        using var client = new UdpClientPeer();
        await http.PutAsJsonAsync(SessionPath, NodeHost.Room(), ProtocolJson.Node);
        var path = NodeApi.Offer(_call, _session, 1);
        var first = await Read<NodeSdpAnswer>(await http.PutAsJsonAsync(path, new NodeOfferBody(1, client.Offer()), ProtocolJson.Node));

        var same = await Read<NodeSdpAnswer>(await http.PutAsJsonAsync(path, new NodeOfferBody(1, client.Offer()), ProtocolJson.Node));
        var other = await http.PutAsJsonAsync(path, new NodeOfferBody(1, client.Offer(voiceLines: 1)), ProtocolJson.Node);

        Assert.Equal(first.Sdp, same.Sdp);
        await Refused(other, HttpStatusCode.Conflict, NodeError.OfferConflict);
    }

    [Fact]
    public async Task An_older_generation_is_410_superseded()
    {
        using var http = _node.Http();
        await http.PutAsJsonAsync(SessionPath, NodeHost.Room(generation: 2), ProtocolJson.Node);

        await Refused(
            await http.PutAsJsonAsync(SessionPath, NodeHost.Room(generation: 1), ProtocolJson.Node),
            HttpStatusCode.Gone,
            NodeError.Superseded);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_beyond_the_limit_is_413_whatever_it_says_of_its_length(bool saysItsLength)
    {
        using var http = _node.Http();
        var body = Encoding.UTF8.GetBytes("{\"generation\":1,\"sdp\":\"" + new string('x', MediaNodeApi.BodyBytesMax) + "\"}");
        using HttpContent content = saysItsLength ? new ByteArrayContent(body) : new StreamContent(new UnknownLength(body));

        await Refused(
            await http.PutAsync(NodeApi.Offer(_call, _session, 1), content), HttpStatusCode.RequestEntityTooLarge, NodeError.TooLarge);
    }

    [Fact]
    public async Task An_offer_that_cannot_be_answered_is_422_with_its_reason()
    {
        using var http = _node.Http();
        await http.PutAsJsonAsync(SessionPath, NodeHost.Room(), ProtocolJson.Node);

        var refusal = await Refused(
            await http.PutAsJsonAsync(NodeApi.Offer(_call, _session, 1), new NodeOfferBody(1, "nonsense"), ProtocolJson.Node),
            HttpStatusCode.UnprocessableEntity,
            NodeError.SdpRejected);

        Assert.StartsWith("sdp.", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draining_node_takes_joiners_of_its_calls_and_no_new_call()
    {
        using var http = _node.Http();
        await http.PutAsJsonAsync(SessionPath, NodeHost.Room(), ProtocolJson.Node);
        await http.PutAsJsonAsync(
            NodeApi.State, new NodeStateChange("", NodeState.Draining, DeadlineSeconds: 600), ProtocolJson.Node);

        using var joiner = await http.PutAsJsonAsync(
            NodeApi.Session(_call, NodeHost.NewId<SessionId>()), NodeHost.Room(), ProtocolJson.Node);
        var newCall = await http.PutAsJsonAsync(
            NodeApi.Session(NodeHost.NewId<CallId>(), NodeHost.NewId<SessionId>()), NodeHost.Room(), ProtocolJson.Node);

        Assert.Equal(HttpStatusCode.Created, joiner.StatusCode);
        await Refused(newCall, HttpStatusCode.ServiceUnavailable, NodeError.Draining);
    }

    [Fact]
    public async Task A_full_node_is_503_full_but_knows_its_own()
    {
        using var http = _node.Http();
        await http.PutAsJsonAsync(SessionPath, NodeHost.Room(), ProtocolJson.Node);
        await http.PutAsJsonAsync(NodeApi.Session(_call, NodeHost.NewId<SessionId>()), NodeHost.Room(), ProtocolJson.Node);

        using var known = await http.PutAsJsonAsync(SessionPath, NodeHost.Room(generation: 2), ProtocolJson.Node);
        var third = await http.PutAsJsonAsync(
            NodeApi.Session(_call, NodeHost.NewId<SessionId>()), NodeHost.Room(), ProtocolJson.Node);

        Assert.Equal(HttpStatusCode.Created, known.StatusCode);
        await Refused(third, HttpStatusCode.ServiceUnavailable, NodeError.Full);
    }

    [Theory]
    [InlineData("/node/v1/calls/nonsense/sessions/nonsense", "{}")]
    [InlineData(null, "{")]
    [InlineData(null, "[]")]
    [InlineData(null, "null")]
    [InlineData(null, "{\"generation\":\"x\"}")]
    public async Task What_cannot_be_read_is_400_malformed(string? path, string body)
    {
        using var http = _node.Http();

        await Refused(
            await http.PutAsync(path ?? SessionPath, new StringContent(body, Encoding.UTF8, "application/json")),
            HttpStatusCode.BadRequest,
            NodeError.Malformed);
    }

    [Theory]
    [InlineData("/offers/1", """{"generation":1}""")]
    [InlineData("/offers/1", """{"generation":1,"sdp":null}""")]
    [InlineData("", """{"generation":1,"kind":"participant","voiceSlots":3,"expiresInSeconds":30}""")]
    [InlineData("", """{"generation":1,"kind":"participant","permissions":null,"voiceSlots":3,"expiresInSeconds":30}""")]
    public async Task A_body_that_leaves_something_out_is_400_malformed(string path, string body)
    {
        using var http = _node.Http();
        await http.PutAsJsonAsync(SessionPath, NodeHost.Room(), ProtocolJson.Node);

        await Refused(
            await http.PutAsync(SessionPath + path, new StringContent(body, Encoding.UTF8, "application/json")),
            HttpStatusCode.BadRequest,
            NodeError.Malformed);
        Assert.Equal(0, _node.Runtime.Loops.Loops.Sum(loop => loop.Counters.Faults));
    }

    [Fact]
    public async Task What_has_a_default_may_be_left_out()
    {
        using var http = _node.Http();
        const string Least = """
            {"generation":1,"kind":"participant","permissions":{"version":1,"mayPublishVoice":true,"mayPublishScreen":false,"muted":true},"voiceSlots":3}
            """;

        await Read<MediaPermissions>(await http.PutAsync(SessionPath, new StringContent(Least, Encoding.UTF8, "application/json")));
        var statistics = await Read<SessionStatistics>(await http.GetAsync(NodeApi.Statistics(_call, _session)));
        using var drained = await http.PutAsync(
            NodeApi.State, new StringContent("""{"state":"draining","deadlineSeconds":600}""", Encoding.UTF8, "application/json"));

        Assert.Equal(NodeSessionState.Reserved, statistics.State);
        Assert.Equal(HttpStatusCode.OK, drained.StatusCode);
    }

    private static async Task<T> Read<T>(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
            return (await response.Content.ReadFromJsonAsync<T>(ProtocolJson.Node))!;
        }
    }

    private static async Task<NodeRefusal> Refused(HttpResponseMessage response, HttpStatusCode status, NodeError error)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(status == response.StatusCode, $"{response.StatusCode}: {text}");
            var refusal = (await response.Content.ReadFromJsonAsync<NodeRefusal>(ProtocolJson.Node))!;
            Assert.Equal(error, refusal.Error);
            return refusal;
        }
    }

    private sealed class UnknownLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
