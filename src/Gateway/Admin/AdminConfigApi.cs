using System.Collections.Immutable;
using System.Text.Json;
using Calls.Contracts.Calls;
using Calls.Gateway.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Calls.Gateway.Admin;

/// <summary>The settings: shown, and changed while running.</summary>
internal static class AdminConfigApi
{
    private const int ValueCharactersMax = 16 * 1024; // A list of ICE servers is the longest there is.

    public static void MapAdminConfig(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("config", (ISettings settings) => Results.Ok(new ConfigAnswer(settings.All())));
        admin.MapPut("config", Change);
    }

    private static async Task<IResult> Change(
        ConfigChangeRequest request, CurrentUser me, ISettings settings, Audit audit, CancellationToken cancellation)
    {
        if (request.Settings.IsEmpty) { return Problems.Of(Refusal.Invalid, "Name a setting and its value."); }

        if (request.Settings.Keys.GroupBy(key => key, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1)?.Key is { } twice)
        {
            return Problems.Of(Refusal.Invalid, $"{twice} is named twice; upper and lower case are the same.");
        }

        var changes = request.Settings.ToImmutableDictionary(change => change.Key, change => Text(change.Value), StringComparer.OrdinalIgnoreCase);
        if (changes.FirstOrDefault(change => change.Value?.Length > ValueCharactersMax).Key is { } name)
        {
            return Problems.Of(Refusal.Invalid, $"{name} has at most {ValueCharactersMax} characters.");
        }

        var before = settings.All().ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.OrdinalIgnoreCase);
        var changed = await settings.Change(changes, cancellation);
        if (!changed.IsAccepted) { return Problems.Of(changed); }

        var after = settings.All();
        foreach (var setting in after.Where(setting => changes.ContainsKey(setting.Name)))
        {
            await audit.Note(me, "config.change", detail: $"{setting.Name}: {before[setting.Name]} → {setting.Value}");
        }

        return Results.Ok(new ConfigAnswer(after));
    }

    // Whoever writes 20 or true means "20" or "true"; a list stays JSON.
    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    private sealed record ConfigAnswer(ImmutableArray<Setting> Settings);

    private sealed record ConfigChangeRequest
    {
        /// <summary>By name, without the leading <c>Calls:</c>; null goes back to what was given at the start.</summary>
        public required ImmutableDictionary<string, JsonElement> Settings { get; init; }
    }
}
