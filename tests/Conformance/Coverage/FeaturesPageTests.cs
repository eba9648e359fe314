using System.Text.RegularExpressions;

namespace Calls.Conformance.Coverage;

/// <summary>docs/FEATURES.md: every row, and only files that are there.</summary>
public sealed partial class FeaturesPageTests
{
    private const string Page = "docs/FEATURES.md";
    private const string NotYet = "not yet";

    [Fact]
    public void It_lists_every_row_of_the_requirements() =>
        Assert.Empty(Rows.Requirements.Select(row => row.Id).Except(Lines().Keys));

    [Fact]
    public void It_lists_no_row_that_does_not_exist() =>
        Assert.Empty(Lines().Keys.Except(Rows.Requirements.Select(row => row.Id)));

    [Fact]
    public void A_row_that_is_shown_nowhere_is_marked_and_one_that_is_shown_is_not() =>
        Assert.Empty(Rows.Requirements.Where(row => Lines().TryGetValue(row.Id, out var line)
            && (row.Shown == Shown.NotYet) != line.Contains(NotYet, StringComparison.Ordinal)).Select(row => row.Id));

    [Fact]
    public void It_names_only_files_that_are_there() =>
        Assert.Empty(Lines().Values.SelectMany(line => Named().Matches(line)).Select(match => match.Groups[1].Value)
            .Where(file => !Path.Exists(Path.Combine(SourceTree.Root, file))).Distinct());

    // | S1, S2 | … |
    private static Dictionary<string, string> Lines() => (SourceTree.Read(Page) ?? "").Split('\n')
        .Where(line => IsRow().IsMatch(line))
        .SelectMany(line => line.Split('|')[1].Split(',').Select(id => (id: id.Trim(), line)))
        .ToDictionary(one => one.id, one => one.line);

    [GeneratedRegex(@"^\| [SD]-?\w+")]
    private static partial Regex IsRow();

    [GeneratedRegex("`((src|web|tests|docs)/[A-Za-z0-9_./-]+)`")]
    private static partial Regex Named();
}
