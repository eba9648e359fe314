#if ORLEANS
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Storage;
#endif

namespace Calls.Silo;

/// <summary>Puts the grains on the host that the build chose. With its twin of the tests, the one place that knows there are two.</summary>
internal static class GrainHosting
{
#if ORLEANS
    /// <summary>Whether silo and gateway may run in different processes.</summary>
    public const bool SpansProcesses = true;

    private const string Invariant = "Npgsql";

    /// <summary>A silo of the cluster, or a client of it.</summary>
    public static void AddGrainHost(this WebApplicationBuilder builder, Roles roles)
    {
        var postgres = builder.Configuration["Calls:Database:Provider"] is "postgres" ? builder.Configuration["Calls:Database:ConnectionString"] : null;
        if (roles.Silo) { builder.UseOrleans(silo => Configure(silo, postgres, builder.Configuration)); }
        else { builder.UseOrleansClient(client => Configure(client, postgres)); }
    }

    private static void Configure(ISiloBuilder silo, string? postgres, IConfiguration configuration)
    {
        silo.AddActivityPropagation();
        if (postgres is null)
        {
            // One machine to try things on: nothing of the grains outlives the process.
            silo.UseLocalhostClustering().AddMemoryGrainStorageAsDefault().UseInMemoryReminderService();
            return;
        }

        silo.ConfigureEndpoints(
            configuration.GetValue("Calls:Cluster:SiloPort", 11_111), configuration.GetValue("Calls:Cluster:GatewayPort", 30_000));
        silo.UseAdoNetClustering(options => { options.Invariant = Invariant; options.ConnectionString = postgres; });
        // The default serializer would write CLR type names into the rows, which no rename survives.
        silo.Services.AddOptions<AdoNetGrainStorageOptions>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)
            .Configure<Orleans.Serialization.Serializer>((options, serializer) => options.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer));
        silo.AddAdoNetGrainStorageAsDefault(options =>
        {
            options.Invariant = Invariant;
            options.ConnectionString = postgres;
            // Else the row of every call and participant there ever was is emptied and kept.
            options.DeleteStateOnClear = true;
        });
        silo.UseAdoNetReminderService(options => { options.Invariant = Invariant; options.ConnectionString = postgres; });
    }

    private static void Configure(IClientBuilder client, string? postgres)
    {
        client.AddActivityPropagation();
        if (postgres is null) { client.UseLocalhostClustering(); }
        else { client.UseAdoNetClustering(options => { options.Invariant = Invariant; options.ConnectionString = postgres; }); }
    }
#else
    /// <summary>Whether silo and gateway may run in different processes.</summary>
    public const bool SpansProcesses = false;

    /// <summary>The embedded host, with its state in one SQLite file.</summary>
    public static void AddGrainHost(this WebApplicationBuilder builder, Roles _)
    {
        var data = builder.Configuration["Calls:Data"] is { Length: > 0 } given ? given : DataFolder.Default;
        builder.UseOrleans(silo => silo.UseSqlite(Path.Combine(data, "grains.db")).AddSqliteGrainStorageAsDefault().AddActivityPropagation());
    }
#endif
}
