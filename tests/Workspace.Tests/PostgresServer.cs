using System.Diagnostics;

namespace Calls.Workspace.Tests;

/// <summary>A private PostgreSQL: its files in a folder of its own, reached by a socket in that folder, gone afterwards.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string _programs;

    private PostgresServer(string folder, string programs)
    {
        _folder = folder;
        _programs = programs;
    }

    public string ConnectionString => $"Host={_folder};Port=5432;Username=postgres;Database=postgres";

    public static async Task<PostgresServer> Start()
    {
        var programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Order().LastOrDefault()
            : null;
        Assert.True(programs is not null, "PostgreSQL is not installed: run ./test, or 'apt-get install postgresql'.");

        var folder = Directory.CreateTempSubdirectory("calls-pg-").FullName;
        var server = new PostgresServer(folder, programs);
        if (Environment.UserName == "root") { await Run("chown", "postgres", folder); }

        await server.RunAsPostgres("initdb", "-D", folder + "/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
        await server.RunAsPostgres(
            "pg_ctl", "-D", folder + "/data", "-w", "-l", folder + "/log", "-o", $"-k {folder} -c listen_addresses='' -c fsync=off", "start");
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsPostgres("pg_ctl", "-D", _folder + "/data", "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    // The server refuses to run as root.
    private Task RunAsPostgres(string program, params string[] arguments) => Environment.UserName == "root"
        ? Run("runuser", ["-u", "postgres", "--", Path.Combine(_programs, program), .. arguments])
        : Run(Path.Combine(_programs, program), arguments);

    private static async Task Run(string program, params string[] arguments)
    {
        // The output goes nowhere: the server would inherit a pipe and keep it open.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/tmp" };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null");
        start.ArgumentList.Add(program);
        foreach (var argument in arguments) { start.ArgumentList.Add(argument); }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"'{program} {string.Join(' ', arguments)}' ended with {process.ExitCode}.");
    }
}
