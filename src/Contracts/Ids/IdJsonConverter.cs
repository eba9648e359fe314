using System.Text.Json;
using System.Text.Json.Serialization;

namespace Calls.Contracts.Ids;

/// <summary>Writes an id as its text, and refuses any other text with <see cref="JsonException"/>.</summary>
public sealed class IdJsonConverter<TId> : JsonConverter<TId> where TId : struct, IId<TId>
{
    /// <inheritdoc/>
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && IdText.TryParse<TId>(reader.GetString(), out var id)
            ? id
            : throw new JsonException($"Expected a {TId.Kind} id.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    /// <inheritdoc/>
    public override TId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        IdText.TryParse<TId>(reader.GetString(), out var id) ? id : throw new JsonException($"Expected a {TId.Kind} id.");

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);
}
