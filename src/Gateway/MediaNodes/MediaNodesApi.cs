using System.Text.Json;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Protocol;
using Calls.Gateway.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Calls.Gateway.MediaNodes;

/// <summary>Where media nodes of other processes register, beat and report. JSON as in the node API.</summary>
internal static class MediaNodesApi
{
    public static void MapMediaNodes(this IEndpointRouteBuilder api)
    {
        var nodes = api.MapGroup("media-nodes/{node:node}").AllowAnonymous().AddEndpointFilter<NodeKey>().ExcludeFromDescription();
        nodes.MapPut("", (MediaNodeId node, HttpRequest request, IMediaNodeEvents events, CancellationToken cancellation) =>
            Take<NodeRegistration, NodeRegistered>(
                request,
                async registration => registration.Node.Id == node ? await events.Register(registration, cancellation) : null,
                cancellation));
        nodes.MapPost("heartbeats", (MediaNodeId node, HttpRequest request, IMediaNodeEvents events, CancellationToken cancellation) =>
            Take<NodeHeartbeat, NodeHeartbeatAnswer>(request, heartbeat => events.Heartbeat(node, heartbeat, cancellation), cancellation));
        nodes.MapPost("events", (MediaNodeId node, HttpRequest request, IMediaNodeEvents events, CancellationToken cancellation) =>
            Take<NodeEventBatch, NodeEventsAnswer>(request, batch => events.Events(node, batch, cancellation), cancellation));
    }

    private static async Task<IResult> Take<TBody, TAnswer>(
        HttpRequest request, Func<TBody, Task<TAnswer?>> act, CancellationToken cancellation)
        where TBody : class
        where TAnswer : class
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync<TBody>(request.Body, ProtocolJson.Node, cancellation);
            if (body is null) { return Problems.Of(Refusal.Invalid); }

            // No answer: the node is not registered, and does so now.
            return await act(body) is { } answer ? Results.Json(answer, ProtocolJson.Node) : Problems.Of(Refusal.NotFound);
        }
        catch (JsonException malformed)
        {
            return Problems.Of(Refusal.Invalid, $"The body is malformed at {malformed.Path}.");
        }
    }
}
