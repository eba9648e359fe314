using System.Net.Http.Headers;
using System.Net.Http.Json;
using Calls.Conformance.Service;

namespace Calls.Conformance.Clients;

/// <summary>Whoever has no sign-in, or one: requests as any client would make them.</summary>
internal class Anonymous(CallsService service, string? token = null)
{
    private const int OfferedFirstBytes = 64 * 1024;

    public CallsService Service { get; } = service;

    /// <summary>A request; its status and body, whatever they are. Waits as told when it was too fast.</summary>
    public async Task<Reply> Send(string method, string path, object? body = null, string? operation = null)
    {
        while (true)
        {
            var reply = await SendOnce(method, path, body, operation);
            if (reply.Code != "rate_limited" || body is HttpContent) { return reply; }

            using var wait = new PeriodicTimer(TimeSpan.FromMilliseconds(Math.Max(50, reply.Body.GetProperty("retryAfterMs").GetInt64())));
            await wait.WaitForNextTickAsync();
        }
    }

    /// <summary>A request that is not sent again.</summary>
    public async Task<Reply> SendOnce(string method, string path, object? body = null, string? operation = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.StartsWith('/') ? path : "/api/v1/" + path);
        if (token is not null) { request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token); }

        if (operation is not null) { request.Headers.Add("Idempotency-Key", operation); }

        if (body is not null)
        {
            request.Content = body as HttpContent ?? JsonContent.Create(body);
            await request.Content.LoadIntoBufferAsync();

            // What may be too large is offered first: who sends on while it is refused may lose the answer with the connection.
            request.Headers.ExpectContinue = request.Content.Headers.ContentLength > OfferedFirstBytes;
        }

        using var response = await Service.Http.SendAsync(request);
        return await Reply.Of(response);
    }

    public Task<Reply> Get(string path) => Send("GET", path);

    public Task<Reply> Post(string path, object? body = null) => Send("POST", path, body);
}
