using Calls.Contracts.Ids;
using Calls.Workspace.Rows;
using Microsoft.EntityFrameworkCore;

namespace Calls.Workspace;

/// <summary>What operations made, kept with it in one transaction: whichever process is asked again finds it and makes no second one.</summary>
internal sealed class Operations(TimeProvider time)
{
    private const int IdMax = 64;
    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(10);

    /// <summary>Why this is no operation id; null when it is, or there is none.</summary>
    public static string? Check(string? id) =>
        id is { Length: 0 or > IdMax } || id?.Any(char.IsControl) == true ? $"An operation id has 1 to {IdMax} characters, and no control characters." : null;

    /// <summary>Names an operation of this user among those that make such a thing; null when there is none.</summary>
    public static string? Key(string thing, UserId? by, string? id) => id is null ? null : $"{thing}/{by?.Value}/{id}";

    /// <summary>The id of what it made; null when it made nothing, or too long ago.</summary>
    public async Task<string?> Find(WorkspaceDb db, string? key, CancellationToken cancellation)
    {
        if (key is null) { return null; }

        var oldest = time.GetUtcNow() - s_kept;
        return await db.Operations.Where(row => row.Key == key && row.At >= oldest).Select(row => row.MadeId).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Is saved with what it made. Saving fails when the same operation was faster on another connection.</summary>
    public async Task Remember(WorkspaceDb db, string? key, string madeId, CancellationToken cancellation)
    {
        if (key is null) { return; }

        var now = time.GetUtcNow();
        var oldest = now - s_kept;
        await db.Operations.Where(row => row.At < oldest).ExecuteDeleteAsync(cancellation);
        db.Operations.Add(new OperationRow { Key = key, MadeId = madeId, At = now });
    }
}
