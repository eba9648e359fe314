#if !ORLEANS
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Embedded;

namespace Calls.TestHost;

/// <summary>The embedded host, with SQLite in a temporary folder.</summary>
internal sealed class EmbeddedHost : IRunningHost
{
    private readonly IHost _host;
    private readonly Silo _silo;

    private EmbeddedHost(IHost host)
    {
        _host = host;
        _silo = host.Services.GetRequiredService<Silo>();
    }

    public IGrainFactory Grains => _silo.GrainFactory;

    public IServiceProvider Services => _host.Services;

    public static async Task<IRunningHost> Start(GrainTestHostOptions options, TemporaryFolder folder)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddDebug();
        if (options.Time is { } time) { builder.Services.AddSingleton<TimeProvider>(time); }

        options.Services?.Invoke(builder.Services);
        builder.UseOrleans(silo =>
        {
            silo.UseSqlite(Path.Combine(folder.Path, "grains.db"));
            silo.Services.AddSingleton(services =>
                options.Storage.Around(new SqliteGrainStorage(services.GetRequiredService<SqliteDatabase>())));
            foreach (var name in options.Storages)
            {
                silo.AddSqliteGrainStorage(name);
            }

            silo.AddActivityPropagation();
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
            silo.Configure<GrainCollectionOptions>(collection =>
            {
                collection.CollectionAge = options.CollectionAge;
                collection.CollectionQuantum = options.CollectionQuantum;
            });
            options.Silo?.Invoke(silo);
        });
        var host = builder.Build();
        try
        {
            await host.StartAsync();
            return new EmbeddedHost(host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public Task Stop() => _host.StopAsync();

    public Task Kill()
    {
        _silo.Kill();
        return Task.CompletedTask;
    }

    public async Task Deactivate(IAddressable grain)
    {
        if (_silo.Directory.Find(grain.GetGrainId()) is not { } activation) { return; }

        activation.Deactivate(new DeactivationReason(DeactivationReasonCode.RuntimeRequested, "A test asked for it."));
        await activation.Deactivated;
    }

    public Task<bool> IsInMemory(IAddressable grain) => Task.FromResult(_silo.Directory.Find(grain.GetGrainId()) is not null);

    public async ValueTask DisposeAsync()
    {
        await Kill();   // a test may leave a call that never ends, and must not wait for it
        await _host.StopAsync();
        _host.Dispose();
    }
}

/// <summary>A folder that goes with its test.</summary>
internal sealed class TemporaryFolder : IAsyncDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("calls-grains-").FullName;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Path, recursive: true);
        return ValueTask.CompletedTask;
    }
}
#endif
