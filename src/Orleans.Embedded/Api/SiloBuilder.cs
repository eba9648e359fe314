using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Embedded;
using Orleans.Hosting;
using Orleans.Storage;

namespace Orleans.Hosting
{
    /// <summary>Where a silo's services and settings are collected.</summary>
    public interface ISiloBuilder
    {
        /// <summary>The services of the program.</summary>
        IServiceCollection Services { get; }

        /// <summary>The settings of the program.</summary>
        IConfiguration Configuration { get; }
    }

    /// <summary>What a silo can be given.</summary>
    public static class SiloBuilderExtensions
    {
        /// <summary>Sets options.</summary>
        public static ISiloBuilder Configure<TOptions>(this ISiloBuilder builder, Action<TOptions> configure)
            where TOptions : class
        {
            ArgumentNullException.ThrowIfNull(builder);
            builder.Services.Configure(configure);
            return builder;
        }

        /// <summary>Adds services.</summary>
        public static ISiloBuilder ConfigureServices(this ISiloBuilder builder, Action<IServiceCollection> configure)
        {
            ArgumentNullException.ThrowIfNull(builder);
            ArgumentNullException.ThrowIfNull(configure);
            configure(builder.Services);
            return builder;
        }

        /// <summary>Lets traces follow grain calls.</summary>
        public static ISiloBuilder AddActivityPropagation(this ISiloBuilder builder) =>
            builder.ConfigureServices(services => services.TryAddSingleton<ActivityPropagation>());

        /// <summary>
        /// Keeps grain states and reminders in this file (made if it is missing, with its folder). One process at a time
        /// can use it; a second one does not start. Only this host has this method.
        /// </summary>
        public static ISiloBuilder UseSqlite(this ISiloBuilder builder, string databasePath) =>
            builder.ConfigureServices(services => services.AddSingleton(_ => new SqliteDatabase(databasePath)));

        /// <summary>Saves the states that name this storage in the file of <see cref="UseSqlite"/>.</summary>
        public static ISiloBuilder AddSqliteGrainStorage(this ISiloBuilder builder, string name) =>
            builder.ConfigureServices(services => services.AddKeyedSingleton<IGrainStorage>(
                name, (provider, _) => new SqliteGrainStorage(provider.GetRequiredService<SqliteDatabase>())));

        /// <summary>Saves the states that name no storage in the file of <see cref="UseSqlite"/>.</summary>
        public static ISiloBuilder AddSqliteGrainStorageAsDefault(this ISiloBuilder builder) =>
            builder.ConfigureServices(services => services.AddSingleton<IGrainStorage, SqliteGrainStorage>());
    }
}

namespace Microsoft.Extensions.Hosting
{
    /// <summary>Adds a silo to a program.</summary>
    public static class OrleansSiloGenericHostExtensions
    {
        /// <summary>Hosts grains in this program.</summary>
        public static IHostApplicationBuilder UseOrleans(
            this IHostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
        {
            ArgumentNullException.ThrowIfNull(hostAppBuilder);
            ArgumentNullException.ThrowIfNull(configureDelegate);
            var services = hostAppBuilder.Services;
            services.AddMetrics();
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton(_ => new GrainClasses(GrainClasses.TypesOfProgram()));
            services.AddSingleton<Silo>();
            services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<Silo>().GrainFactory);
            services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<Silo>().GrainFactory);
            services.AddHostedService<SiloService>();
            configureDelegate(new Builder(services, hostAppBuilder.Configuration));
            return hostAppBuilder;
        }

        private sealed record Builder(IServiceCollection Services, IConfiguration Configuration) : ISiloBuilder;
    }
}

namespace Orleans.Configuration
{
    /// <summary>How calls are made.</summary>
    public class SiloMessagingOptions
    {
        /// <summary>How long a caller waits for an answer. Long waits hide dead targets, short ones fail slow ones.</summary>
        public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);
    }

    /// <summary>When grains leave memory.</summary>
    public class GrainCollectionOptions
    {
        /// <summary>How long a grain stays after its last call; longer than <see cref="CollectionQuantum"/>.</summary>
        public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

        /// <summary>How often idle grains are looked for.</summary>
        public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

        /// <summary>Other ages than <see cref="CollectionAge"/>, by the full name of the grain class.</summary>
        public Dictionary<string, TimeSpan> ClassSpecificCollectionAge { get; } = [];

        /// <summary>How long a grain may take to activate.</summary>
        public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

        /// <summary>How long a grain may take to deactivate.</summary>
        public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);
    }
}

namespace Orleans.Hosting
{
    /// <summary>How reminders may be set.</summary>
    public sealed class ReminderOptions
    {
        /// <summary>The shortest period; each tick may load a grain from storage.</summary>
        public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);
    }
}

namespace Orleans.Diagnostics
{
    /// <summary>The names of the trace sources.</summary>
    public static class ActivitySources
    {
        /// <summary>Calls of grains.</summary>
        public const string ApplicationGrainActivitySourceName = "Microsoft.Orleans.Application";

        /// <summary>Work of the host, such as timer ticks.</summary>
        public const string RuntimeActivitySourceName = "Microsoft.Orleans.Runtime";

        /// <summary>Activation and deactivation.</summary>
        public const string LifecycleActivitySourceName = "Microsoft.Orleans.Lifecycle";

        /// <summary>Reading and writing of saved state.</summary>
        public const string StorageActivitySourceName = "Microsoft.Orleans.Storage";

        /// <summary>All of them.</summary>
        public const string AllActivitySourceName = "Microsoft.Orleans.*";
    }
}
