using Calls.Contracts.Workspace;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Calls.Silo;

/// <summary><c>/healthz</c>: the process lives. <c>/readyz</c>: it can do its work. Both say a status and nothing else.</summary>
internal static class Health
{
    /// <summary>Readiness: what the parts check themselves, and that the workspace's database answers.</summary>
    public static void AddCallsHealth(this IServiceCollection services, Roles roles)
    {
        var checks = services.AddHealthChecks();
        if (roles.Silo || roles.Gateway) { checks.AddCheck<WorkspaceCheck>("workspace"); }
    }

    public static void MapCallsHealth(this WebApplication app)
    {
        app.MapHealthChecks("/healthz", new() { Predicate = _ => false });
        app.MapHealthChecks("/readyz");
    }

    private sealed class WorkspaceCheck(IRecords records) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            // Any query will do: a database that does not answer throws, and the framework reports that as unhealthy.
            await records.Settings(cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }
}
