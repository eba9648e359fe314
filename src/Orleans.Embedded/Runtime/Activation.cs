using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded;

/// <summary>One grain in memory: its object, its queue, its turns, its life.</summary>
internal sealed partial class Activation : IGrainContext
{
    private readonly Lock _lock = new();
    private readonly GrainClass _class;
    private readonly TurnScheduler _scheduler;
    private readonly List<Request> _running = [];
    private readonly List<Request> _waiting = [];
    private readonly ActivityContext _awakenedBy = Activity.Current?.Context ?? default;
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Stage _stage = Stage.Starting;
    private DeactivationReason? _leaving;
    private AsyncServiceScope? _scope;
    private long _usedAt;
    private DateTimeOffset _stayUntil;

    public Activation(Silo silo, GrainId id, GrainClass grainClass)
    {
        Silo = silo;
        GrainId = id;
        _class = grainClass;
        _scheduler = new TurnScheduler(this);
        _usedAt = silo.Time.GetTimestamp();
        Timers = new GrainTimers(this);
    }

    private enum Stage
    {
        Starting,
        Ready,
        Leaving,
        Gone,
    }

    /// <summary>The activation whose turn is running here; null outside of turns.</summary>
    public static Activation? Current => TurnScheduler.Here?.Activation;

    public Silo Silo { get; }

    public GrainTimers Timers { get; }

    public GrainId GrainId { get; }

    public GrainClass Class => _class;

    public GrainReference GrainReference => (GrainReference)Silo.References.Make(_class.MainInterface, GrainId);

    public object? GrainInstance { get; private set; }

    public IServiceProvider ActivationServices => _scope!.Value.ServiceProvider;

    public Task Deactivated => _gone.Task;

    /// <summary>The grain's activation, if the caller is in one of its turns.</summary>
    public static Activation Require(IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        var activation = (Activation)grain.GrainContext;
        activation.RequireTurn();
        return activation;
    }

    public void RequireTurn()
    {
        if (!ReferenceEquals(TurnScheduler.Here, _scheduler))
        {
            throw new InvalidOperationException(
                $"Activation access violation. A non-activation thread attempted to access activation services of {GrainId}.");
        }
    }

    public void Start() => _scheduler.Start(static activation => ((Activation)activation!).Enter(), this);

