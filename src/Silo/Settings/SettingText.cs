using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Calls.Silo.Settings;

/// <summary>A setting's value as one text, without what is secret in it. A list is JSON, as it may also be written.</summary>
internal static class SettingText
{
    /// <summary>Stands where a secret is.</summary>
    public const string Hidden = "(secret)";

    private const string Secret = "credential";

    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(IConfigurationSection section) =>
        section.Value is { Length: > 0 } text ? OfText(text)
        : section.GetChildren().Any() ? Tree(section)!.ToJsonString(s_readable)
        : "";

    private static string OfText(string text)
    {
        if (text[0] != '[') { return text; }

        // It was read before, or it would not be in force.
        var list = JsonNode.Parse(text)!.AsArray();
        foreach (var element in list.OfType<JsonObject>().Where(element => element[Secret] is not null)) { element[Secret] = Hidden; }

        return list.ToJsonString(s_readable);
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
