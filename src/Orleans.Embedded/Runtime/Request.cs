namespace Orleans.Embedded;

/// <summary>Something an activation does in its turn: a call or a timer's tick.</summary>
internal abstract class Request
{
    /// <summary>How often a request may find its activation leaving before it is refused, as in a cluster.</summary>
    public const int ForwardsMax = 2;

    public int Forwards { get; set; }

    /// <summary>May run between the turns of any other.</summary>
    public abstract bool Interleaves { get; }

    /// <summary>May run beside others that only read.</summary>
    public abstract bool IsReadOnly { get; }

    /// <summary>Whether it keeps its grain in memory.</summary>
    public abstract bool CountsAsUse { get; }

    /// <summary>Nobody waits for it any more: it is dropped unexecuted.</summary>
    public abstract bool IsStale { get; }

    /// <summary>Runs on the activation's scheduler; never throws.</summary>
    /// <returns>The exception that escaped the grain, if one did.</returns>
    public abstract ValueTask<Exception?> Run(Activation activation);

    /// <summary>It will not run.</summary>
    public abstract void Refuse(Exception reason);
}
