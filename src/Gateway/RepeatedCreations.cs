using Calls.Contracts.Calls;
using Calls.Gateway.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Gateway;

/// <summary>
/// Answers a creation that is asked for again under the same <c>Idempotency-Key</c> as the first time, so that a retry makes nothing twice.
/// Kept per process: posts and joins, where a repeat may reach another gateway, are remembered by the workspace and the grains.
/// </summary>
internal sealed class RepeatedCreations : IDisposable
{
    private const int KeyCharactersMax = 64; // As for the operation id of a post.
    private const int AnswersMax = 10_000; // Some kilobytes each at most; the oldest give way.
    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly MemoryCache _answers = new(new MemoryCacheOptions { SizeLimit = AnswersMax });

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (Replies.OperationId(http) is not { } key) { return await next(context); }

        if (key.Length > KeyCharactersMax)
        {
            return Problems.Of(Refusal.Invalid, $"An Idempotency-Key has at most {KeyCharactersMax} characters.");
        }

        var asked = (CurrentUser.Of(http)?.Id, http.Request.Path.Value, key);
        Task<object?>? first;
        lock (_lock)
        {
            if (!_answers.TryGetValue(asked, out first))
            {
                first = next(context).AsTask();
                _answers.Set(asked, first, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = s_kept });
            }
        }

        try
        {
            var answer = await first!;
            if (answer is IStatusCodeHttpResult { StatusCode: >= StatusCodes.Status500InternalServerError }) { _answers.Remove(asked); }

            return answer;
        }
        catch
        {
            // What failed without an answer may be tried again.
            _answers.Remove(asked);
            throw;
        }
    }

    public void Dispose() => _answers.Dispose();
}

internal static class RepeatedCreationsExtensions
{
    /// <summary>Lets a creation be asked for again. A filter given by its type would be made anew for each request and remember nothing.</summary>
    public static void AnswersRepeats(this RouteHandlerBuilder route) =>
        route.AddEndpointFilter((context, next) => context.HttpContext.RequestServices.GetRequiredService<RepeatedCreations>().InvokeAsync(context, next));
}
