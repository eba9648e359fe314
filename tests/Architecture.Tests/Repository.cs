using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Calls.Architecture.Tests;

/// <summary>The working tree, as the tests read it: only files that git knows or would add.</summary>
internal static class Repository
{
    private static readonly Lazy<IReadOnlyList<string>> Files = new(List);

    public static string Root { get; } = FindRoot();

    /// <summary>Paths from the root, with forward slashes.</summary>
    public static IReadOnlyList<string> AllFiles => Files.Value;

    public static IEnumerable<string> CSharp(params string[] folders) =>
        AllFiles.Where(file => file.EndsWith(".cs", StringComparison.Ordinal)
            && folders.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal)));

    /// <summary>Code that a generator wrote is exempt from style.</summary>
    public static bool IsGenerated(string file) => file.Contains("/Migrations/", StringComparison.Ordinal);

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static SyntaxNode Parse(string file) =>
        CSharpSyntaxTree.ParseText(Read(file), new CSharpParseOptions(LanguageVersion.Preview), file).GetRoot();

    public static int Line(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Calls.sln"))) { folder = folder.Parent; }

        return folder?.FullName ?? throw new InvalidOperationException("Calls.sln is above none of the test's folders.");
    }

    private static IReadOnlyList<string> List()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return git.ExitCode == 0 ? [.. files.Where(file => File.Exists(Path.Combine(Root, file)))] : throw new InvalidOperationException("git ls-files failed.");
    }
}
