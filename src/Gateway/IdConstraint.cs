using Calls.Contracts.Ids;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Calls.Gateway;

/// <summary>A route's id. Text that is none names nothing, and so is not found.</summary>
internal sealed class IdConstraint<TId> : IRouteConstraint where TId : struct, IId<TId>
{
    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values.TryGetValue(routeKey, out var value) && IdText.TryParse<TId>(value as string, out _);
}
