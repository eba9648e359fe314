using Calls.Contracts.Calls;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Calls.Gateway;

/// <summary>The outermost catch: a malformed request and a fault of ours are refused in the documented form.</summary>
internal sealed class Faults(ILogger<Faults> log)
{
    public async Task Guard(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException malformed) when (!context.Response.HasStarted)
        {
            await Problems.Write(context, malformed.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => Refusal.TooLarge,
                StatusCodes.Status415UnsupportedMediaType => Refusal.UnsupportedMedia,
                _ => Refusal.Invalid,
            });
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !context.Response.HasStarted)
        {
            GatewayLog.RequestFailed(log, fault, context.Request.Method, context.Request.Path);
            await Problems.Write(context, Refusal.Unavailable);
        }
    }
}
