using System.Text;

namespace Calls.Silo;

/// <summary>One setting, as <c>--help</c> and docs/RUNBOOK.md tell it.</summary>
internal sealed record OptionEntry(string Name, string Default, string Allowed, string Meaning);

/// <summary>Every setting of the program. A test holds it against the option classes and the runbook.</summary>
internal static class OptionCatalogue
{
    /// <summary>Sections of the web framework's own, which the command line passes through.</summary>
    public static IReadOnlyList<string> FrameworkSections { get; } = ["Logging", "Kestrel", "urls", "environment", "contentRoot", "applicationName"];

    /// <summary>By name, without the leading <c>Calls:</c>.</summary>
    public static IReadOnlyList<OptionEntry> Entries { get; } =
    [
        new("Roles", "silo,gateway,media", "a list of silo, gateway, media", "The parts that this process runs."),
        new("Listen", Addresses.DefaultListen, "http(s)://host:port", "Where browsers reach the gateway."),
        new("Data", DataFolder.Default, "a folder", "Everything this installation must not lose."),
        new("Telemetry:MetricsListen", Addresses.DefaultMetrics, "http://host:port or empty", "Where /metrics is served, and nothing else."),
        new("Telemetry:MetricsToken", "", "text", "Bearer token with which /metrics answers at Listen too."),
    ];

    /// <summary>Whether a key such as <c>Calls:Media:Port</c>, or an element of a list option, is a setting.</summary>
    public static bool Knows(string key) =>
        Entries.Any(entry => key.Equals("Calls:" + entry.Name, StringComparison.OrdinalIgnoreCase)
            || key.StartsWith($"Calls:{entry.Name}:", StringComparison.OrdinalIgnoreCase));

    /// <summary>What <c>--help</c> prints.</summary>
    public static string Help()
    {
        var text = new StringBuilder("""
            Calls: voice calls for a team's chat.

              calls [--name value | --name=value] …

            The same names, with Calls: in front, stand in appsettings.json, or in the environment as Calls__Name.

            """);
        foreach (var entry in Entries)
        {
            var otherwise = entry.Default.Length > 0 ? entry.Default : "empty";
            text.AppendLine($"  --{entry.Name.ToLowerInvariant()}");
            text.AppendLine($"      {entry.Meaning} Allowed: {entry.Allowed}. Default: {otherwise}.");
        }

        return text.ToString();
    }
}
