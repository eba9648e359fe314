#if ORLEANS
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;
using Orleans.TestingHost;

namespace Calls.TestHost;

/// <summary>Real Orleans: a silo in this process and a client outside it.</summary>
internal sealed class OrleansHost(InProcessTestCluster cluster) : IRunningHost
{
    private const string DefaultStorage = "Default";

    public IGrainFactory Grains => cluster.Client;

    public IServiceProvider Services => cluster.GetSiloServiceProvider();

    public static async Task<IRunningHost> Start(GrainTestHostOptions options, KeptStorage storage)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureHost(host =>
        {
            if (options.Time is { } time) { host.Services.AddSingleton<TimeProvider>(time); }
        });
        builder.ConfigureSiloHost((_, host) => options.Services?.Invoke(host.Services));
        builder.ConfigureSilo((_, silo) =>
        {
            foreach (var name in options.Storages.Append(DefaultStorage))
            {
                silo.Services.AddGrainStorage(name, (services, _) => storage.Open(services.GetRequiredService<Serializer>()));
            }

            silo.UseInMemoryReminderService();
            silo.AddActivityPropagation();
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
            silo.Configure<GrainCollectionOptions>(collection =>
            {
                collection.CollectionAge = options.CollectionAge;
                collection.CollectionQuantum = options.CollectionQuantum;
            });
            options.Silo?.Invoke(silo);
        });
        builder.ConfigureClient(client =>
        {
            client.AddActivityPropagation();
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new OrleansHost(cluster);
    }

    public Task Stop() => cluster.StopAllSilosAsync();

    public Task Kill() => cluster.KillSiloAsync(cluster.Silos[0]);

    public Task Deactivate(IAddressable grain) => cluster.DeactivateAsync(grain);

    public ValueTask DisposeAsync() => cluster.DisposeAsync();
}
#endif
