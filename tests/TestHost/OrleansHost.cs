#if ORLEANS
using Calls.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;
using Orleans.TestingHost;

namespace Calls.TestHost;

/// <summary>Real Orleans: a silo in this process and a client outside it.</summary>
internal sealed class OrleansHost(InProcessTestCluster cluster, ManualTime? time) : IRunningHost
{
    private const string DefaultStorage = "Default";

    public IGrainFactory Grains => cluster.Client;

    public IServiceProvider Services => cluster.GetSiloServiceProvider();

    public static async Task<IRunningHost> Start(GrainTestHostOptions options, KeptStorage storage)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureHost(host =>
        {
            if (options.Time is { } time) { host.Services.AddSingleton<TimeProvider>(new PoolTime(time)); }
        });
        builder.ConfigureSiloHost((_, host) => options.Services?.Invoke(host.Services));
        builder.ConfigureSilo((_, silo) =>
        {
            foreach (var name in options.Storages.Append(DefaultStorage))
            {
                silo.Services.AddGrainStorage(name, (services, _) => options.Storage.Around(storage.Open(services.GetRequiredService<Serializer>())));
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
        await Pass("the cluster's start", cluster.DeployAsync(), options.Time);
        return new OrleansHost(cluster, options.Time);
    }

    public Task Stop() => Pass("the cluster's stop", cluster.StopAllSilosAsync(), time);

    public Task Kill() => Pass("the silo's death", cluster.KillSiloAsync(cluster.Silos[0]), time);

    public Task Deactivate(IAddressable grain) => cluster.DeactivateAsync(grain);

    public async Task<bool> IsInMemory(IAddressable grain) =>
        await Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain) is not null;

    public async ValueTask DisposeAsync()
    {
        if (cluster.Silos.Count > 0) { await Kill(); }

        await Pass("the cluster's end", cluster.DisposeAsync().AsTask(), time);
    }

    // Orleans itself waits for the clock while it starts and stops, so a clock moved by hand must move meanwhile.
    private static async Task Pass(string what, Task task, ManualTime? time)
    {
        await Eventually.True(
            what,
            () =>
            {
                time?.Advance(TimeSpan.FromMilliseconds(50));
                return task.IsCompleted;
            },
            TimeSpan.FromSeconds(60));
        await task;
    }

    /// <summary>The test's clock, whose timers fire on the pool as the real one's do: some of Orleans' callbacks wait.</summary>
    private sealed class PoolTime(ManualTime time) : TimeProvider
    {
        public override long TimestampFrequency => time.TimestampFrequency;

        public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(_ => ThreadPool.QueueUserWorkItem(_ => callback(state)), null, dueTime, period);
    }
}
#endif
