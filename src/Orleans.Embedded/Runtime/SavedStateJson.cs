using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Orleans.Embedded;

/// <summary>
/// Saved states as JSON. Members are named by their <c>[Id]</c>, so a property may be renamed and a number is never
/// reused, as on a cluster. A value of an abstract type carries its case's <c>[Alias]</c> as <c>$type</c>. Types with a
/// converter of their own (typed ids) are left to it.
/// </summary>
internal static class SavedStateJson
{
    public const string CaseName = "$type";

    public static readonly JsonSerializerOptions Options = new()
    {
        IncludeFields = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,   // it goes to a database, never into a page
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameById, NameCases } },
        Converters = { new ImmutableArrayConverters() },
    };

    private static readonly JsonWriterOptions s_writing = new() { Encoder = Options.Encoder };

    /// <summary>UTF-8, as the database keeps it. The caller disposes it.</summary>
    public static SavedPayload Write<T>(T value)
    {
        var payload = new SavedPayload();
        try
        {
            using var writer = new Utf8JsonWriter(payload, s_writing);
            JsonSerializer.Serialize(writer, value, Options);
            return payload;
        }
        catch
        {
            payload.Dispose();
            throw;
        }
    }

    public static T Read<T>(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<T>(json, Options)!;

    private static void NameById(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object || !info.Type.IsDefined(typeof(GenerateSerializerAttribute), false)) { return; }

        for (var i = info.Properties.Count - 1; i >= 0; i--)
        {
            var name = info.Properties[i].AttributeProvider is MemberInfo member ? TypeShape.StableName(member) : null;
            if (name is null) { info.Properties.RemoveAt(i); }
            else { info.Properties[i].Name = name; }
        }
    }

    private static void NameCases(JsonTypeInfo info)
    {
        if (!info.Type.IsAbstract || info.Kind != JsonTypeInfoKind.Object || !TypeShape.IsDeclared(info.Type)) { return; }

        info.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = CaseName };
        foreach (var found in TypeShape.Cases(info.Type))
        {
            var alias = found.GetCustomAttribute<AliasAttribute>()?.Alias
                ?? throw new NotSupportedException($"{found} is saved as a case of {info.Type} and needs an [Alias].");
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(found, alias));
        }
    }

    /// <summary>An array that was never set is saved as null; without this it could not be saved at all.</summary>
    private sealed class ImmutableArrayConverters : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ImmutableArray<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(
                typeof(ImmutableArrayConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
    }

    private sealed class ImmutableArrayConverter<T> : JsonConverter<ImmutableArray<T>>
    {
        public override bool HandleNull => true;

        public override ImmutableArray<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ImmutableCollectionsMarshal.AsImmutableArray(JsonSerializer.Deserialize<T[]>(ref reader, options));

        public override void Write(Utf8JsonWriter writer, ImmutableArray<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, ImmutableCollectionsMarshal.AsArray(value), options);
    }
}
