using System.Text.Json.Serialization;

namespace Calls.Contracts.Ids;

/// <summary>Names one post. Text form <c>post_…</c>, see <see cref="IdText"/>.</summary>
[GenerateSerializer, Immutable, Alias("PostId")]
[JsonConverter(typeof(IdJsonConverter<PostId>))]
public readonly record struct PostId([property: Id(0)] string Value) : IId<PostId>
{
    /// <inheritdoc/>
    public static string Kind => "post";

    /// <inheritdoc/>
    public static PostId From(string value) => new(value);

    /// <summary>Reads a route or query value; false when it is no post id.</summary>
    public static bool TryParse(string? text, out PostId id) => IdText.TryParse(text, out id);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
