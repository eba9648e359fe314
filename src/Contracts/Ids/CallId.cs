using System.Text.Json.Serialization;

namespace Calls.Contracts.Ids;

/// <summary>Names one call. Text form <c>call_…</c>, see <see cref="IdText"/>.</summary>
[GenerateSerializer, Immutable, Alias("CallId")]
[JsonConverter(typeof(IdJsonConverter<CallId>))]
public readonly record struct CallId([property: Id(0)] string Value) : IId<CallId>
{
    /// <inheritdoc/>
    public static string Kind => "call";

    /// <inheritdoc/>
    public static CallId From(string value) => new(value);

    /// <summary>Reads a route or query value; false when it is no call id.</summary>
    public static bool TryParse(string? text, out CallId id) => IdText.TryParse(text, out id);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
