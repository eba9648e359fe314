using System.Text.Json.Serialization;

namespace Calls.Contracts.Ids;

/// <summary>Names one conversation. Text form <c>chan_…</c>, see <see cref="IdText"/>.</summary>
[GenerateSerializer, Immutable, Alias("ChannelId")]
[JsonConverter(typeof(IdJsonConverter<ChannelId>))]
public readonly record struct ChannelId([property: Id(0)] string Value) : IId<ChannelId>
{
    /// <inheritdoc/>
    public static string Kind => "chan";

    /// <inheritdoc/>
    public static ChannelId From(string value) => new(value);

    /// <summary>Reads a route or query value; false when it is no chan id.</summary>
    public static bool TryParse(string? text, out ChannelId id) => IdText.TryParse(text, out id);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
