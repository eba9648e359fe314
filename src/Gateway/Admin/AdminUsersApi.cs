using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Gateway.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Calls.Gateway.Admin;

/// <summary>Users, made and changed by an administrator.</summary>
internal static class AdminUsersApi
{
    public static void MapAdminUsers(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("users", List);
        admin.MapPost("users", Create);
        admin.MapPatch("users/{id:user}", Change);
    }

    private static async Task<IResult> List([AsParameters] PageQuery query, IWorkspace workspace, CancellationToken cancellation)
    {
        var page = query.Read();
        return page.IsAccepted ? Results.Ok(await workspace.Users.List(page.Value!, cancellation)) : Problems.Of(page.Plain);
    }

    private static async Task<IResult> Create(
        NewUserRequest request, HttpContext context, CurrentUser me, IWorkspace workspace, Audit audit, CancellationToken cancellation)
    {
        var role = request.Role ?? UserRole.Member;
        if (role == UserRole.Bot) { return Problems.Of(Refusal.Invalid, "Only the service itself is a bot."); }

        var made = await workspace.Users.Create(
            new NewUser(
                request.Username, request.DisplayName ?? request.Username, role, request.Password, me.Id, Replies.OperationId(context)),
            cancellation);

        // A repeat is noted again: the process of the first try may have died before its note.
        if (made.IsAccepted) { await audit.Note(me, "user.create", made.Value!.Id); }

        return Replies.Made(made);
    }

    private static async Task<IResult> Change(
        UserId id, UserChangeRequest request, CurrentUser me, IWorkspace workspace, Audit audit, CancellationToken cancellation)
    {
        if (request.Role == UserRole.Bot) { return Problems.Of(Refusal.Invalid, "Only the service itself is a bot."); }

        // Somebody must be left who can undo it.
        if (id == me.Id && (request.Deactivated == true || request.Role is not (null or UserRole.Admin)))
        {
            return Problems.Of(Refusal.Invalid, "Another administrator has to do this to you.");
        }

        var before = await workspace.Users.Find(id, cancellation);
        var changed = await workspace.Users.Change(
            id, new UserChange(request.DisplayName, request.Role, null, request.Deactivated, request.Password), cancellation);
        if (!changed.IsAccepted) { return Problems.Of(changed.Plain); }

        await audit.Note(
            me,
            request.Deactivated switch { true => "user.deactivate", false => "user.activate", null => "user.change" },
            id,
            detail: WhatChanged(before!, changed.Value!, request.Password is not null));
        return Results.Ok(changed.Value);
    }

    // Whoever reads the audit shall see who was made an administrator. Null when nothing but what the action says.
    private static string? WhatChanged(User before, User after, bool hasNewPassword)
    {
        var changes = new List<string>();
        if (after.Role != before.Role) { changes.Add($"role: {Word(before.Role)} → {Word(after.Role)}"); }

        if (after.DisplayName != before.DisplayName) { changes.Add($"displayName: {before.DisplayName} → {after.DisplayName}"); }

        if (hasNewPassword) { changes.Add("password"); }

        return changes.Count == 0 ? null : string.Join(", ", changes);
    }

    private static string Word(UserRole role) => role.ToString().ToLowerInvariant();

    private sealed record NewUserRequest
    {
        public required string Username { get; init; }

        public required string Password { get; init; }

        public string? DisplayName { get; init; }

        public UserRole? Role { get; init; }
    }

    private sealed record UserChangeRequest(string? DisplayName, UserRole? Role, bool? Deactivated, string? Password);
}
