using System.Text.RegularExpressions;

namespace Calls.Architecture.Tests;

public partial class DocumentTests
{
    private static readonly string[] Folders = ["src/", "tests/", "web/", "docs/", "deploy/", "build/", ".ci/"];

    [Fact]
    public void The_readme_and_the_docs_name_only_files_that_are_there() =>
        Pages().SelectMany(page => Named().Matches(Repository.Read(page)).Select(match => match.Groups[1].Value)
                .Select(name => name.Split('#')[0].TrimEnd('/', '.'))
                .Where(name => Folders.Any(folder => name.StartsWith(folder, StringComparison.Ordinal)) && !Exists(name))
                .Select(name => $"{page} names {name}"))
            .MustBeNone("These files are not there:");

    [Fact]
    public void Links_between_pages_lead_somewhere() =>
        Pages().SelectMany(page => Link().Matches(Repository.Read(page)).Select(match => match.Groups[1].Value.Split('#')[0])
                .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal))
                .Where(target => !Exists(Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, target)))))
                .Select(target => $"{page} links to {target}"))
            .MustBeNone("These links lead nowhere:");

    [Fact]
    public void The_readme_is_short() =>
        Assert.InRange(Repository.Read("README.md").Count(character => character == '\n'), 1, 90);

    private static IEnumerable<string> Pages() =>
        Repository.AllFiles.Where(file => file == "README.md" || (file.StartsWith("docs/", StringComparison.Ordinal) && file.EndsWith(".md", StringComparison.Ordinal)));

    private static bool Exists(string name) =>
        File.Exists(Path.Combine(Repository.Root, name)) || Directory.Exists(Path.Combine(Repository.Root, name));

    // What stands in backquotes and looks like a path: no blanks, no placeholders.
    [GeneratedRegex("`([A-Za-z0-9_./-]+/[A-Za-z0-9_./-]*)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
