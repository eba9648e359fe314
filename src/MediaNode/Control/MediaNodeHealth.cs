using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Calls.MediaNode.Control;

/// <summary>Whether the node takes calls: its path is warm and its threads run.</summary>
internal sealed class MediaNodeHealth(MediaNodeService service, MediaNodeRuntime runtime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            !service.IsReady ? HealthCheckResult.Unhealthy("The media node is starting or stopping.")
            : !runtime.Loops.AllRun ? HealthCheckResult.Unhealthy("A media thread has ended.")
            : HealthCheckResult.Healthy());
}
