using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Calls.Workspace;

/// <summary>Opens the database: one short-lived context per piece of work.</summary>
internal sealed class WorkspaceDatabase(WorkspaceOptions options) : IDisposable
{
    /// <summary>The database file's name in the data folder.</summary>
    public const string FileName = "workspace.db";

    // PostgreSQL's advisory locks are numbers that programs agree on.
    private const long MigrationLock = 0x43414C4C53; // CALLS

    // SQLite has one writer at a time and its driver waits by polling; waiting in line here costs nothing.
    private readonly SemaphoreSlim? _writers = options.IsPostgres ? null : new SemaphoreSlim(1);
    private readonly DbContextOptions<SqliteWorkspaceDb> _sqlite = Sqlite(options);
    private readonly DbContextOptions<PostgresWorkspaceDb> _postgres =
        new DbContextOptionsBuilder<PostgresWorkspaceDb>().UseNpgsql(options.ConnectionString).Options;

    /// <summary>For reading.</summary>
    public WorkspaceDb Open() => options.IsPostgres ? new PostgresWorkspaceDb(_postgres) : new SqliteWorkspaceDb(_sqlite);

    /// <summary>For writing; on SQLite the others wait until the context is disposed.</summary>
    public async Task<WorkspaceDb> OpenToWrite(CancellationToken cancellation)
    {
        if (_writers is null) { return Open(); }

        await _writers.WaitAsync(cancellation);
        var db = Open();
        db.WriteTurn = new Turn(_writers);
        return db;
    }

    /// <summary>Brings the database to the present model.</summary>
    public async Task Migrate(CancellationToken cancellation)
    {
        if (!options.IsPostgres) { Directory.CreateDirectory(Path.GetFullPath(options.Data)); }

        await using var db = await OpenToWrite(cancellation);
        if (options.IsPostgres)
        {
            await MigrateAlone(db, cancellation);
            return;
        }

        await db.Database.MigrateAsync(cancellation);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellation);
    }

    // Processes may start at once on one new database; the migrations' own lock begins after they have looked at what is to be done.
    private static async Task MigrateAlone(WorkspaceDb db, CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({MigrationLock})", cancellation);
        try
        {
            await db.Database.MigrateAsync(cancellation);
        }
        finally
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({MigrationLock})", CancellationToken.None);
        }
    }

    public void Dispose() => _writers?.Dispose();

    private static DbContextOptions<SqliteWorkspaceDb> Sqlite(WorkspaceOptions options)
    {
        var file = options.ConnectionString.Length > 0
            ? options.ConnectionString
            : "Data Source=" + Path.Combine(Path.GetFullPath(options.Data), FileName);
        return new DbContextOptionsBuilder<SqliteWorkspaceDb>()
            .UseSqlite(file)
            .AddInterceptors(new FullSync())
            .Options;
    }

    /// <summary>An acknowledged write has reached the disk: losing power loses no post. In WAL mode that is one sync per write.</summary>
    private sealed class FullSync : DbConnectionInterceptor
    {
        private const string Pragma = "PRAGMA synchronous=FULL";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Pragma;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Pragma;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private sealed class Turn(SemaphoreSlim writers) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0) { writers.Release(); }
        }
    }
}
