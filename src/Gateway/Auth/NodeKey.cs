using System.Security.Cryptography;
using System.Text;
using Calls.Contracts.Calls;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Calls.Gateway.Auth;

/// <summary>Lets only media nodes through that show the node key.</summary>
internal sealed class NodeKey(IOptions<GatewayOptions> options) : IEndpointFilter
{
    private readonly byte[][] _headers = [.. options.Value.Media.NodeKey
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(key => Encoding.UTF8.GetBytes("Bearer " + key))];

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var shown = Encoding.UTF8.GetBytes(context.HttpContext.Request.Headers.Authorization.ToString());
        var right = false;
        foreach (var header in _headers) { right |= CryptographicOperations.FixedTimeEquals(header, shown); }

        return right ? next(context) : new ValueTask<object?>(Problems.Of(Refusal.Unauthenticated, "The node key is missing or wrong."));
    }
}
