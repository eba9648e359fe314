using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Calls.Architecture.Tests;

public partial class TidyTests
{
    private static readonly string[] WallClock = ["DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.Now", "DateTimeOffset.UtcNow"];

    [Fact]
    public void No_file_is_named_after_a_bucket() =>
        Repository.AllFiles
            .Where(file => Path.GetExtension(file) is ".cs" or ".ts" or ".tsx")
            .Where(file => Bucket().IsMatch(Path.GetFileNameWithoutExtension(file)) && !ApiOfOrleans(file))
            .MustBeNone("A bucket is a concept not yet found:");

    [Fact]
    public void Conditional_compilation_stands_only_where_hosts_are_chosen() =>
        Repository.CSharp("src", "tests")
            .Where(file => !file.StartsWith("src/Silo/", StringComparison.Ordinal) && !file.StartsWith("tests/TestHost/", StringComparison.Ordinal))
            .SelectMany(file => Numbered(file).Where(line => line.Text.TrimStart().StartsWith("#if", StringComparison.Ordinal)).Select(line => line.Place))
            .MustBeNone("A grain cannot tell which host it runs on:");

    [Fact]
    public void Native_calls_stand_only_in_the_media_node_s_native_folder() =>
        Repository.CSharp("src")
            .Where(file => !file.StartsWith("src/MediaNode/Native/", StringComparison.Ordinal))
            .SelectMany(file => Repository.Parse(file).DescendantNodes().OfType<AttributeSyntax>()
                .Where(attribute => attribute.Name.ToString() is "DllImport" or "LibraryImport")
                .Select(attribute => $"{file}:{Repository.Line(attribute)}"))
            .MustBeNone("Native calls live in src/MediaNode/Native:");

    [Fact]
    public void Nothing_in_src_reads_the_wall_clock() =>
        Repository.CSharp("src")
            .SelectMany(file => Repository.Parse(file).DescendantNodes().OfType<MemberAccessExpressionSyntax>()
                .Where(access => WallClock.Contains(access.ToString()))
                .Select(access => $"{file}:{Repository.Line(access)} {access}"))
            .MustBeNone("Use the injected TimeProvider:");

    [Fact]
    public void No_test_is_skipped() =>
        Repository.CSharp("tests")
            .SelectMany(file => Repository.Parse(file).DescendantNodes().OfType<AttributeArgumentSyntax>()
                .Where(argument => argument.NameEquals?.Name.Identifier.Text == "Skip")
                .Select(argument => $"{file}:{Repository.Line(argument)}"))
            .MustBeNone("Mend it or delete it:");

    // ObserverManager is Orleans' own name, which the embedded host has to bear.
    private static bool ApiOfOrleans(string file) => file == "src/Orleans.Embedded/Api/ObserverManager.cs";

    private static IEnumerable<(string Text, string Place)> Numbered(string file) =>
        Repository.Read(file).Split('\n').Select((text, index) => (text, $"{file}:{index + 1}"));

    [GeneratedRegex("Manager|Helper|Util|Common|Misc")]
    private static partial Regex Bucket();
}
