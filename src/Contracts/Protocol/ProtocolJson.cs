using System.Text.Json;
using System.Text.Json.Serialization;
using Calls.Contracts.MediaNodes;

namespace Calls.Contracts.Protocol;

/// <summary>How our two protocols write JSON.</summary>
public static class ProtocolJson
{
    /// <summary>The client protocol: camelCase members, snake_case enum values, nulls written, unknown members ignored.</summary>
    public static JsonSerializerOptions Client { get; } = Configure(new JsonSerializerOptions(), JsonNamingPolicy.SnakeCaseLower);

    /// <summary>The node API: camelCase members and enum values.</summary>
    /// <remarks>What has no default must be there: only our own programs speak it.</remarks>
    public static JsonSerializerOptions Node { get; } = Configure(
        new JsonSerializerOptions { RespectRequiredConstructorParameters = true }, JsonNamingPolicy.CamelCase);

    /// <summary>Sets up options that a framework owns for the client protocol.</summary>
    public static void ConfigureClient(JsonSerializerOptions options) => Configure(options, JsonNamingPolicy.SnakeCaseLower);

    private static JsonSerializerOptions Configure(JsonSerializerOptions options, JsonNamingPolicy enumNames)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        // The roles of lines are WebRTC's words, written alike in both protocols. First found is first taken.
        options.Converters.Add(new JsonStringEnumConverter<LineRole>(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new JsonStringEnumConverter(enumNames, allowIntegerValues: false));
        return options;
    }
}
