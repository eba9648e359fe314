using System.Reflection;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Microsoft.AspNetCore.Http;

namespace Calls.Gateway.Auth;

/// <summary>Who asks, as the workspace knows them at this moment.</summary>
/// <param name="TokenHash">Of the sign-in that was shown.</param>
internal sealed record CurrentUser(User User, string TokenHash)
{
    public UserId Id => User.Id;

    public bool IsAdmin => User.Role == UserRole.Admin;

    /// <summary>Lets an endpoint ask for it as a parameter.</summary>
    public static ValueTask<CurrentUser?> BindAsync(HttpContext context, ParameterInfo parameter) => new(Of(context));

    public static CurrentUser? Of(HttpContext? context) => context?.Items[typeof(CurrentUser)] as CurrentUser;

    public void StandIn(HttpContext context) => context.Items[typeof(CurrentUser)] = this;
}
