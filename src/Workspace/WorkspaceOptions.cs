namespace Calls.Workspace;

/// <summary>Where the workspace keeps its data, and what it begins with.</summary>
public sealed class WorkspaceOptions
{
    /// <summary>Characters of text that a display name may have.</summary>
    public const int DisplayNameMax = 128;

    /// <summary><c>Calls:Database:Provider</c>: sqlite (one machine) or postgres. Defaults to sqlite.</summary>
    public string Provider { get; init; } = "sqlite";

    /// <summary><c>Calls:Database:ConnectionString</c>. Empty: a file in the data folder; PostgreSQL needs one.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary><c>Calls:Data</c>: the folder of the database file and of uploaded files.</summary>
    public string Data { get; init; } = "./data";

    /// <summary><c>Calls:Workspace:Seed</c>: what a first start makes: empty (one admin) or demo.</summary>
    public string Seed { get; init; } = "empty";

    /// <summary><c>Calls:Files:BytesMax</c>: the largest upload. Each byte is disk that a member can fill. Defaults to 100 MiB.</summary>
    public long FileBytesMax { get; init; } = 100L * 1024 * 1024;

    /// <summary>
    /// <c>Calls:Files:UnpostedMax</c>: how long an upload waits for the post that carries it, before it is deleted. Too short, and
    /// what somebody wrote on Friday lacks its picture on Monday; too long, and the disk fills with what nobody can see. Defaults to 7 days.
    /// </summary>
    public TimeSpan FileUnpostedMax { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Whether the database is PostgreSQL.</summary>
    public bool IsPostgres => Provider == "postgres";

    /// <summary>What is wrong with these options, one line each; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (Provider is not ("sqlite" or "postgres"))
        {
            yield return $"Calls:Database:Provider is '{Provider}'; allowed: sqlite, postgres.";
        }

        if (IsPostgres && ConnectionString.Length == 0)
        {
            yield return "Calls:Database:ConnectionString is empty; allowed: a PostgreSQL connection string.";
        }

        if (Seed is not ("empty" or "demo"))
        {
            yield return $"Calls:Workspace:Seed is '{Seed}'; allowed: empty, demo.";
        }

        if (FileBytesMax is < 1 or > 10L * 1024 * 1024 * 1024)
        {
            yield return $"Calls:Files:BytesMax is '{FileBytesMax}'; allowed: 1 to {10L * 1024 * 1024 * 1024}.";
        }

        // An upload on a slow line takes its time, too.
        if (FileUnpostedMax < TimeSpan.FromHours(1) || FileUnpostedMax > TimeSpan.FromDays(365))
        {
            yield return $"Calls:Files:UnpostedMax is '{FileUnpostedMax}'; allowed: 01:00:00 to 365.00:00:00.";
        }
    }
}
