using Calls.Contracts.MediaNodes;
using Calls.MediaNode.Telemetry;
using Microsoft.Extensions.Logging;

namespace Calls.MediaNode.Control;

/// <summary>Registers the node and keeps count of when its control plane last answered. Heartbeat and reports go through it.</summary>
internal sealed class ControlPlaneLink(
    IMediaNodeEvents controlPlane, LocalMediaNode node, EventBacklog backlog, TimeProvider time, ILogger<ControlPlaneLink> log)
    : IDisposable
{
    private const int HeartbeatSecondsDefault = 2;
    private const int HeartbeatSecondsMax = 15;

    // An answer that takes longer would come after the control plane has given the node up.
    private static readonly TimeSpan s_answerPatience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _registering = new(1);
    private long _answeredAt = time.GetTimestamp();
    private bool _isLost;

    public IMediaNodeEvents ControlPlane => controlPlane;

    public TimeSpan HeartbeatEvery { get; private set; } = TimeSpan.FromSeconds(HeartbeatSecondsDefault);

    public bool IsRegistered { get; private set; }

    /// <summary>How long the control plane has not answered.</summary>
    public TimeSpan Silence => time.GetElapsedTime(_answeredAt);

    /// <summary>Asks the control plane something; null when it cannot be reached, which is logged once.</summary>
    public async Task<T?> Ask<T>(Func<IMediaNodeEvents, CancellationToken, Task<T?>> question, CancellationToken cancellation)
        where T : class
    {
        using var patience = new CancellationTokenSource(s_answerPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            var answer = await question(controlPlane, either.Token);
            _answeredAt = time.GetTimestamp();
            if (answer is null) { IsRegistered = false; }

            if (_isLost)
            {
                _isLost = false;
                log.ControlPlaneBack();
            }

            return answer;
        }
        catch (Exception problem) when (!cancellation.IsCancellationRequested)
        {
            if (!_isLost) { log.ControlPlaneLost(problem.Message); }

            _isLost = true;
            return null;
        }
    }

    /// <summary>Registers if need be; false when that was not possible now.</summary>
    public async Task<bool> EnsureRegistered(CancellationToken cancellation)
    {
        await _registering.WaitAsync(cancellation);
        try
        {
            if (IsRegistered) { return true; }

            var description = await node.Describe(cancellation);
            var answer = await Ask(
                async (plane, stop) => (NodeRegistered?)await plane.Register(
                    new NodeRegistration(description, backlog.NextSequence), stop),
                cancellation);
            if (answer is null) { return false; }

            backlog.Acknowledge(answer.Acknowledged);
            HeartbeatEvery = TimeSpan.FromSeconds(Math.Clamp(answer.HeartbeatSeconds, 1, HeartbeatSecondsMax));
            IsRegistered = true;
            log.Registered(answer.HeartbeatSeconds);
            return true;
        }
        finally
        {
            _registering.Release();
        }
    }

    public void Dispose() => _registering.Dispose();
}
