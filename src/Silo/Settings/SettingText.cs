using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Calls.Contracts.Protocol;
using Calls.Gateway;

namespace Calls.Silo.Settings;

/// <summary>A setting's value as one text, without what is secret in it. A list is JSON, as it may also be written.</summary>
internal static class SettingText
{
    /// <summary>Stands where a secret is.</summary>
    public const string Hidden = "(secret)";

    private const string Secret = "credential";

    private const string ServersPath = OptionCatalogue.Prefix + "Ice:Servers";

    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions s_servers = new(ProtocolJson.Client)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Of(IConfigurationSection section) =>
        section.Value is { Length: > 0 } text ? (section.Path.Equals(ServersPath, StringComparison.OrdinalIgnoreCase) ? OfServers(text) : text)
        : section.GetChildren().Any() ? Tree(section)!.ToJsonString(s_readable)
        : "";

    // Read as the part that uses them reads them, or it would not be in force. Any other text is what it is, also one that begins like JSON.
    private static string OfServers(string text)
    {
        if (text[0] != '[') { return text; }

        var servers = JsonSerializer.Deserialize<GatewayOptions.IceServerOptions[]>(text, ProtocolJson.Client)!;
        foreach (var server in servers.Where(server => server.Credential is not null)) { server.Credential = Hidden; }

        return JsonSerializer.Serialize(servers, s_servers);
    }

    private static JsonNode? Tree(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        if (children.Count == 0) { return section.Key.Equals(Secret, StringComparison.OrdinalIgnoreCase) ? Hidden : section.Value; }

        return children.All(child => int.TryParse(child.Key, out _))
            ? new JsonArray([.. children.Select(Tree)])
            : new JsonObject(children.Select(child => KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(child.Key), Tree(child))));
    }
}
