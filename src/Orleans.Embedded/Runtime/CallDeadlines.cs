namespace Orleans.Embedded;

/// <summary>The calls that wait for an answer. Once a second those whose time is up get a <see cref="TimeoutException"/>.</summary>
internal sealed class CallDeadlines : IDisposable
{
    private static readonly TimeSpan s_sweepEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;
    private GrainCall? _first;

    public CallDeadlines(TimeProvider time)
    {
        _time = time;
        _sweep = time.CreateTimer(_ => Sweep(), null, s_sweepEvery, s_sweepEvery);
    }

    public void Add(GrainCall call)
    {
        lock (_lock)
        {
            call.Later = _first;
            if (_first is not null) { _first.Earlier = call; }

            _first = call;
        }
    }

    public void Remove(GrainCall call)
    {
        lock (_lock)
        {
            if (call.Earlier is null && !ReferenceEquals(_first, call)) { return; }

            if (ReferenceEquals(_first, call)) { _first = call.Later; }

            if (call.Earlier is not null) { call.Earlier.Later = call.Later; }

            if (call.Later is not null) { call.Later.Earlier = call.Earlier; }

            call.Earlier = null;
            call.Later = null;
        }
    }

    /// <summary>The host is gone: whoever still waits is told so.</summary>
    public void RefuseAll(Exception reason)
    {
        foreach (var call in Waiting(_ => true))
        {
            call.Refuse(reason);
        }
    }

    public void Dispose() => _sweep.Dispose();

    private void Sweep()
    {
        var now = _time.GetTimestamp();
        foreach (var call in Waiting(call => call.IsDue(now)))
        {
            call.Expire();
        }
    }

    private List<GrainCall> Waiting(Func<GrainCall, bool> which)
    {
        var found = new List<GrainCall>();
        lock (_lock)
        {
            for (var call = _first; call is not null; call = call.Later)
            {
                if (which(call)) { found.Add(call); }
            }
        }

        return found;
    }
}
