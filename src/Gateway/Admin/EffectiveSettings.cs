using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;

namespace Calls.Gateway.Admin;

/// <summary>The settings in force that somebody gave, without those that are secret.</summary>
internal static class EffectiveSettings
{
    private const string Section = "Calls:";
    private const string Hidden = "(secret)";

    // By the word in the name, so that a new secret is hidden before anybody thinks of it.
    private static readonly ImmutableArray<string> s_secretWords = ["Key", "Secret", "Token", "Password", "Credential", "ConnectionString"];

    public static ImmutableSortedDictionary<string, string> Read(IConfiguration configuration) => configuration.AsEnumerable()
        .Where(setting => setting.Value is not null && setting.Key.StartsWith(Section, StringComparison.OrdinalIgnoreCase))
        .ToImmutableSortedDictionary(
            setting => setting.Key[Section.Length..],
            setting => IsSecret(setting.Key) ? Hidden : setting.Value!,
            StringComparer.OrdinalIgnoreCase);

    private static bool IsSecret(string key) => s_secretWords.Any(word => key.Contains(word, StringComparison.OrdinalIgnoreCase));
}
