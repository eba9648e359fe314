using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Protocol;

namespace Calls.Grains.MediaNodes;

/// <summary>A node in another process, over its HTTP API.</summary>
internal sealed class HttpMediaNode(HttpClient http, Uri apiUrl, string? nodeKey) : IMediaNode
{
    public async Task<NodeDescription> Describe(CancellationToken cancellation)
    {
        var answer = await Send<NodeDescription>(HttpMethod.Get, NodeApi.Prefix, incarnation: null, body: null, cancellation);
        return answer.Value ?? throw new HttpRequestException($"The node does not say who it is: {answer.Error} {answer.Detail}");
    }

    public Task<NodeAnswer<NodeDescription>> Drain(NodeStateChange change, CancellationToken cancellation) =>
        Send<NodeDescription>(
            HttpMethod.Put, NodeApi.State, change.Incarnation, new NodeStateBody(change.State, change.DeadlineSeconds), cancellation);

    public Task<NodeAnswer<MediaPermissions>> Reserve(NodeSession session, Reservation reservation, CancellationToken cancellation) =>
        Send<MediaPermissions>(HttpMethod.Put, NodeApi.Session(session.Call, session.Session), session.Incarnation, reservation, cancellation);

    public Task<NodeAnswer<NodeSdpAnswer>> Answer(NodeSession session, NodeSdpOffer offer, CancellationToken cancellation) =>
        Send<NodeSdpAnswer>(
            HttpMethod.Put,
            NodeApi.Offer(session.Call, session.Session, offer.Number),
            session.Incarnation,
            new NodeOfferBody(offer.Generation, offer.Sdp),
            cancellation);

    public Task<NodeAnswer<MediaPermissions>> Permit(
        NodeSession session, MediaPermissions permissions, CancellationToken cancellation) =>
        Send<MediaPermissions>(
            HttpMethod.Put, NodeApi.Permissions(session.Call, session.Session), session.Incarnation, permissions, cancellation);

    public Task<NodeAnswer<Nothing>> Close(NodeSession session, CancellationToken cancellation) =>
        Send<Nothing>(HttpMethod.Delete, NodeApi.Session(session.Call, session.Session), session.Incarnation, body: null, cancellation);

    public Task<NodeAnswer<Nothing>> CloseCall(string incarnation, CallId call, CancellationToken cancellation) =>
        Send<Nothing>(HttpMethod.Delete, NodeApi.Call(call), incarnation, body: null, cancellation);

    public Task<NodeAnswer<ImmutableArray<CallId>>> Calls(string incarnation, CancellationToken cancellation) =>
        Send<ImmutableArray<CallId>>(HttpMethod.Get, NodeApi.Calls, incarnation, body: null, cancellation);

    public Task<NodeAnswer<NodeRoster>> Roster(string incarnation, CallId call, CancellationToken cancellation) =>
        Send<NodeRoster>(HttpMethod.Get, NodeApi.Call(call), incarnation, body: null, cancellation);

    public Task<NodeAnswer<SessionStatistics>> Statistics(NodeSession session, CancellationToken cancellation) =>
        Send<SessionStatistics>(
            HttpMethod.Get, NodeApi.Statistics(session.Call, session.Session), session.Incarnation, body: null, cancellation);

    private async Task<NodeAnswer<T>> Send<T>(
        HttpMethod method, string path, string? incarnation, object? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri(apiUrl, path));
        if (nodeKey is not null) { request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", nodeKey); }

        if (incarnation is not null) { request.Headers.Add(NodeApi.IncarnationHeader, incarnation); }

        if (body is not null) { request.Content = JsonContent.Create(body, body.GetType(), options: ProtocolJson.Node); }

        using var response = await http.SendAsync(request, cancellation);
        try
        {
            return response.IsSuccessStatusCode
                ? await Read<T>(response, cancellation)
                : await ReadRefusal<T>(response, cancellation);
        }
        catch (JsonException problem)
        {
            return NodeAnswer<T>.Refuse(NodeError.Unreachable, $"The answer cannot be read: {problem.Message}");
        }
    }

    private static async Task<NodeAnswer<T>> Read<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        // A command that only has to be done is answered by 204.
        if (typeof(T) == typeof(Nothing)) { return (T)(object)Nothing.Value; }

        return await response.Content.ReadFromJsonAsync<T>(ProtocolJson.Node, cancellation) is { } value
            ? value
            : NodeAnswer<T>.Refuse(NodeError.Unreachable, "The answer is empty.");
    }

    private static async Task<NodeAnswer<T>> ReadRefusal<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        var refusal = await response.Content.ReadFromJsonAsync<NodeRefusal>(ProtocolJson.Node, cancellation);
        return refusal is not null
            ? NodeAnswer<T>.Refuse(refusal.Error, refusal.Detail)
            : NodeAnswer<T>.Refuse(NodeError.Unreachable, $"Refused without a reason, by status {(int)response.StatusCode}.");
    }
}
