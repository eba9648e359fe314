namespace Calls.Conformance.Coverage;

/// <summary>The repository around this build: stories and pages are read from it.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Find();

    /// <summary>The text of a file; null when it is not there.</summary>
    public static string? Read(string file) => Path.Combine(Root, file) is var path && File.Exists(path) ? File.ReadAllText(path) : null;

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Calls.sln"))) { folder = folder.Parent; }

        return folder?.FullName ?? throw new InvalidOperationException("Calls.sln is above none of the test's folders.");
    }
}
