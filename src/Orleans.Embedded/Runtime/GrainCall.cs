using System.Collections.Immutable;
using System.Diagnostics;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>One call on its way: who is called, with what, by when, and where the answer goes.</summary>
internal abstract class GrainCall(MethodPlan method, GrainReference target, object?[] arguments) : Request
{
    private long _startedAt;
    private long _deadline;

    public MethodPlan Method => method;

    public GrainId Target => target.GrainId;

    public Silo Silo => target.Silo;

    public override bool Interleaves => method.Interleaves;

    public override bool IsReadOnly => method.IsReadOnly;

    public override bool CountsAsUse => true;

    public override bool IsStale => Silo.Time.GetTimestamp() >= _deadline;

    /// <summary>Its neighbours among the calls that wait for an answer (<see cref="CallDeadlines"/>).</summary>
    public GrainCall? Earlier { get; set; }

    public GrainCall? Later { get; set; }

    /// <summary>Made by a grain's turn, so part of work that is already under way.</summary>
    public bool IsFromGrain { get; private set; }

    protected object?[] Arguments => arguments;

    private ImmutableDictionary<string, object>? Context { get; set; }

    private Activity? ClientSpan { get; set; }

    private ActivityContext CallerTrace { get; set; }

    /// <summary>Notes the caller's context and the deadline; the caller's turn goes on after this.</summary>
    public void Depart()
    {
        IsFromGrain = TurnScheduler.Here is not null;
        Context = ArgumentCopier.CopyContext(RequestContext.Values);
        ClientSpan = GrainTelemetry.StartClientSpan(this);
        CallerTrace = (ClientSpan ?? Activity.Current)?.Context ?? default;
        _startedAt = Silo.Time.GetTimestamp();
        var wait = method.ResponseTimeout ?? Silo.ResponseTimeout;
        _deadline = _startedAt + (long)(wait.TotalSeconds * Silo.Time.TimestampFrequency);
        if (!method.IsOneWay) { Silo.Deadlines.Add(this); }
    }

    public override async ValueTask<Exception?> Run(Activation activation)
    {
        try
        {
            await RunOn(activation.GrainInstance!);
            return null;
        }
        catch (Exception problem)
        {
            Refuse(problem);
            return problem;
        }
    }

    /// <summary>Calls the method on a grain or an observer, inside its turn, with the caller's context and trace.</summary>
    public async Task RunOn(object instance)
    {
        RequestContext.Values = Context;
        using var span = GrainTelemetry.StartServerSpan(this, CallerTrace);
        try
        {
            await Invoke(instance);
        }
        catch (Exception problem)
        {
            GrainTelemetry.Fail(span, problem);
            throw;
        }
    }

    /// <summary>The answer did not come in time; the callee may go on, its late answer is dropped.</summary>
    public void Expire()
    {
        Silo.Metrics.TimedOut(Target);
        Refuse(new TimeoutException(
            $"Response did not arrive on time in {method.ResponseTimeout ?? Silo.ResponseTimeout} for {method.SpanName} of {Target}."));
    }

    public bool IsDue(long now) => now >= _deadline;

    protected abstract Task Invoke(object instance);

    protected void Arrived(Exception? problem)
    {
        if (!method.IsOneWay) { Silo.Deadlines.Remove(this); }

        Silo.Metrics.Answered(Silo.Time.GetElapsedTime(_startedAt));
        GrainTelemetry.Fail(ClientSpan, problem);
        GrainTelemetry.End(ClientSpan);
    }
}

/// <summary>A call whose answer has this type; <see cref="object"/> where there is none.</summary>
internal sealed class GrainCall<T>(MethodPlan method, GrainReference target, object?[] arguments)
    : GrainCall(method, target, arguments)
{
    // The caller goes on in its own turn or thread, never inside the callee's.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => _answer.Task;

    public override void Refuse(Exception reason)
    {
        if (!_answer.TrySetException(ArgumentCopier.CarryOver(reason))) { return; }

        if (Method.IsOneWay) { _ = _answer.Task.Exception; }   // lost, as one-way calls are: nobody is to find it unobserved

        Arrived(reason);
    }

    protected override async Task Invoke(object instance)
    {
        var work = Method.Invoke(instance, Arguments)
            ?? throw new InvalidOperationException($"{Method.SpanName} returned null instead of a task.");
        await work;
        var result = Method.HasResult ? Method.CopyResult(((Task<T>)work).Result) : default(T);
        if (_answer.TrySetResult((T)result!)) { Arrived(null); }
    }
}
