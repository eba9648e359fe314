using Calls.Grains.MediaNodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Calls.Grains;

/// <summary>What a silo needs beside the grain host itself.</summary>
public static class GrainsRegistration
{
    /// <summary>
    /// Adds what the grains of calls need. The caller adds <c>IWorkspace</c>, <c>IRecords</c>, and <c>IMediaNode</c> where a
    /// media node runs in this process.
    /// </summary>
    /// <param name="configuration">The whole; options are read from its section <c>Calls</c>.</param>
    public static IServiceCollection AddCallsGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCallsGrainOptions(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient(MediaNodeClients.HttpName);
        services.AddSingleton<MediaNodeClients>();
        return services;
    }

    /// <summary>Adds the options alone, with their check: also for asking whether a configuration would do.</summary>
    public static IServiceCollection AddCallsGrainOptions(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<CallsGrainOptions>().Bind(configuration.GetSection(CallsGrainOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CallsGrainOptions>, CallsGrainOptionsCheck>();
        return services;
    }
}
