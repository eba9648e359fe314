using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Calls.Workspace;

/// <summary>Somebody else wrote the same unique row in the same moment. Whatever else saving may fail of is no answer to anybody's wish.</summary>
internal static class Clash
{
    // SQLite's extended codes, https://www.sqlite.org/rescode.html.
    private const int SqliteUnique = 2067;
    private const int SqlitePrimaryKey = 1555;

    public static bool Is(DbUpdateException failure) => failure.InnerException is
        SqliteException { SqliteExtendedErrorCode: SqliteUnique or SqlitePrimaryKey } or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
