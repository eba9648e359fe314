using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Calls.Silo;

/// <summary><c>/healthz</c>: the process lives. <c>/readyz</c>: it can do its work. Both say a status and nothing else.</summary>
internal static class Health
{
    private const string ReadyTag = "ready";

    /// <summary>Adds a check that <c>/readyz</c> asks.</summary>
    public static void AddReadiness(this IServiceCollection services, string name, Func<IServiceProvider, CancellationToken, Task<bool>> isReady) =>
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            name,
            provider => new ReadinessCheck(provider, isReady),
            HealthStatus.Unhealthy,
            [ReadyTag]));

    public static void MapCallsHealth(this WebApplication app)
    {
        app.MapHealthChecks("/healthz", new() { Predicate = _ => false });
        app.MapHealthChecks("/readyz", new() { Predicate = check => check.Tags.Contains(ReadyTag) });
    }

    private sealed class ReadinessCheck(IServiceProvider services, Func<IServiceProvider, CancellationToken, Task<bool>> isReady) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            await isReady(services, cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
    }
}
