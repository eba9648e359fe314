using System.Collections.Concurrent;
using System.Diagnostics;
using Calls.Orleans.Embedded.Tests.Grains;
using Calls.Support;

namespace Calls.Orleans.Embedded.Tests;

public sealed class TraceTests(SharedHost host) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task A_call_and_the_call_inside_it_are_one_trace()
    {
        using var trace = new RecordedTrace();

        await Echo("trace:outer").ContextThrough(Echo("trace:inner"), "nothing");

        var outerClient = await trace.Span("IEchoGrain/ContextThrough", ActivityKind.Client);
        var outerServer = await trace.Span("IEchoGrain/ContextThrough", ActivityKind.Server);
        var innerClient = await trace.Span("IEchoGrain/Context", ActivityKind.Client);
        var innerServer = await trace.Span("IEchoGrain/Context", ActivityKind.Server);
        Assert.Equal(trace.Root.SpanId, outerClient.ParentSpanId);
        Assert.Equal(outerClient.SpanId, outerServer.ParentSpanId);
        Assert.Equal(outerServer.SpanId, innerClient.ParentSpanId);
        Assert.Equal(innerClient.SpanId, innerServer.ParentSpanId);
        Assert.Equal("orleans", innerServer.GetTagItem("rpc.system.name"));
        Assert.Equal("echo/trace:inner", innerServer.GetTagItem("orleans.rpc.target_id"));
    }

    [Fact]
    public async Task A_failed_call_is_marked_in_its_trace()
    {
        using var trace = new RecordedTrace();

        await Assert.ThrowsAsync<TravellingException>(() => Echo("trace:fails").Fail("known"));

        Assert.Equal(ActivityStatusCode.Error, (await trace.Span("IEchoGrain/Fail", ActivityKind.Client)).Status);
    }

    [Fact]
    public async Task Waking_a_grain_and_saving_its_state_belong_to_the_trace_of_the_call()
    {
        using var trace = new RecordedTrace();

        await host.Grains.GetGrain<ICounterGrain>("counter:traced").Add(1);

        await trace.Span("activate grain", ActivityKind.Internal);
        await trace.Span("read storage", ActivityKind.Client);
        await trace.Span("write storage", ActivityKind.Client);
    }

    private IEchoGrain Echo(string key) => host.Grains.GetGrain<IEchoGrain>(key);

    /// <summary>What was recorded of the trace that begins here.</summary>
    private sealed class RecordedTrace : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _spans = new();
        private readonly ActivitySource _source = new("tests");
        private readonly ActivityListener _listener;

        public RecordedTrace()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "tests" || source.Name.StartsWith("Microsoft.Orleans.", StringComparison.Ordinal),
                Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _spans.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
            Root = _source.StartActivity("root")!;
        }

        public Activity Root { get; }

        public async Task<Activity> Span(string name, ActivityKind kind)
        {
            var found = await Eventually.Sees(
                $"the {kind} span {name}",
                () => _spans.Where(span => span.TraceId == Root.TraceId && span.OperationName == name && span.Kind == kind).ToList(),
                spans => spans.Count > 0);
            return Assert.Single(found);
        }

        public void Dispose()
        {
            Root.Dispose();
            _listener.Dispose();
            _source.Dispose();
        }
    }
}
