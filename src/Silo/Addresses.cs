namespace Calls.Silo;

/// <summary>Where the process listens for HTTP.</summary>
internal static class Addresses
{
    public const string DefaultListen = "http://localhost:8065";
    public const string DefaultNodeApi = "http://127.0.0.1:8045";
    public const string DefaultMetrics = "http://127.0.0.1:8066";

    /// <summary>The addresses of the roles, and the one of metrics if it has its own.</summary>
    public static IReadOnlyList<string> Of(Roles roles, IConfiguration configuration)
    {
        var main = roles.Gateway || roles.Silo
            ? Read(configuration, "Calls:Listen", DefaultListen)
            : Read(configuration, "Calls:Media:ApiUrl", DefaultNodeApi);
        return Metrics(roles, configuration) is { } metrics ? [.. main, metrics.ToString()] : main;
    }

    /// <summary>Where only metrics are served; null when nowhere. A media-only process has none unless told.</summary>
    public static Uri? Metrics(Roles roles, IConfiguration configuration)
    {
        var text = configuration["Calls:Telemetry:MetricsListen"] ?? (roles.Gateway ? DefaultMetrics : "");
        return text.Length == 0 ? null : Parse("Calls:Telemetry:MetricsListen", text);
    }

    /// <summary>The option that set the address which an error of the web server names; that of the main address when it names none we know.</summary>
    public static string OptionIn(string message, IConfiguration? configuration)
    {
        (string Option, string Name, string Default)[] others =
        [
            ("--telemetry:metricslisten", "Calls:Telemetry:MetricsListen", DefaultMetrics), ("--media:apiurl", "Calls:Media:ApiUrl", DefaultNodeApi),
        ];
        var main = configuration?["Calls:Listen"] is { Length: > 0 } given ? given : DefaultListen;
        var named = others.FirstOrDefault(other => IsNamed(configuration?[other.Name] is { Length: > 0 } text ? text : other.Default));
        return IsNamed(main) ? "--listen" : named.Option ?? "--listen";

        bool IsNamed(string addresses) => addresses.Split([';', ','], StringSplitOptions.TrimEntries)
            .Any(address => message.Contains(address.TrimEnd('/') + ":", StringComparison.OrdinalIgnoreCase));
    }

    private static IReadOnlyList<string> Read(IConfiguration configuration, string name, string otherwise)
    {
        var text = configuration[name] is { Length: > 0 } given ? given : otherwise;
        return [.. text.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(address => Parse(name, address).ToString())];
    }

    private static Uri Parse(string name, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri!
            : throw new StartupException($"{name} is '{text}'; allowed: http://host:port or https://host:port.");
}
