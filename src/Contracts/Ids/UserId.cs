using System.Text.Json.Serialization;

namespace Calls.Contracts.Ids;

/// <summary>Names one user. Text form <c>user_…</c>, see <see cref="IdText"/>.</summary>
[GenerateSerializer, Immutable, Alias("UserId")]
[JsonConverter(typeof(IdJsonConverter<UserId>))]
public readonly record struct UserId([property: Id(0)] string Value) : IId<UserId>
{
    /// <inheritdoc/>
    public static string Kind => "user";

    /// <inheritdoc/>
    public static UserId From(string value) => new(value);

    /// <summary>Reads a route or query value; false when it is no user id.</summary>
    public static bool TryParse(string? text, out UserId id) => IdText.TryParse(text, out id);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
