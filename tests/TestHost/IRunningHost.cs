namespace Calls.TestHost;

/// <summary>One start of a host, of either kind.</summary>
internal interface IRunningHost : IAsyncDisposable
{
    /// <summary>How a caller outside the grains makes references.</summary>
    IGrainFactory Grains { get; }

    /// <summary>The services that grains get theirs from.</summary>
    IServiceProvider Services { get; }

    /// <summary>Stops as on Ctrl-C: running calls end, grains are told.</summary>
    Task Stop();

    /// <summary>Stops as by <c>kill -9</c>: no grain is told.</summary>
    Task Kill();

    /// <summary>Takes a grain out of memory, and waits until it is.</summary>
    Task Deactivate(IAddressable grain);

    /// <summary>Whether a grain is in memory now.</summary>
    Task<bool> IsInMemory(IAddressable grain);
}
