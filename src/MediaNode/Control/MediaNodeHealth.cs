using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Calls.MediaNode.Control;

/// <summary>Whether the node takes calls: its path is warm, its threads run, and its control plane knows it.</summary>
internal sealed class MediaNodeHealth(MediaNodeService service, MediaNodeRuntime runtime, ControlPlaneLink link) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            !service.IsReady ? HealthCheckResult.Unhealthy("The media node is starting or stopping.")
            : !runtime.Loops.AllRun ? HealthCheckResult.Unhealthy("A media thread has ended.")
            : !link.IsRegistered ? HealthCheckResult.Unhealthy("The control plane does not know this media node yet.")
            : HealthCheckResult.Healthy());
}
