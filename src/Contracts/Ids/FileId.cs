using System.Text.Json.Serialization;

namespace Calls.Contracts.Ids;

/// <summary>Names one uploaded file. Text form <c>file_…</c>, see <see cref="IdText"/>.</summary>
[GenerateSerializer, Immutable, Alias("FileId")]
[JsonConverter(typeof(IdJsonConverter<FileId>))]
public readonly record struct FileId([property: Id(0)] string Value) : IId<FileId>
{
    /// <inheritdoc/>
    public static string Kind => "file";

    /// <inheritdoc/>
    public static FileId From(string value) => new(value);

    /// <summary>Reads a route or query value; false when it is no file id.</summary>
    public static bool TryParse(string? text, out FileId id) => IdText.TryParse(text, out id);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
