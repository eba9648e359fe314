using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>
/// The one file that remembers. One thread does all its work; what waits together is committed together, and nobody is
/// told "saved" before the disk was (WAL with full sync: a kill or a power cut loses nothing that was acknowledged).
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    // A commit costs one disk flush whatever it carries; more than this many would only delay the first of them.
    private const int JobsPerCommitMax = 128;

    private const int SchemaVersion = 1;

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS grain_state (
            state_name TEXT NOT NULL, grain_type TEXT NOT NULL, grain_key TEXT NOT NULL,
            version INTEGER NOT NULL, payload TEXT NOT NULL,
            PRIMARY KEY (state_name, grain_type, grain_key)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS reminder (
            grain_type TEXT NOT NULL, grain_key TEXT NOT NULL, name TEXT NOT NULL,
            first_tick_ticks INTEGER NOT NULL, period_ticks INTEGER NOT NULL,
            PRIMARY KEY (grain_type, grain_key, name)) WITHOUT ROWID;
        """;

    private readonly BlockingCollection<Job> _jobs = [];
    private readonly Dictionary<string, SqliteCommand> _commands = [];
    private readonly Dictionary<string, SqliteStatement> _statements = [];
    private readonly FileStream _lockFile;
    private readonly SqliteConnection _connection;
    private readonly Thread _thread;
    private volatile bool _isAbandoned;

    public SqliteDatabase(string path)
    {
        path = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            _lockFile = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new OrleansConfigurationException(
                $"The grain database {path} cannot be opened: it is in use by another process, or its folder cannot be written.", problem);
        }

        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            _connection.Open();
            Prepare(path);
        }
        catch (SqliteException problem)
        {
            Close();
            throw new OrleansConfigurationException($"The grain database {path} cannot be used: {problem.Message}", problem);
        }

        _thread = new Thread(Work) { IsBackground = true, Name = "grain database" };
        _thread.Start();
    }

    /// <summary>Runs a statement; done when it is committed.</summary>
    public Task<T> Run<T>(string sql, Action<SqliteParameterCollection> bind, Func<SqliteCommand, T> execute) => Enqueue(() =>
    {
        var command = Command(sql);
        bind(command.Parameters);
        return execute(command);
    });

    /// <summary>Runs a statement whose parameters may be lent memory; done when it is committed, and then done with that memory.</summary>
    public Task<long?> Run(string sql, Action<SqliteStatement> bind) => Enqueue(() =>
    {
        var statement = Statement(sql);
        bind(statement);
        return statement.Run();
    });

    /// <summary>Ends as a killed process would: what is not committed yet never will be.</summary>
    public void Abandon()
    {
        _isAbandoned = true;
        Dispose();
    }

    public void Dispose()
    {
        if (_jobs.IsAddingCompleted) { return; }

        _jobs.CompleteAdding();
        _thread.Join();
        Close();
    }

    private void Prepare(string path)
    {
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
        var version = Convert.ToInt32(Command("PRAGMA user_version").ExecuteScalar(), CultureInfo.InvariantCulture);
        if (version > SchemaVersion)
        {
            Close();
            throw new OrleansConfigurationException($"The grain database {path} was written by a newer version of this program.");
        }

        Execute(Schema);
        Execute($"PRAGMA user_version = {SchemaVersion};");
    }

    private void Work()
    {
        var batch = new List<Job>();
        foreach (var first in _jobs.GetConsumingEnumerable())
        {
            batch.Clear();
            batch.Add(first);
            while (batch.Count < JobsPerCommitMax && _jobs.TryTake(out var next))
            {
                batch.Add(next);
            }

            var problem = _isAbandoned ? new ObjectDisposedException(nameof(SqliteDatabase)) : Commit(batch);
            foreach (var job in batch)
            {
                job.Settle(problem);
            }
        }
    }

    private Exception? Commit(List<Job> batch)
    {
        try
        {
            Execute("BEGIN IMMEDIATE");
            foreach (var job in batch)
            {
                job.Execute();
            }

            Execute("COMMIT");
            return null;
        }
        catch (SqliteException problem)
        {
            try
            {
                Execute("ROLLBACK");
            }
            catch (SqliteException)
            {
                // SQLite has rolled back by itself, as it does when the disk is full.
            }

            return problem;
        }
    }

    private Task<T> Enqueue<T>(Func<T> work)
    {
        var job = new Job<T>(work);
        try
        {
            _jobs.Add(job);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(SqliteDatabase), "The grain database is closed.");
        }

        return job.Done;
    }

    private void Execute(string sql) => Command(sql).ExecuteNonQuery();

    private SqliteCommand Command(string sql)
    {
        if (_commands.TryGetValue(sql, out var command))
        {
            command.Parameters.Clear();
            return command;
        }

        command = _connection.CreateCommand();
        command.CommandText = sql;
        _commands.Add(sql, command);
        return command;
    }

    private SqliteStatement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement)) { _statements.Add(sql, statement = new SqliteStatement(_connection, sql)); }

        return statement;
    }

    private void Close()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
        _lockFile.Dispose();
    }

    private abstract class Job
    {
        public abstract void Execute();

        public abstract void Settle(Exception? problem);
    }

    private sealed class Job<T>(Func<T> work) : Job
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;
        private Exception? _problem;

        public Task<T> Done => _done.Task;

        public override void Execute()
        {
            try
            {
                _result = work();
            }
            catch (Exception problem)
            {
                _problem = problem;   // this statement failed; those beside it did not
            }
        }

        public override void Settle(Exception? problem)
        {
            if ((problem ?? _problem) is { } failure) { _done.SetException(failure); }
            else { _done.SetResult(_result); }
        }
    }
}
