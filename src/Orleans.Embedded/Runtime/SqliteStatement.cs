using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Orleans.Embedded;

/// <summary>
/// A prepared statement that takes bytes from lent memory; a parameter of <see cref="SqliteCommand"/> takes an array of just the length,
/// which would be a large block of memory for each save of a large state.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _connection = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_connection, sql, out _statement));
    }

    public void Bind(string parameter, string text) => Check(raw.sqlite3_bind_text(_statement, IndexOf(parameter), text));

    /// <summary>Binds a text that is UTF-8 already. SQLite copies it.</summary>
    public void Bind(string parameter, ReadOnlySpan<byte> utf8) => Check(raw.sqlite3_bind_text(_statement, IndexOf(parameter), utf8));

    public void Bind(string parameter, long number) => Check(raw.sqlite3_bind_int64(_statement, IndexOf(parameter), number));

    /// <summary>Runs it with what is bound, and forgets that.</summary>
    /// <returns>The number in the first column of the one row that it returned; null when there was no row.</returns>
    public long? Run()
    {
        try
        {
            long? number = null;
            int result;
            while ((result = raw.sqlite3_step(_statement)) == raw.SQLITE_ROW) { number = raw.sqlite3_column_int64(_statement, 0); }

            if (result != raw.SQLITE_DONE) { Check(result); }

            return number;
        }
        finally
        {
            // Its result is that of the step, which has been looked at.
            _ = raw.sqlite3_reset(_statement);
            _ = raw.sqlite3_clear_bindings(_statement);
        }
    }

    public void Dispose() => _statement.Dispose();

    private int IndexOf(string parameter) => raw.sqlite3_bind_parameter_index(_statement, parameter) is > 0 and var index
        ? index
        : throw new ArgumentException($"The statement has no parameter {parameter}.", nameof(parameter));

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection);
}
