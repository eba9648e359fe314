using System.Collections.Immutable;
using System.Globalization;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Workspace.Rows;
using Microsoft.EntityFrameworkCore;

namespace Calls.Workspace;

internal sealed class Records(WorkspaceDatabase database, TimeProvider time) : IRecords
{
    public async Task<bool> AddSignIn(SignIn signIn, string credential, CancellationToken cancellation)
    {
        await using var db = await database.OpenToWrite(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);

        // Held: whoever changes the password now waits, and revokes this sign-in too.
        if (await db.HoldUser(signIn.User.Value, cancellation) is not { Deactivated: false } user || user.ToCredential() != credential) { return false; }

        var now = time.GetUtcNow();
        await db.SignIns.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(cancellation);
        db.SignIns.Add(new SignInRow
        {
            TokenHash = signIn.TokenHash,
            UserId = signIn.User.Value,
            CreatedAt = signIn.CreatedAt,
            ExpiresAt = signIn.ExpiresAt,
        });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    public async Task<SignIn?> FindSignIn(string tokenHash, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        var row = await db.SignIns.AsNoTracking()
            .FirstOrDefaultAsync(signIn => signIn.TokenHash == tokenHash && signIn.ExpiresAt > now, cancellation);
        return row is null ? null : new SignIn(row.TokenHash, UserId.From(row.UserId), row.CreatedAt, row.ExpiresAt);
    }

    public async Task<ImmutableArray<SignIn>> FindSignIns(ImmutableArray<string> tokenHashes, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        string[] hashes = [.. tokenHashes];
        var rows = await db.SignIns.AsNoTracking()
            .Where(signIn => hashes.Contains(signIn.TokenHash) && signIn.ExpiresAt > now).ToListAsync(cancellation);
        return [.. rows.Select(row => new SignIn(row.TokenHash, UserId.From(row.UserId), row.CreatedAt, row.ExpiresAt))];
    }

    public async Task RevokeSignIn(string tokenHash, CancellationToken cancellation)
    {
        await using var db = await database.OpenToWrite(cancellation);
        await db.SignIns.Where(row => row.TokenHash == tokenHash).ExecuteDeleteAsync(cancellation);
    }

    public async Task AddHttpSession(HttpSession session, CancellationToken cancellation)
    {
        await using var db = await database.OpenToWrite(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.HttpSessions.Where(row => row.Id == session.Id.Value).ExecuteDeleteAsync(cancellation);
        db.HttpSessions.Add(new HttpSessionRow
        {
            Id = session.Id.Value,
            CallId = session.Call.Value,
            ChannelId = session.Channel.Value,
            UserId = session.User.Value,
            TokenHash = session.TokenHash,
        });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    public async Task RemoveHttpSession(SessionId session, CancellationToken cancellation)
    {
        await using var db = await database.OpenToWrite(cancellation);
        await db.HttpSessions.Where(row => row.Id == session.Value).ExecuteDeleteAsync(cancellation);
    }

    public async Task<ImmutableArray<HttpSession>> HttpSessions(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var rows = await db.HttpSessions.AsNoTracking().ToListAsync(cancellation);
        return [.. rows.Select(row => new HttpSession(
            SessionId.From(row.Id), CallId.From(row.CallId), ChannelId.From(row.ChannelId), UserId.From(row.UserId), row.TokenHash))];
    }

    public async Task AddAudit(AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await database.OpenToWrite(cancellation);
        db.Audit.Add(new AuditRow
        {
            At = entry.At,
            ByUserId = entry.By.Value,
            Action = entry.Action,
            WhomUserId = entry.Whom?.Value,
            CallId = entry.Call?.Value,
            Detail = entry.Detail,
        });
        await db.SaveChangesAsync(cancellation);
    }

    public async Task<Page<AuditEntry>> Audit(PageRequest page, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var before = page.AfterNumber() ?? long.MaxValue;
        var rows = await db.Audit.AsNoTracking()
            .Where(row => row.Number < before)
            .OrderByDescending(row => row.Number)
            .Take(page.Limit() + 1)
            .ToListAsync(cancellation);
        return rows.Cut(page.Limit(), [.. rows.Select(ToEntry)], row => row.Number.ToString(CultureInfo.InvariantCulture));
    }

    public async Task AddCall(EndedCall call, CancellationToken cancellation)
    {
        await using var db = await database.OpenToWrite(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Calls.Where(row => row.Id == call.Id.Value).ExecuteDeleteAsync(cancellation);
        db.Calls.Add(new CallRow
        {
            Id = call.Id.Value,
            ChannelId = call.ChannelId.Value,
            ThreadId = call.ThreadId.Value,
            Title = call.Title,
            StartedBy = call.StartedBy.Value,
            StartedAt = call.StartedAt,
            EndedAt = call.EndedAt,
            Reason = call.Reason,
            Participants = string.Join(',', call.Participants.Select(user => user.Value)),
            SessionsMax = call.SessionsMax,
            Kind = call.Kind,
            Day = DateOnly.FromDateTime(call.StartedAt.UtcDateTime).DayNumber,
            DurationMs = (long)(call.EndedAt - call.StartedAt).TotalMilliseconds,
            ParticipantCount = call.Participants.Length,
        });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    public async Task<EndedCall?> FindCall(CallId call, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db.Calls.AsNoTracking().FirstOrDefaultAsync(ended => ended.Id == call.Value, cancellation);
        return row is null
            ? null
            : new EndedCall(
                CallId.From(row.Id),
                ChannelId.From(row.ChannelId),
                PostId.From(row.ThreadId),
                row.Title,
                UserId.From(row.StartedBy),
                row.StartedAt,
                row.EndedAt,
                row.Reason,
                [.. row.Participants.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(UserId.From)],
                row.SessionsMax,
                row.Kind);
    }

    public async Task<ImmutableArray<CallCount>> CountCalls(DateOnly from, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var counts = await db.Calls
            .Where(call => call.Day >= from.DayNumber && call.Reason != CallEndReason.Failed)
            .GroupBy(call => new { call.Day, call.Kind })
            .Select(group => new
            {
                group.Key.Day,
                group.Key.Kind,
                Calls = group.Count(),
                DurationMs = group.Sum(call => call.DurationMs),
                Participants = group.Sum(call => call.ParticipantCount),
            })
            .OrderBy(count => count.Day)
            .ThenBy(count => count.Kind)
            .ToListAsync(cancellation);
        return [.. counts.Select(count => new CallCount(
            DateOnly.FromDayNumber(count.Day), count.Kind, count.Calls, TimeSpan.FromMilliseconds(count.DurationMs), count.Participants))];
    }

    public async Task<ImmutableDictionary<string, string>> Settings(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var rows = await db.Settings.AsNoTracking().ToListAsync(cancellation);
        return rows.ToImmutableDictionary(row => row.Name, row => row.Value);
    }

    public async Task SetSettings(ImmutableDictionary<string, string?> changes, CancellationToken cancellation)
    {
        await using var db = await database.OpenToWrite(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var names = changes.Keys.ToList();
        await db.Settings.Where(row => names.Contains(row.Name)).ExecuteDeleteAsync(cancellation);
        db.Settings.AddRange(changes.Where(change => change.Value is not null).Select(change => new SettingRow { Name = change.Key, Value = change.Value! }));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static AuditEntry ToEntry(AuditRow row) => new(
        row.At,
        UserId.From(row.ByUserId),
        row.Action,
        row.WhomUserId is null ? null : UserId.From(row.WhomUserId),
        row.CallId is null ? null : CallId.From(row.CallId),
        row.Detail);
}
