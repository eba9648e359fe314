using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.MediaNode.Control;
using Calls.MediaNode.Loops;
using Calls.MediaNode.Sockets;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Calls.MediaNode.Telemetry;

/// <summary>Puts a media node into a host. The role <c>media</c> is these two calls.</summary>
public static class MediaNodeRegistration
{
    /// <summary>The source of the node's spans, for the tracing set-up.</summary>
    public const string ActivitySourceName = JoinTraces.SourceName;

    /// <summary>The node's meter, for the metrics set-up.</summary>
    public const string MeterName = MediaNodeMetrics.MeterName;

    private const int ShutdownMarginSeconds = 10;

    /// <summary>
    /// Adds the node and its <see cref="IMediaNode"/>. Without <c>Calls:Media:ControlPlane</c> it reports to the
    /// <see cref="IMediaNodeEvents"/> of this process, else over HTTP.
    /// </summary>
    /// <exception cref="MediaNodeStartException">Settings are wrong; a line for each.</exception>
    public static IServiceCollection AddCallsMediaNode(this IServiceCollection services, IConfiguration configuration)
    {
        var options = MediaNodeOptions.Read(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(_ => NodeIdentity.Load(options, configuration["Calls:Data"] ?? "./data", Region(configuration)));
        services.TryAddSingleton(_ => new HostNames());
        services.AddSingleton<LoopClock>();
        services.AddSingleton<EventBacklog>();
        services.AddSingleton<JoinTraces>();
        services.AddSingleton<MediaNodeMetrics>();
        services.AddSingleton<NodeNews>();
        services.AddSingleton(provider => new MediaNodeRuntime(
            options,
            ServesLocalhost(configuration),
            provider.GetRequiredService<HostNames>(),
            provider.GetRequiredService<LoopClock>(),
            provider.GetRequiredService<NodeNews>(),
            provider.GetRequiredService<MediaNodeMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<MediaNodeRuntime>>()));
        services.AddSingleton(provider => provider.GetRequiredService<MediaNodeRuntime>().Load);
        services.AddSingleton<LocalMediaNode>();
        services.AddSingleton<IMediaNode>(provider => provider.GetRequiredService<LocalMediaNode>());
        services.AddSingleton(new NodeKeys(options.NodeKeys()));
        services.AddSingleton<Heartbeat>();
        services.AddSingleton<EventReports>();
        AddControlPlane(services, options);
        services.AddSingleton<MediaNodeService>();
        services.AddHostedService(provider => provider.GetRequiredService<MediaNodeService>());
        services.AddHealthChecks().AddCheck<MediaNodeHealth>("media");
        return services;
    }

    /// <summary>Maps the node's API under <see cref="NodeApi.Prefix"/>; every route asks for the node key.</summary>
    public static IEndpointRouteBuilder MapCallsMediaNode(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        MediaNodeApi.Map(routes, routes.ServiceProvider.GetRequiredService<NodeKeys>());
        return routes;
    }

    private static void AddControlPlane(IServiceCollection services, MediaNodeOptions options)
    {
        if (options.ControlPlane.Length == 0)
        {
            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ControlPlaneLink>(
                provider, provider.GetRequiredService<IMediaNodeEvents>()));
            return;
        }

        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ControlPlaneLink>(
            provider,
            (IMediaNodeEvents)new MediaNodeEventsClient(MediaNodeEventsClient.CreateHttp(
                new Uri(options.ControlPlane), options.NodeKeys()[0]))));
        services.Configure<HostOptions>(host =>
            host.ShutdownTimeout = TimeSpan.FromSeconds(options.DrainSeconds + ShutdownMarginSeconds));
    }

    private static RegionName Region(IConfiguration configuration) =>
        configuration["Calls:Region"] is { Length: > 0 } region ? new RegionName(region) : RegionName.Default;

    // Browsers on this machine then come to 127.0.0.1, and so must their media, even where there is no network.
    private static bool ServesLocalhost(IConfiguration configuration)
    {
        var url = configuration["Calls:BaseUrl"] ?? configuration["Calls:Listen"] ?? "http://localhost:8065";
        return url.Split(';', ',').Any(one => Uri.TryCreate(one, UriKind.Absolute, out var parsed) && parsed.IsLoopback);
    }
}
