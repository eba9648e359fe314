using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Calls.Orleans.Embedded.Tests.Grains;

[GenerateSerializer]
[Immutable]
[Alias("tests.PersonId")]
[JsonConverter(typeof(PersonIdConverter))]
public readonly record struct PersonId([property: Id(0)] string Value);

public sealed class PersonIdConverter : JsonConverter<PersonId>
{
    public override PersonId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, PersonId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);

    public override PersonId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, PersonId value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);
}

[GenerateSerializer]
[Immutable]
[Alias("tests.Happening")]
public abstract record Happening
{
    private Happening()
    {
    }

    [GenerateSerializer]
    [Immutable]
    [Alias("tests.Happening.Came")]
    public sealed record Came([property: Id(0)] PersonId Who, [property: Id(1)] DateTimeOffset At) : Happening;

    [GenerateSerializer]
    [Immutable]
    [Alias("tests.Happening.Left")]
    public sealed record Left([property: Id(0)] PersonId Who, [property: Id(1)] TimeSpan? After) : Happening;
}

[GenerateSerializer]
[Immutable]
[Alias("tests.SavedState")]
public sealed record SavedState
{
    [Id(0)]
    public ImmutableArray<Happening> Happenings { get; init; } = [];

    [Id(1)]
    public ImmutableDictionary<PersonId, int> Counts { get; init; } = ImmutableDictionary<PersonId, int>.Empty;

    [Id(2)]
    public Happening? Last { get; init; }

    [Id(3)]
    public PersonId? Host { get; init; }

    [Id(4)]
    public DayOfWeek Day { get; init; }

    [Id(5)]
    public ImmutableArray<string> NeverSet { get; init; }

    [Id(6)]
    public string Name { get; init; } = "unnamed";

    // Worked out, so never saved.
    public int Size => Happenings.Length;
}

[Alias("tests.ISavedGrain")]
public interface ISavedGrain : IGrainWithStringKey
{
    [Alias("Save")]
    Task Save(SavedState state);

    [Alias("Saved")]
    Task<SavedState> Saved();
}

public sealed class SavedGrain([PersistentState("tests-saved")] IPersistentState<SavedState> saved) : Grain, ISavedGrain
{
    public Task Save(SavedState state)
    {
        saved.State = state;
        return saved.WriteStateAsync();
    }

    public Task<SavedState> Saved() => Task.FromResult(saved.State);
}
