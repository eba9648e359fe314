using System.Text.Json;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Calls.MediaNode.Control;

/// <summary><see cref="IMediaNode"/> over HTTP: the same commands and answers, for those who know the node key.</summary>
internal static class MediaNodeApi
{
    /// <summary>An offer has at most 64 KiB; JSON escapes make it longer.</summary>
    public const int BodyBytesMax = 128 * 1024;

    public static void Map(IEndpointRouteBuilder routes, NodeKeys keys)
    {
        var node = routes.MapGroup(NodeApi.Prefix);
        node.AddEndpointFilter(async (call, next) => keys.Accepts(call.HttpContext.Request.Headers.Authorization)
            ? await next(call)
            : Refuse(NodeError.Unauthorized, null));
        node.MapGet("", async (IMediaNode media, CancellationToken stop) => Json(await media.Describe(stop)));
        node.MapPut("/state", (HttpRequest request, IMediaNode media, CancellationToken stop) =>
            WithBody<NodeStateBody>(
                request,
                async body => Reply(await media.Drain(new NodeStateChange(Run(request), body.State, body.DeadlineSeconds), stop)),
                stop));
        node.MapGet("/calls", async (HttpRequest request, IMediaNode media, CancellationToken stop) =>
            Reply(await media.Calls(Run(request), stop)));
        MapCalls(node);
        MapSessions(node.MapGroup("/calls/{call}/sessions/{session}"));
    }

    private static void MapCalls(RouteGroupBuilder node)
    {
        node.MapGet("/calls/{call}", async (string call, HttpRequest request, IMediaNode media, CancellationToken stop) =>
            CallId.TryParse(call, out var id) ? Reply(await media.Roster(Run(request), id, stop)) : BadPath());
        node.MapDelete("/calls/{call}", async (string call, HttpRequest request, IMediaNode media, CancellationToken stop) =>
            CallId.TryParse(call, out var id) ? Reply(await media.CloseCall(Run(request), id, stop)) : BadPath());
    }

    private static void MapSessions(RouteGroupBuilder session)
    {
        session.MapPut("", (HttpRequest request, LocalMediaNode media, CancellationToken stop) =>
            Named(request, named => WithBody<Reservation>(
                request, async body => Reply(await media.Place(named, body, stop)), stop)));
        session.MapPut("/offers/{number:int}", (int number, HttpRequest request, IMediaNode media, CancellationToken stop) =>
            Named(request, named => WithBody<NodeOfferBody>(
                request,
                async body => Reply(await media.Answer(named, new NodeSdpOffer(body.Generation, number, body.Sdp), stop)),
                stop)));
        session.MapPut("/permissions", (HttpRequest request, IMediaNode media, CancellationToken stop) =>
            Named(request, named => WithBody<MediaPermissions>(
                request, async body => Reply(await media.Permit(named, body, stop)), stop)));
        session.MapDelete("", (HttpRequest request, IMediaNode media, CancellationToken stop) =>
            Named(request, async named => Reply(await media.Close(named, stop))));
        session.MapGet("/stats", (HttpRequest request, IMediaNode media, CancellationToken stop) =>
            Named(request, async named => Reply(await media.Statistics(named, stop))));
    }

    private static string Run(HttpRequest request) => request.Headers[NodeApi.IncarnationHeader].ToString();

    private static Task<IResult> Named(HttpRequest request, Func<NodeSession, Task<IResult>> act) =>
        CallId.TryParse(request.RouteValues["call"] as string, out var call)
        && SessionId.TryParse(request.RouteValues["session"] as string, out var session)
            ? act(new NodeSession(Run(request), call, session))
            : Task.FromResult(BadPath());

    private static IResult BadPath() => Refuse(NodeError.Malformed, "A call_… or sess_… id in the path is malformed.");

    private static async Task<IResult> WithBody<TBody>(
        HttpRequest request, Func<TBody, Task<IResult>> act, CancellationToken stop)
        where TBody : class
    {
        if (request.ContentLength > BodyBytesMax) { return TooLarge(); }

        TBody? body;
        try
        {
            using var limited = new LimitedBody(request.Body, BodyBytesMax);
            body = await JsonSerializer.DeserializeAsync<TBody>(limited, ProtocolJson.Node, stop);
        }
        catch (LimitedBody.TooLongException)
        {
            return TooLarge();
        }
        catch (JsonException problem)
        {
            return Refuse(NodeError.Malformed, problem.Message);
        }

        return body is null ? Refuse(NodeError.Malformed, "The body is null.") : await act(body);
    }

    private static IResult TooLarge() => Refuse(NodeError.TooLarge, $"At most {BodyBytesMax} bytes.");

    private static IResult Reply<T>(NodeAnswer<T> answer) => answer.Error is { } error
        ? Refuse(error, answer.Detail)
        : typeof(T) == typeof(Nothing) ? Results.NoContent() : Json(answer.Value);

    // A repeated reservation is told from the first by its status alone.
    private static IResult Reply(PlacedSession placed) => placed is { IsNew: true, Answer.Value: { } permissions }
        ? Json(permissions, StatusCodes.Status201Created)
        : Reply(placed.Answer);

    private static IResult Json<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, ProtocolJson.Node, statusCode: status);

    private static IResult Refuse(NodeError error, string? detail) =>
        Results.Json(new NodeRefusal(error, detail), ProtocolJson.Node, statusCode: StatusOf(error));

    internal static int StatusOf(NodeError error) => error switch
    {
        NodeError.Malformed => StatusCodes.Status400BadRequest,
        NodeError.Unauthorized => StatusCodes.Status401Unauthorized,
        NodeError.NotReserved => StatusCodes.Status404NotFound,
        NodeError.WrongIncarnation or NodeError.OfferConflict => StatusCodes.Status409Conflict,
        NodeError.Superseded => StatusCodes.Status410Gone,
        NodeError.TooLarge => StatusCodes.Status413PayloadTooLarge,
        NodeError.SdpRejected => StatusCodes.Status422UnprocessableEntity,
        NodeError.TooFast => StatusCodes.Status429TooManyRequests,
        NodeError.Draining or NodeError.Full or NodeError.CallFull => StatusCodes.Status503ServiceUnavailable,
        NodeError.Unreachable => StatusCodes.Status504GatewayTimeout,
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, null),
    };
}
