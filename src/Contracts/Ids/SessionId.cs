using System.Text.Json.Serialization;

namespace Calls.Contracts.Ids;

/// <summary>Names one device's presence in one call. Text form <c>sess_…</c>, see <see cref="IdText"/>.</summary>
[GenerateSerializer, Immutable, Alias("SessionId")]
[JsonConverter(typeof(IdJsonConverter<SessionId>))]
public readonly record struct SessionId([property: Id(0)] string Value) : IId<SessionId>
{
    /// <inheritdoc/>
    public static string Kind => "sess";

    /// <inheritdoc/>
    public static SessionId From(string value) => new(value);

    /// <summary>Reads a route or query value; false when it is no sess id.</summary>
    public static bool TryParse(string? text, out SessionId id) => IdText.TryParse(text, out id);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
