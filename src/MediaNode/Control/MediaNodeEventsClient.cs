using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Protocol;

namespace Calls.MediaNode.Control;

/// <summary>The control plane over HTTP, for a node that is its own process.</summary>
internal sealed class MediaNodeEventsClient(HttpClient http) : IMediaNodeEvents
{
    public const string Prefix = "api/v1/media-nodes/";

    /// <summary>Sets up the client for a control plane and key. No proxy, no redirect: it carries a secret.</summary>
    public static HttpClient CreateHttp(Uri controlPlane, string nodeKey)
    {
        var root = controlPlane.AbsoluteUri.EndsWith('/') ? controlPlane : new Uri(controlPlane.AbsoluteUri + "/");
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
        {
            BaseAddress = root,
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", nodeKey);
        return http;
    }

    /// <inheritdoc/>
    public async Task<NodeRegistered> Register(NodeRegistration registration, CancellationToken cancellation)
    {
        using var response = await http.PutAsJsonAsync(
            Prefix + registration.Node.Id, registration, ProtocolJson.Node, cancellation);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<NodeRegistered>(ProtocolJson.Node, cancellation)
            ?? throw new HttpRequestException("The control plane answered a registration with nothing.");
    }

    /// <inheritdoc/>
    public Task<NodeHeartbeatAnswer?> Heartbeat(MediaNodeId node, NodeHeartbeat heartbeat, CancellationToken cancellation) =>
        Post<NodeHeartbeat, NodeHeartbeatAnswer>($"{Prefix}{node}/heartbeats", heartbeat, cancellation);

    /// <inheritdoc/>
    public Task<NodeEventsAnswer?> Events(MediaNodeId node, NodeEventBatch batch, CancellationToken cancellation) =>
        Post<NodeEventBatch, NodeEventsAnswer>($"{Prefix}{node}/events", batch, cancellation);

    private async Task<TAnswer?> Post<TBody, TAnswer>(string path, TBody body, CancellationToken cancellation)
        where TAnswer : class
    {
        using var response = await http.PostAsJsonAsync(path, body, ProtocolJson.Node, cancellation);
        if (response.StatusCode == HttpStatusCode.NotFound) { return null; }

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<TAnswer>(ProtocolJson.Node, cancellation);
    }
}
