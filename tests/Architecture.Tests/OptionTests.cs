using System.Text.RegularExpressions;

namespace Calls.Architecture.Tests;

/// <summary>Every setting the code reads is in the catalogue (which --help prints and start-up checks), and in the runbook.</summary>
public partial class OptionTests
{
    private const string Catalogue = "src/Silo/OptionCatalogue.cs";

    [Fact]
    public void Every_setting_the_code_names_is_in_the_catalogue() =>
        Repository.CSharp("src").Where(file => file != Catalogue)
            .SelectMany(file => Named().Matches(Repository.Read(file)).Select(match => match.Groups[1].Value)
                .Where(name => !Entries().Any(entry => entry == name || entry.StartsWith(name + ":", StringComparison.Ordinal)))
                .Select(name => $"{file} reads Calls:{name}"))
            .MustBeNone("These settings are in no catalogue:");

    [Fact]
    public void The_runbook_lists_every_setting()
    {
        var runbook = Repository.Read("docs/RUNBOOK.md");
        Entries().Where(entry => !runbook.Contains($"| `{entry}` |", StringComparison.Ordinal))
            .MustBeNone("The runbook does not list:");
    }

    [Fact]
    public void The_runbook_marks_the_settings_that_may_be_changed_while_running()
    {
        var marked = Marked().Matches(Repository.Read("docs/RUNBOOK.md")).Select(match => match.Groups[1].Value);
        var changeable = Changeable().Matches(Repository.Read(Catalogue)).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(changeable);
        Assert.Equal(changeable.Order(), marked.Order());
    }

    private static IReadOnlyList<string> Entries() =>
        [.. Entry().Matches(Repository.Read(Catalogue)).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("""new\("([A-Za-z0-9:]+)",""")]
    private static partial Regex Entry();

    [GeneratedRegex("""new\("([A-Za-z0-9:]+)",.*Changeable: true\)""")]
    private static partial Regex Changeable();

    [GeneratedRegex(@"\| `([A-Za-z0-9:]+)` \|.*✎ \|")]
    private static partial Regex Marked();

    [GeneratedRegex("""["`>]Calls:([A-Za-z0-9]+(?::[A-Za-z0-9]+)*)["`<]""")]
    private static partial Regex Named();
}
