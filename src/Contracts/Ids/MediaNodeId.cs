using System.Text.Json.Serialization;

namespace Calls.Contracts.Ids;

/// <summary>Names one media node. Text form <c>node_…</c>, see <see cref="IdText"/>.</summary>
[GenerateSerializer, Immutable, Alias("MediaNodeId")]
[JsonConverter(typeof(IdJsonConverter<MediaNodeId>))]
public readonly record struct MediaNodeId([property: Id(0)] string Value) : IId<MediaNodeId>
{
    /// <inheritdoc/>
    public static string Kind => "node";

    /// <inheritdoc/>
    public static MediaNodeId From(string value) => new(value);

    /// <summary>Reads a route or query value; false when it is no node id.</summary>
    public static bool TryParse(string? text, out MediaNodeId id) => IdText.TryParse(text, out id);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
