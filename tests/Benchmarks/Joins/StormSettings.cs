using System.Globalization;

namespace Calls.Benchmarks.Joins;

/// <summary>The options of <see cref="JoinStorm"/>.</summary>
internal sealed class StormSettings(string[] options)
{
    private const string DefaultProgram = "artifacts/bin/Silo/release/calls.dll";

    public string Program { get; } = Text(options, "--program") ?? Find(DefaultProgram);

    public IReadOnlyList<double> Rates { get; } =
        [.. (Text(options, "--rates") ?? "50,100").Split(',').Select(rate => double.Parse(rate, CultureInfo.InvariantCulture))];

    public int Joins { get; } = Number(options, "--joins", 500);

    public int Rounds { get; } = Number(options, "--rounds", 3);

    public int Calls { get; } = Number(options, "--calls", 25);

    public int Users { get; } = Number(options, "--users", 100);

    /// <summary>Settings of the program under test, beside the benchmark's own.</summary>
    public IReadOnlyDictionary<string, string> With { get; } = (Text(options, "--with") ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(setting => setting.Split('=', 2))
        .ToDictionary(setting => "Calls__" + setting[0].Replace(":", "__", StringComparison.Ordinal), setting => setting[1]);

    /// <summary>How long a joiner stays after the first packet.</summary>
    public TimeSpan Stay { get; } = TimeSpan.FromSeconds(Number(options, "--stay", 3));

    private static int Number(string[] options, string name, int otherwise) =>
        Text(options, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static string? Text(string[] options, string name) =>
        Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : null;

    // In one of the folders above this program: the repository.
    private static string Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, path))) { return Path.Combine(folder.FullName, path); }
        }

        throw new FileNotFoundException($"{path} is not there: build it with dotnet build src/Silo -c Release, or name it with --program.");
    }
}
