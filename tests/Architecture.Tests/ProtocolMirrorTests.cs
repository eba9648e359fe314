using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Calls.Contracts.Calls;
using Calls.Contracts.Protocol;

namespace Calls.Architecture.Tests;

/// <summary>web/src/protocol says in TypeScript what the contracts say in C#: same names, same members, same words.</summary>
public partial class ProtocolMirrorTests
{
    // What the gateway makes of a contract for its clients goes before the contract of the same name.
    private static readonly Dictionary<string, Type> Mirrored = Assembly.Load("Calls.Gateway").GetTypes()
        .Concat(typeof(CallEvent).Assembly.GetTypes())
        .Where(type => !type.IsNested || type.IsSubclassOf(typeof(CallEvent)))
        .Where(type => type.IsEnum || (type.GetMethod("<Clone>$") is not null && !type.IsGenericType))
        .DistinctBy(type => type.Name)
        .ToDictionary(type => type.Name);

    [Fact]
    public void Each_interface_has_the_members_of_its_record() =>
        Interfaces()
            .Where(mirror => Mirrored.TryGetValue(mirror.Name, out var type) && !type.IsEnum)
            .SelectMany(mirror => Differences(mirror, Mirrored[mirror.Name]))
            .MustBeNone("The mirror of the protocol differs:");

    [Fact]
    public void Each_union_has_the_words_of_its_enum() =>
        Unions()
            .Where(mirror => Mirrored.TryGetValue(mirror.Name, out var type) && type.IsEnum)
            .Select(mirror => (mirror.Name, Mirror: mirror.Members.Order(), Ours: Words(Mirrored[mirror.Name]).Order()))
            .Where(pair => !pair.Mirror.SequenceEqual(pair.Ours))
            .Select(pair => $"{pair.Name}: TypeScript {string.Join('|', pair.Mirror)}; C# {string.Join('|', pair.Ours)}")
            .MustBeNone("The mirror of the protocol differs:");

    [Fact]
    public void Each_event_is_mirrored_with_its_type()
    {
        var text = string.Concat(Files().Select(Repository.Read));
        typeof(CallEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(CallEvent)))
            .Where(type => Interfaces().All(mirror => mirror.Name != type.Name) || !text.Contains($"'{EventName(type)}'", StringComparison.Ordinal))
            .Select(type => $"{type.Name} ({EventName(type)})")
            .MustBeNone("These events are not in web/src/protocol:");
    }

    [Fact]
    public void There_is_a_mirror_to_look_into() => Assert.True(Interfaces().Count(mirror => Mirrored.ContainsKey(mirror.Name)) > 20);

    private static IEnumerable<string> Differences(Mirror mirror, Type type)
    {
        var ours = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null && property.GetMethod is not null && property.Name != "EqualityContract")
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).ToHashSet();
        return mirror.Members.Except(ours).Select(name => $"{mirror.Name}.{name} is only in TypeScript")
            .Concat(ours.Except(mirror.Members).Select(name => $"{mirror.Name}.{name} is only in C#"));
    }

    private static IEnumerable<string> Words(Type type) =>
        Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.Serialize(value, type, ProtocolJson.Client).Trim('"'));

    private static string EventName(Type type) =>
        ((CallEvent)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type)).Type;

    private static IEnumerable<string> Files() =>
        Repository.AllFiles.Where(file => file.StartsWith("web/src/protocol/", StringComparison.Ordinal) && file.EndsWith(".ts", StringComparison.Ordinal));

    private static IEnumerable<Mirror> Interfaces() => Files().SelectMany(file =>
        Interface().Matches(Repository.Read(file)).Select(match => new Mirror(
            match.Groups[1].Value, [.. Member().Matches(match.Groups[2].Value).Select(member => member.Groups[1].Value)])));

    private static IEnumerable<Mirror> Unions() => Files().SelectMany(file =>
        Union().Matches(Repository.Read(file)).Select(match => new Mirror(
            match.Groups[1].Value, [.. Word().Matches(match.Groups[2].Value).Select(word => word.Groups[1].Value)])));

    private sealed record Mirror(string Name, IReadOnlyList<string> Members);

    [GeneratedRegex(@"export interface (\w+)[^{]*\{(.*?)\n\}", RegexOptions.Singleline)]
    private static partial Regex Interface();

    [GeneratedRegex(@"^  (\w+)\??:", RegexOptions.Multiline)]
    private static partial Regex Member();

    [GeneratedRegex(@"export type (\w+) =\s*((?:\|?\s*'[^']+'\s*)+);")]
    private static partial Regex Union();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Word();
}
