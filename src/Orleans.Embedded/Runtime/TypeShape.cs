using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>What a type's annotations say about it: may it travel, is it shared, which members does it have.</summary>
internal static class TypeShape
{
    private const BindingFlags DeclaredHere =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly HashSet<Type> s_plain =
    [
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly),
        typeof(TimeOnly), typeof(TimeSpan), typeof(Uri), typeof(Version), typeof(IPAddress), typeof(IPEndPoint),
        typeof(Int128), typeof(UInt128), typeof(Half), typeof(GrainId), typeof(GrainType), typeof(IdSpan), typeof(object),
    ];

    // As in Orleans: exceptions of these namespaces travel without an annotation.
    private static readonly string[] s_exceptionNamespaces = ["System", "Microsoft", "Azure"];

    /// <summary>Values of exactly this type are passed without a copy: nobody can change them.</summary>
    public static bool IsShared(Type type)
    {
        if (IsPlain(type) || type.IsDefined(typeof(ImmutableAttribute), inherit: false)) { return true; }

        if (typeof(GrainReference).IsAssignableFrom(type) || typeof(Exception).IsAssignableFrom(type)) { return true; }

        if (Nullable.GetUnderlyingType(type) is { } inner) { return IsShared(inner); }

        if (IsImmutableCollection(type)) { return type.GetGenericArguments().All(IsSharedExactly); }

        return type.IsValueType && IsDeclared(type) && Fields(type).All(field => IsSharedExactly(field.FieldType));
    }

    /// <summary>A primitive, an enum, or another value of the platform that cannot change.</summary>
    public static bool IsPlain(Type type) => type.IsPrimitive || type.IsEnum || s_plain.Contains(type);

    /// <summary>Annotated to travel, or a tuple of the language.</summary>
    public static bool IsDeclared(Type type)
    {
        if (type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)) { return true; }

        return type is { IsValueType: true, IsGenericType: true }
            && (type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal)
                || type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));
    }

    /// <summary>Whether an exception of this type would survive a network.</summary>
    public static bool CanTravel(Type exception) =>
        exception.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)
        || s_exceptionNamespaces.Any(prefix => exception.Namespace?.StartsWith(prefix, StringComparison.Ordinal) == true);

    /// <summary>All that an object of this type consists of.</summary>
    public static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (Type? level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            foreach (var field in level.GetFields(DeclaredHere))
            {
                yield return field;
            }
        }
    }

    /// <summary>
    /// The stable name of a member: its <c>[Id]</c>, or its position among a record's parameters (<c>p0</c>), with the
    /// depth of its class before it where that is not the first. Null when the member has neither.
    /// </summary>
    public static string? StableName(MemberInfo member)
    {
        var depth = Depth(member.DeclaringType!);
        var prefix = depth == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{depth}.");
        var position = PositionalParameters(member.DeclaringType!).FindIndex(parameter => parameter.Name == member.Name);
        var id = member.GetCustomAttribute<IdAttribute>()
            ?? (position < 0 ? null : PositionalParameters(member.DeclaringType!)[position].GetCustomAttribute<IdAttribute>());
        if (id is not null) { return string.Create(CultureInfo.InvariantCulture, $"{prefix}{id.Id}"); }

        return position < 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{prefix}p{position}");
    }

    /// <summary>The member that a field belongs to: itself, or the property it stands behind.</summary>
    public static MemberInfo MemberOf(FieldInfo field)
    {
        var isBacking = field.Name.StartsWith('<') && field.Name.EndsWith(">k__BackingField", StringComparison.Ordinal);
        return isBacking
            ? field.DeclaringType!.GetProperty(field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)], DeclaredHere) ?? (MemberInfo)field
            : field;
    }

    /// <summary>The cases of a closed hierarchy: the concrete subtypes in the base's own assembly.</summary>
    public static IEnumerable<Type> Cases(Type type) =>
        type.Assembly.GetTypes().Where(candidate => !candidate.IsAbstract && candidate.IsSubclassOf(type));

    private static bool IsSharedExactly(Type type) => (type.IsValueType || type.IsSealed) && IsShared(type);

    private static bool IsImmutableCollection(Type type) => type.IsGenericType
        && ArgumentCopier.IsCollection(type)
        && type.Namespace == typeof(ImmutableArray).Namespace;

    private static int Depth(Type type)
    {
        var depth = 0;
        for (var level = type.BaseType; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            depth++;
        }

        return depth;
    }

    // A record's primary constructor: every parameter has a property of its name and type.
    private static List<ParameterInfo> PositionalParameters(Type type)
    {
        foreach (var constructor in type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            var parameters = constructor.GetParameters();
            if (parameters.Length > 0 && parameters.All(parameter =>
                type.GetProperty(parameter.Name!, DeclaredHere)?.PropertyType == parameter.ParameterType))
            {
                return [.. parameters];
            }
        }

        return [];
    }
}
