using System.Reflection;
using Xunit.Abstractions;

namespace Calls.Conformance.Coverage;

/// <summary>Which rows are shown, and that none is forgotten.</summary>
public sealed class CoverageTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_row_that_is_promised_is_shown_by_a_test()
    {
        var shown = Shows();
        var table = Rows.All.Select(row => (row, by: By(row, shown))).ToList();
        var lines = table.Select(one => $"{one.row.Id,-18}{one.row.About,-52}{one.by ?? "NOTHING"}").ToList();
        var covered = table.Count(one => one.by is not null && one.row.Shown != Shown.NotYet);
        lines.Add($"{covered} rows shown, {table.Count(one => one.row.Shown == Shown.NotYet)} not built yet, {table.Count(one => one.by is null)} forgotten");
        foreach (var line in lines) { output.WriteLine(line); }

        Keep(lines);
        Assert.Empty(table.Where(one => one.by is null).Select(one => one.row.Id));
    }

    [Fact]
    public void No_test_cites_a_row_that_does_not_exist() =>
        Assert.Empty(Shows().Select(shows => shows.Key).Except(Rows.All.Select(row => row.Id)));

    [Fact]
    public void No_row_stands_twice() =>
        Assert.Empty(Rows.All.GroupBy(row => row.Id).Where(same => same.Count() > 1).Select(same => same.Key));

    private static ILookup<string, string> Shows() =>
        typeof(CoverageTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<FactAttribute>() is not null)
            .SelectMany(method => (method.GetCustomAttribute<RowAttribute>()?.Ids ?? []).Select(id => (id, name: $"{method.DeclaringType!.Name}.{method.Name}")))
            .ToLookup(one => one.id, one => one.name);

    private static string? By(Row row, ILookup<string, string> shown) => row.Shown switch
    {
        Shown.Here => shown[row.Id].Any() ? string.Join(", ", shown[row.Id]) : null,
        Shown.InBrowsers => SourceTree.Read(row.File!)?.Split([' ', ':', '\'', ',', '(', ')', '\n', '`', '.']).Contains(row.Id) == true ? row.File : null,
        Shown.OnPage => SourceTree.Read(row.File!)?.Contains(row.Words!, StringComparison.Ordinal) == true ? row.File : null,
        _ => "(not built yet)",
    };

    // Where ./test finds it and prints the last line.
    private static void Keep(List<string> lines)
    {
        var folder = Path.Combine(SourceTree.Root, "test-artifacts");
        Directory.CreateDirectory(folder);
        File.WriteAllLines(Path.Combine(folder, "conformance-rows.txt"), lines);
    }
}
