using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Calls.Contracts.Participants;

/// <summary>The secret that takes a session over to another connection: 26 characters of base32, 128 bits. Never logged.</summary>
[GenerateSerializer, Immutable, Alias("ResumeToken")]
[JsonConverter(typeof(Converter))]
public readonly record struct ResumeToken([property: Id(0)] string Value)
{
    /// <summary>Compares in constant time.</summary>
    public bool Matches(ResumeToken other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Value), Encoding.UTF8.GetBytes(other.Value));

    /// <summary>Says nothing, so that it never stands in a log.</summary>
    public override string ToString() => "(resume token)";

    private sealed class Converter : JsonConverter<ResumeToken>
    {
        public override ResumeToken Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString() ?? throw new JsonException("Expected a resume token."));

        public override void Write(Utf8JsonWriter writer, ResumeToken value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
