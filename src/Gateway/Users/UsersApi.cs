using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Gateway.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Calls.Gateway.Users;

/// <summary>One's own profile.</summary>
internal static class UsersApi
{
    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        api.MapGet("me", Read);
        api.MapPatch("me", Change);
    }

    private static async Task<IResult> Read(CurrentUser me, IWorkspace workspace, CancellationToken cancellation) =>
        Results.Ok(Me.Of(me.User, await workspace.Users.Preferences(me.Id, cancellation)));

    private static async Task<IResult> Change(MeChangeRequest request, CurrentUser me, IWorkspace workspace, CancellationToken cancellation)
    {
        if (request.Status == UserStatus.Offline) { return Problems.Of(Refusal.Invalid, "Nobody who says so is offline."); }

        var before = await workspace.Users.Preferences(me.Id, cancellation);
        var preferences = request.Preferences is { } wanted
            ? new UserPreferences(wanted.Ringing ?? before.Ringing, wanted.RingTone ?? before.RingTone)
            : null;
        var changed = await workspace.Users.Change(
            me.Id, new UserChange(request.DisplayName, Status: request.Status, Preferences: preferences), cancellation);
        if (!changed.IsAccepted) { return Problems.Of(changed.Plain); }

        // What others see of it before one is connected is another matter.
        var mine = Me.Of(changed.Value!, preferences ?? before);
        return Results.Ok(request.Status is { } said ? mine with { Status = said } : mine);
    }

    private sealed record MeChangeRequest(string? DisplayName, UserStatus? Status, PreferencesChange? Preferences);

    private sealed record PreferencesChange(bool? Ringing, string? RingTone);
}

/// <summary>Oneself: what everybody sees, and what one prefers.</summary>
internal sealed record Me(
    UserId Id, string Username, string DisplayName, UserRole Role, UserStatus Status, bool Deactivated, UserPreferences Preferences)
{
    public static Me Of(User user, UserPreferences preferences) =>
        new(user.Id, user.Username, user.DisplayName, user.Role, user.Status, user.Deactivated, preferences);
}
