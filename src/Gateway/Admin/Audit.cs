using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Gateway.Auth;
using Microsoft.Extensions.Logging;

namespace Calls.Gateway.Admin;

/// <summary>Notes who did what to whom.</summary>
internal sealed class Audit(IRecords records, TimeProvider time, ILogger<Audit> log)
{
    /// <summary>After the deed; a client that has gone meanwhile does not undo the note.</summary>
    public async Task Note(CurrentUser by, string action, UserId? whom = null, CallId? call = null, string? detail = null)
    {
        await records.AddAudit(new AuditEntry(time.GetUtcNow(), by.Id, action, whom, call, detail), CancellationToken.None);
        GatewayLog.Audited(log, by.Id, action);
    }
}
