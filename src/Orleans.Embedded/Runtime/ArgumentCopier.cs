using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Orleans.Embedded;

/// <summary>
/// Isolates caller and callee: what one changes later, the other does not see. Immutable values are shared; the rest is
/// copied, with shared parts of one argument still shared in its copy.
/// </summary>
internal static class ArgumentCopier
{
    private static readonly ConcurrentDictionary<Type, TypeCopier> s_copiers = new();

    private static readonly Dictionary<Type, string> s_collections = new()
    {
        [typeof(List<>)] = nameof(CopyList),
        [typeof(Dictionary<,>)] = nameof(CopyDictionary),
        [typeof(ImmutableArray<>)] = nameof(CopyImmutableArray),
        [typeof(ImmutableDictionary<,>)] = nameof(CopyImmutableDictionary),
    };

    private delegate object Copier(object value, Copies copies);

    public static object? Copy(object? value)
    {
        if (value is null) { return null; }

        var copier = Of(value.GetType());
        return copier.Make is null ? value : copier.Make(value, new Copies(ReferenceEqualityComparer.Instance));
    }

    public static ImmutableDictionary<string, object>? CopyContext(ImmutableDictionary<string, object>? values)
    {
        if (values is null) { return null; }

        var copy = values;
        foreach (var (key, value) in values)
        {
            copy = copy.SetItem(key, Copy(value)!);
        }

        return copy;
    }

    /// <summary>The exception as the caller gets it: itself if it could cross a network, else what would be lost there.</summary>
    public static Exception CarryOver(Exception problem) => TypeShape.CanTravel(problem.GetType())
        ? problem
        : new CodecNotFoundException(
            $"Could not find a codec for the exception {problem.GetType()} ({problem.Message}): it lacks [GenerateSerializer].");

    public static bool IsCollection(Type type) =>
        type.IsGenericType && s_collections.ContainsKey(type.GetGenericTypeDefinition());

    private static TypeCopier Of(Type type) => s_copiers.GetOrAdd(type, MakeCopier);

    private static T Part<T>(T value, Copies copies)
    {
        if (value is null) { return value; }

        var copier = Of(value.GetType());
        if (copier.Make is null) { return value; }

        return copies.TryGetValue(value, out var known) ? (T)known : (T)copier.Make(value, copies);
    }

    private static TypeCopier MakeCopier(Type type)
    {
        if (TypeShape.IsShared(type)) { return new TypeCopier(null); }

        if (typeof(IAddressable).IsAssignableFrom(type))
        {
            throw new NotSupportedException(
                $"{type} is passed as an object. Pass an observer by CreateObjectReference, a grain by AsReference.");
        }

        if (type.IsSZArray) { return Generic(nameof(CopyArray), type.GetElementType()!); }

        if (IsCollection(type))
        {
            return Generic(s_collections[type.GetGenericTypeDefinition()], type.GetGenericArguments());
        }

        if (!TypeShape.IsDeclared(type))
        {
            throw new CodecNotFoundException($"Could not find a copier for type {type}: it lacks [GenerateSerializer].");
        }

        var fields = TypeShape.Fields(type).ToArray();
        return new TypeCopier((value, copies) => CopyFields(type, fields, value, copies));
    }

    private static TypeCopier Generic(string method, params Type[] arguments) => new(
        typeof(ArgumentCopier).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(arguments).CreateDelegate<Copier>());

    private static object CopyFields(Type type, FieldInfo[] fields, object value, Copies copies)
    {
        var copy = RuntimeHelpers.GetUninitializedObject(type);
        copies[value] = copy;
        foreach (var field in fields)
        {
            field.SetValue(copy, Part(field.GetValue(value), copies));
        }

        return copy;
    }

    private static object CopyArray<T>(object value, Copies copies)
    {
        var from = (T[])value;
        var to = new T[from.Length];
        copies[value] = to;
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = Part(from[i], copies);
        }

        return to;
    }

    private static object CopyList<T>(object value, Copies copies)
    {
        var from = (List<T>)value;
        var to = new List<T>(from.Count);
        copies[value] = to;
        to.AddRange(from.Select(item => Part(item, copies)));
        return to;
    }

    private static object CopyDictionary<TKey, TValue>(object value, Copies copies)
        where TKey : notnull
    {
        var from = (Dictionary<TKey, TValue>)value;
        var to = new Dictionary<TKey, TValue>(from.Count, from.Comparer);
        copies[value] = to;
        foreach (var (key, item) in from)
        {
            to.Add(Part(key, copies), Part(item, copies));
        }

        return to;
    }

    private static object CopyImmutableArray<T>(object value, Copies copies)
    {
        var from = (ImmutableArray<T>)value;
        return from.IsDefault ? from : ImmutableArray.CreateRange(from, item => Part(item, copies));
    }

    private static object CopyImmutableDictionary<TKey, TValue>(object value, Copies copies)
        where TKey : notnull
    {
        var from = (ImmutableDictionary<TKey, TValue>)value;
        return from.ToImmutableDictionary(
            pair => Part(pair.Key, copies), pair => Part(pair.Value, copies), from.KeyComparer, from.ValueComparer);
    }

    /// <summary>What of one argument was copied already.</summary>
    private sealed class Copies(IEqualityComparer<object> comparer) : Dictionary<object, object>(comparer);

    /// <summary>How values of one type are copied; null when they are shared.</summary>
    private sealed record TypeCopier(Copier? Make);
}
