using Calls.Support;

namespace Calls.TestHost;

/// <summary>
/// A silo with the grains of the test's own assembly and of those it refers to, on whichever grain host the build
/// chose. It is started anew on the same storage as often as a test likes.
/// </summary>
public sealed class GrainTestHost : IAsyncDisposable
{
    private readonly Func<Task<IRunningHost>> _start;
    private readonly IAsyncDisposable _storage;
    private IRunningHost _host;

    private GrainTestHost(GrainTestHostOptions options, Func<Task<IRunningHost>> start, IAsyncDisposable storage, IRunningHost host)
    {
        Options = options;
        _start = start;
        _storage = storage;
        _host = host;
    }

    public GrainTestHostOptions Options { get; }

    /// <summary>How a caller outside the grains makes references. Asked for anew after a restart.</summary>
    public IGrainFactory Grains => _host.Grains;

    /// <summary>The services of the silo.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>The clock that was given in the options.</summary>
    public ManualTime Time => Options.Time ?? throw new InvalidOperationException("This host runs on the real clock.");

    public static async Task<GrainTestHost> Start(Action<GrainTestHostOptions>? configure = null)
    {
        var options = new GrainTestHostOptions();
        configure?.Invoke(options);
#if ORLEANS
        var storage = new KeptStorage();
        Task<IRunningHost> StartOnce() => OrleansHost.Start(options, storage);
#else
        var storage = new TemporaryFolder();
        Task<IRunningHost> StartOnce() => EmbeddedHost.Start(options, storage);
#endif
        try
        {
            return new GrainTestHost(options, StartOnce, storage, await StartOnce());
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops gracefully and starts anew on the same storage.</summary>
    public async Task Restart()
    {
        await _host.Stop();
        await _host.DisposeAsync();
        _host = await _start();
    }

    /// <summary>Ends the silo without telling any grain, as a crash would, and starts anew on the same storage.</summary>
    public async Task KillAndRestart()
    {
        await _host.Kill();
        await _host.DisposeAsync();
        _host = await _start();
    }

    /// <summary>Stops gracefully and stays stopped.</summary>
    public Task Stop() => _host.Stop();

    /// <summary>Takes a grain out of memory; its next call finds it anew.</summary>
    public Task Deactivate(IAddressable grain) => _host.Deactivate(grain);

    /// <summary>Whether a grain is in memory now. Asking does not bring it there.</summary>
    public Task<bool> IsInMemory(IAddressable grain) => _host.IsInMemory(grain);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _storage.DisposeAsync();
    }
}