    /// <summary>Takes a request into the queue; false when this activation is already gone.</summary>
    public bool TryReceive(Request request)
    {
        lock (_lock)
        {
            if (_stage == Stage.Gone) { return false; }

            if (request.CountsAsUse) { _usedAt = Silo.Time.GetTimestamp(); }

            if (MayStart(request)) { Begin(request); }
            else { _waiting.Add(request); }

            return true;
        }
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _leaving ??= deactivationReason;
            LeaveWhenDone();
        }
    }

    public void DelayDeactivation(TimeSpan stay)
    {
        var now = Silo.Time.GetUtcNow();
        var isForever = stay == Timeout.InfiniteTimeSpan || stay > DateTimeOffset.MaxValue - now;
        lock (_lock) { _stayUntil = isForever ? DateTimeOffset.MaxValue : now + stay; }
    }

    /// <summary>Ends this activation if nobody has used it for so long.</summary>
    public void LeaveIfIdle(TimeSpan age)
    {
        lock (_lock)
        {
            if (_stage != Stage.Ready || _running.Count > 0 || _waiting.Count > 0) { return; }

            var idle = Silo.Time.GetElapsedTime(_usedAt);
            if (idle < age || Silo.Time.GetUtcNow() < _stayUntil) { return; }

            _leaving ??= new DeactivationReason(
                DeactivationReasonCode.ActivationIdle, $"Idle for {idle}, longer than the collection age {age}.");
            LeaveWhenDone();
        }
    }

    // The order is Orleans' own: nothing runs; it interleaves; all that runs interleaves; both only read; the class is reentrant.
    private bool MayStart(Request request)
    {
        if (_stage != Stage.Ready || _leaving is not null) { return false; }

        if (_running.Count == 0 || request.Interleaves || _class.IsReentrant) { return true; }

        var blocking = _running.Find(static running => !running.Interleaves);
        return blocking is null || (request.IsReadOnly && blocking.IsReadOnly);
    }

    private void Begin(Request request)
    {
        _running.Add(request);
        _scheduler.Start(static started => Run((Started)started!), new Started(this, request));
    }

    private static async Task Run(Started started)
    {
        var (activation, request) = started;
        if (await request.Run(activation) is InconsistentStateException conflict)
        {
            // What this activation remembers is not what is stored: the next call reads it anew.
            activation.Deactivate(new DeactivationReason(
                DeactivationReasonCode.ApplicationError, "A storage conflict escaped the grain.", conflict));
        }

        activation.End(request);
    }

    private void End(Request request)
    {
        lock (_lock)
        {
            _running.Remove(request);
            if (request.CountsAsUse) { _usedAt = Silo.Time.GetTimestamp(); }

            StartWaiting();
            LeaveWhenDone();
        }
    }

    // Scans past those who must wait: readers overtake a queued writer, as in Orleans.
    private void StartWaiting()
    {
        for (var i = 0; i < _waiting.Count && _stage == Stage.Ready && _leaving is null;)
        {
            var request = _waiting[i];
            if (request.IsStale) { _waiting.RemoveAt(i); }
            else if (MayStart(request))
            {
                _waiting.RemoveAt(i);
                Begin(request);
            }
            else { i++; }
        }
    }

    private void LeaveWhenDone()
    {
        if (_leaving is null || _stage != Stage.Ready || _running.Count > 0) { return; }

        _stage = Stage.Leaving;
        _scheduler.Start(static activation => ((Activation)activation!).Leave(), this);
    }

    private async Task Enter()
    {
        using var span = GrainTelemetry.Lifecycle.StartActivity("activate grain", ActivityKind.Internal, _awakenedBy);
        span?.SetTag(GrainTelemetry.GrainIdTag, GrainId.ToString());
        try
        {
            var states = new List<ISavedState>();
            GrainInstance = MakeInstance(states);
            foreach (var state in states)
            {
                await state.Load();
            }

            if (GrainInstance is IGrainBase grain)
            {
                using var limit = new CancellationTokenSource(Silo.Collection.ActivationTimeout, Silo.Time);
                await grain.OnActivateAsync(limit.Token).WaitAsync(Silo.Collection.ActivationTimeout, Silo.Time);
            }
        }
        catch (Exception problem)
        {
            LogActivationFailed(Silo.Log, GrainId, problem);
            GrainTelemetry.Fail(span, problem);
            await Vanish(waiting => waiting.Refuse(problem));
            return;
        }

        Silo.Metrics.Created();
        lock (_lock)
        {
            _stage = Stage.Ready;
            StartWaiting();
            LeaveWhenDone();
        }
    }

    private object MakeInstance(List<ISavedState> states)
    {
        try
        {
            _scope = Silo.Services.CreateAsyncScope();
            return _class.Construct(this, states);
        }
        catch (Exception problem)
        {
            throw new InvalidOperationException($"Failed to create an instance of grain type '{_class.Type.FullName}'.", problem);
        }
    }

    private async Task Leave()
    {
        Timers.Dispose();
        var reason = _leaving!.Value;
        using var span = GrainTelemetry.Lifecycle.StartActivity("deactivate grain");
        span?.SetTag(GrainTelemetry.GrainIdTag, GrainId.ToString());
        try
        {
            if (GrainInstance is IGrainBase grain)
            {
                using var limit = new CancellationTokenSource(Silo.Collection.DeactivationTimeout, Silo.Time);
                await grain.OnDeactivateAsync(reason, limit.Token).WaitAsync(Silo.Collection.DeactivationTimeout, Silo.Time);
            }
        }
        catch (Exception problem)
        {
            LogDeactivationFailed(Silo.Log, GrainId, problem);
        }

        Silo.Metrics.Destroyed();
        await Vanish(Forward);
    }

    private void Forward(Request request)
    {
        if (request is not GrainCall call || call.IsStale) { return; }   // a tick ends with its activation

        if (request.Forwards++ >= Request.ForwardsMax)
        {
            call.Refuse(new OrleansMessageRejectionException($"{GrainId} deactivates as often as it is called."));
            return;
        }

        Silo.Deliver(call);
    }

    private async Task Vanish(Action<Request> settle)
    {
        Request[] left;
        lock (_lock)
        {
            _stage = Stage.Gone;
            left = [.. _waiting];
            _waiting.Clear();
        }

        Silo.Directory.Remove(this);
        Timers.Dispose();
        try
        {
            if (GrainInstance is IAsyncDisposable disposable) { await disposable.DisposeAsync(); }
            else if (GrainInstance is IDisposable simple) { simple.Dispose(); }

            if (_scope is { } scope) { await scope.DisposeAsync(); }
        }
        catch (Exception problem)
        {
            LogDeactivationFailed(Silo.Log, GrainId, problem);
        }

        _gone.TrySetResult();
        foreach (var request in left)
        {
            settle(request);
        }
    }

    [LoggerMessage(10, LogLevel.Error, "Grain {GrainId} could not be activated")]
    private static partial void LogActivationFailed(ILogger log, GrainId grainId, Exception problem);

    [LoggerMessage(11, LogLevel.Error, "Grain {GrainId} failed while it was deactivated")]
    private static partial void LogDeactivationFailed(ILogger log, GrainId grainId, Exception problem);

    private sealed record Started(Activation Activation, Request Request);
}
