using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>The timers of one activation.</summary>
internal sealed class GrainTimers(Activation activation) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<GrainTimer> _timers = [];
    private bool _disposed;

    public GrainTimer Add(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var timer = new GrainTimer(activation, callback, options, this);
        lock (_lock)
        {
            if (_disposed) { timer.Dispose(); }
            else { _timers.Add(timer); }
        }

        timer.Arm(options.DueTime);
        return timer;
    }

    public void Forget(GrainTimer timer)
    {
        lock (_lock) { _timers.Remove(timer); }
    }

    public void Dispose()
    {
        GrainTimer[] timers;
        lock (_lock)
        {
            _disposed = true;
            timers = [.. _timers];
        }

        foreach (var timer in timers)
        {
            timer.Dispose();
        }
    }
}

/// <summary>One timer: a tick queues like a one-way call, and the next one is counted from its end.</summary>
internal sealed partial class GrainTimer : IGrainTimer
{
    private readonly Lock _lock = new();
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly GrainTimers _owner;
    private readonly CancellationTokenSource _ended = new();
    private readonly Tick _tick;
    private readonly ITimer _timer;
    private TimeSpan _period;
    private TimeSpan? _changedDue;
    private bool _isTicking;
    private bool _isDisposed;

    public GrainTimer(
        Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options, GrainTimers owner)
    {
        _activation = activation;
        _callback = callback;
        _owner = owner;
        _period = options.Period;
        _tick = new Tick(this, options.Interleave, options.KeepAlive);
        _timer = activation.Silo.Time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Arm(TimeSpan dueTime) => _timer.Change(dueTime, Timeout.InfiniteTimeSpan);

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            if (_isDisposed) { return; }

            _period = period;
            if (_isTicking) { _changedDue = dueTime; }   // takes effect at the end of the tick
            else { Arm(dueTime); }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed) { return; }

            _isDisposed = true;
        }

        _timer.Dispose();
        _ended.Cancel();
        _owner.Forget(this);
    }

    private void Fire()
    {
        lock (_lock)
        {
            if (_isDisposed || _isTicking) { return; }

            _isTicking = true;
        }

        _activation.TryReceive(_tick);
    }

    private async Task<Exception?> Run()
    {
        Exception? failure = null;
        using var span = GrainTelemetry.StartTimerSpan(_activation.GrainId);
        try
        {
            await _callback(_ended.Token);
        }
        catch (Exception problem) when (problem is not OperationCanceledException || !_ended.IsCancellationRequested)
        {
            failure = problem;
            GrainTelemetry.Fail(span, problem);
            LogTickFailed(_activation.Silo.Log, _activation.GrainId, problem);
        }
        catch (OperationCanceledException)
        {
            // It was disposed inside its own tick, and noticed.
        }

        lock (_lock)
        {
            _isTicking = false;
            if (_isDisposed) { return failure; }

            Arm(_changedDue ?? _period);
            _changedDue = null;
            return failure;
        }
    }

    [LoggerMessage(20, LogLevel.Warning, "A timer of grain {GrainId} failed; it goes on ticking")]
    private static partial void LogTickFailed(ILogger log, GrainId grainId, Exception problem);

    private sealed class Tick(GrainTimer timer, bool interleaves, bool countsAsUse) : Request
    {
        public override bool Interleaves => interleaves;

        public override bool IsReadOnly => false;

        public override bool CountsAsUse => countsAsUse;

        public override bool IsStale => timer._isDisposed;

        public override async ValueTask<Exception?> Run(Activation activation) => IsStale ? null : await timer.Run();

        public override void Refuse(Exception reason)
        {
            // Its activation ended, and so did the timer.
        }
    }
}
