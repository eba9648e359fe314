using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Regions;
using Calls.Contracts.Workspace;
using Calls.Gateway.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Calls.Gateway.Admin;

/// <summary>The media nodes of this installation's region.</summary>
internal static class AdminNodesApi
{
    public static void MapAdminNodes(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("media-nodes", List);
        admin.MapPost("media-nodes/{id:node}/drain", Drain);
    }

    /// <summary>How the nodes do.</summary>
    public static Task<ImmutableArray<NodeReport>> Reports(IGrainFactory grains, IOptions<GatewayOptions> options) =>
        grains.GetGrain<IRegionGrain>(new RegionName(options.Value.Region).GrainKey).Nodes();

    private static async Task<IResult> List(IGrainFactory grains, IOptions<GatewayOptions> options)
    {
        var reports = await Reports(grains, options);
        var nodes = await Task.WhenAll(reports.Select(async report => new MediaNodeAnswer(
            report.Node, report.TakesCalls, report.Load, await grains.GetGrain<IMediaNodeGrain>(report.Node.Value).Describe())));
        return Results.Ok(new Page<MediaNodeAnswer>([.. nodes], null));
    }

    private static async Task<IResult> Drain(MediaNodeId id, DrainRequest request, CurrentUser me, IGrainFactory grains, Audit audit)
    {
        var answer = await grains.GetGrain<IMediaNodeGrain>(id.Value).Drain(request.Draining);
        if (answer.Error == NodeError.NotReserved) { return Problems.Of(Refusal.NotFound, "No such media node is registered."); }

        await audit.Note(me, request.Draining ? "media_node.drain" : "media_node.resume", detail: id.Value);
        return answer.Value is { } node
            ? Results.Ok(node)
            : Problems.Of(Refusal.Unavailable, "The node does not answer now; it is told as soon as it does.");
    }

    private sealed record MediaNodeAnswer(MediaNodeId Id, bool TakesCalls, NodeLoad Load, NodeDescription? Description);

    /// <param name="Draining">False: it takes calls again.</param>
    private sealed record DrainRequest(bool Draining = true);
}
