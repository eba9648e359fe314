using Calls.Contracts.Calls;
using Microsoft.AspNetCore.Http;

namespace Calls.Gateway;

/// <summary>Requests under <c>/api</c> that no route takes are refused like any other. A route for them would hide what is wrong with them.</summary>
internal static class Unmatched
{
    public static async Task Answer(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        if (context.GetEndpoint() is null)
        {
            await Problems.Write(context, Refusal.NotFound);
            return;
        }

        // Routing's own endpoints for a wrong method or content type, and what reads a body, say nothing but the status.
        await next(context);
        if (context.Response is { HasStarted: false, ContentType: null, StatusCode: var status })
        {
            Refusal? refusal = status switch
            {
                StatusCodes.Status405MethodNotAllowed => Refusal.NotFound,
                StatusCodes.Status413PayloadTooLarge => Refusal.TooLarge,
                StatusCodes.Status415UnsupportedMediaType => Refusal.UnsupportedMedia,
                _ => null,
            };
            if (refusal is { } code) { await Problems.Write(context, code); }
        }
    }
}
