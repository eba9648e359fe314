using System.Xml.Linq;

namespace Calls.Architecture.Tests;

public class ProjectArrowTests
{
    // What each project under src may reference. Orleans.Embedded comes by UsesGrainApi.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contracts"] = [],
        ["Orleans.Embedded"] = [],
        ["Media"] = [],
        ["Grains"] = ["Contracts"],
        ["Gateway"] = ["Contracts"],
        ["Workspace"] = ["Contracts"],
        ["MediaNode"] = ["Media", "Contracts"],
        ["Silo"] = ["Grains", "Gateway", "MediaNode", "Workspace"],
    };

    [Fact]
    public void Each_project_references_only_what_the_architecture_allows() =>
        Projects()
            .SelectMany(project => References(project.File).Except(Allowed.GetValueOrDefault(project.Name, ["(unknown project)"]))
                .Select(reference => $"{project.Name} -> {reference}"))
            .MustBeNone("These arrows between projects must not exist:");

    [Fact]
    public void Every_project_under_src_has_a_place_in_the_architecture() =>
        Projects().Select(project => project.Name).Except(Allowed.Keys)
            .MustBeNone("These projects stand nowhere in the architecture:");

    [Fact]
    public void The_media_core_has_no_package() =>
        Elements("src/Media/Media.csproj", "PackageReference").Concat(Elements("src/Media/Media.csproj", "FrameworkReference"))
            .MustBeNone("src/Media is pure and takes no package:");

    [Fact]
    public void Grains_and_gateway_cannot_reach_a_database() =>
        new[] { "src/Grains/Grains.csproj", "src/Gateway/Gateway.csproj", "src/Contracts/Contracts.csproj" }
            .SelectMany(project => Elements(project, "PackageReference")
                .Where(package => package.Contains("EntityFramework", StringComparison.Ordinal)
                    || package.Contains("Sqlite", StringComparison.Ordinal) || package.Contains("Npgsql", StringComparison.Ordinal))
                .Select(package => $"{project}: {package}"))
            .MustBeNone("Another chat must be able to take the workspace's place:");

    [Fact]
    public void The_conformance_suite_and_its_client_see_nothing_of_src() =>
        new[] { "tests/Conformance/Conformance.csproj", "tests/MediaClient/MediaClient.csproj", "tests/Support/Support.csproj" }
            .SelectMany(project => XDocument.Parse(Repository.Read(project)).Descendants("ProjectReference")
                .Where(reference => reference.Attribute("Include")!.Value.Contains("/src/", StringComparison.Ordinal)
                    && reference.Attribute("ReferenceOutputAssembly")?.Value != "false")
                .Select(reference => $"{project}: {reference.Attribute("Include")!.Value}"))
            .MustBeNone("Who speaks the public protocol alone references nothing that makes it:");

    private static IEnumerable<(string Name, string File)> Projects() =>
        Repository.AllFiles
            .Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(file => (Path.GetFileNameWithoutExtension(file), file));

    private static IEnumerable<string> References(string project) =>
        Elements(project, "ProjectReference").Select(include => Path.GetFileNameWithoutExtension(include.Replace('\\', '/')));

    private static IEnumerable<string> Elements(string project, string kind) =>
        XDocument.Parse(Repository.Read(project)).Descendants(kind).Select(element => element.Attribute("Include")!.Value);
}
