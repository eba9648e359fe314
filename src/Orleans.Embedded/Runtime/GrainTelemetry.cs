using System.Diagnostics;
using Orleans.Diagnostics;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Traces under Orleans' own names, so that a dashboard made for one host reads the other.</summary>
internal static class GrainTelemetry
{
    public const string GrainIdTag = "orleans.grain.id";

    public static readonly ActivitySource Application = new(ActivitySources.ApplicationGrainActivitySourceName);
    public static readonly ActivitySource Runtime = new(ActivitySources.RuntimeActivitySourceName);
    public static readonly ActivitySource Lifecycle = new(ActivitySources.LifecycleActivitySourceName);
    public static readonly ActivitySource Storage = new(ActivitySources.StorageActivitySourceName);

    public static Activity? StartClientSpan(GrainCall call)
    {
        if (!call.Silo.PropagatesActivity || !Application.HasListeners()) { return null; }

        var around = Activity.Current;
        var span = Application.StartActivity(call.Method.SpanName, ActivityKind.Client);
        Activity.Current = around;   // it covers the call, not what the caller does meanwhile
        Describe(span, call);
        if (TurnScheduler.Here is { } caller) { span?.SetTag("orleans.rpc.source_id", caller.Activation.GrainId.ToString()); }

        return span;
    }

    public static Activity? StartServerSpan(GrainCall call, ActivityContext caller)
    {
        if (!call.Silo.PropagatesActivity || !Application.HasListeners()) { return null; }

        var span = Application.StartActivity(call.Method.SpanName, ActivityKind.Server, caller);
        Describe(span, call);
        return span;
    }

    /// <summary>A tick has no caller: it begins a trace of its own.</summary>
    public static Activity? StartTimerSpan(GrainId grain)
    {
        var span = Runtime.StartActivity("IGrainTimerInvoker/InvokeCallbackAsync", ActivityKind.Internal);
        return span?.SetTag(GrainIdTag, grain.ToString());
    }

    public static void Fail(Activity? span, Exception? problem)
    {
        if (span is null || problem is null) { return; }

        span.SetStatus(ActivityStatusCode.Error, problem.Message);
        span.SetTag("exception.type", problem.GetType().FullName);
        span.SetTag("exception.message", problem.Message);
    }

    // Ending a span that is not the current one must leave the current one alone.
    public static void End(Activity? span)
    {
        if (span is null) { return; }

        var around = Activity.Current;
        span.Dispose();
        Activity.Current = around;
    }

    private static void Describe(Activity? span, GrainCall call) => span?
        .SetTag("rpc.system.name", "orleans")
        .SetTag("orleans.rpc.service", call.Method.InterfaceName)
        .SetTag("rpc.method", call.Method.MethodName)
        .SetTag("orleans.rpc.target_id", call.Target.ToString());
}
