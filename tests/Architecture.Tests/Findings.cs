namespace Calls.Architecture.Tests;

internal static class Findings
{
    /// <summary>Fails with all findings at once, so that one run shows everything there is to mend.</summary>
    public static void MustBeNone(this IEnumerable<string> findings, string rule)
    {
        var all = findings.ToList();
        Assert.True(all.Count == 0, $"{rule}\n  {string.Join("\n  ", all)}");
    }
}
