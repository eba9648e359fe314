using System.Net;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Protocol;
using Calls.Gateway.Admin;
using Calls.Gateway.Auth;
using Calls.Gateway.Calls;
using Calls.Gateway.Channels;
using Calls.Gateway.Files;
using Calls.Gateway.Hosts;
using Calls.Gateway.Limits;
using Calls.Gateway.Logs;
using Calls.Gateway.MediaNodes;
using Calls.Gateway.Posts;
using Calls.Gateway.Signalling;
using Calls.Gateway.SlashCommands;
using Calls.Gateway.Users;
using Calls.Gateway.Whip;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Calls.Gateway;

/// <summary>Puts the edge into a program.</summary>
public static class GatewayRegistration
{
    // As the client's: after 15 s of silence a connection is lost for both sides alike (D11).
    private static readonly TimeSpan s_keepAlive = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_silenceMax = TimeSpan.FromSeconds(15);

    // An offer does not hold up other commands; these take turns among themselves.
    private const int CommandsAtOnce = 4;

    // A post has 16,384 characters of up to 6 bytes in JSON; an SDP offer is smaller.
    private const long BodyBytesMax = 256 * 1024;

    /// <summary>Registers the edge. Expects <c>IWorkspace</c>, <c>IRecords</c> and the grain host to be registered as well.</summary>
    public static IServiceCollection AddCallsGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCallsGatewayOptions(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddCallsWorkspaceNews();
        services.AddSingleton<IMediaNodeEvents, GrainMediaNodeEvents>();

        services.AddSingleton<SessionConnections>();
        services.AddSingleton<GatewayObserver>();
        services.AddSingleton<SessionCommands>();
        services.AddSingleton<HubWires>();
        services.AddSingleton<HubLifetimeManager<CallsHub>>(provider => provider.GetRequiredService<HubWires>());
        services.AddSingleton<Outboxes>();
        services.AddSingleton<ConnectionLimits>();
        services.AddSingleton<Presence>();
        services.AddHostedService(provider => provider.GetRequiredService<Presence>());
        services.AddHostedService<SessionChecks>();
        services.AddHostedService<PolicyNews>();

        services.AddSingleton<AccessTokens>();
        services.AddSingleton<Access>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<Faults>();
        services.AddSingleton<Audit>();
        services.AddSingleton<CallLinks>();
        services.AddSingleton<CallsSwitch>();
        services.AddSingleton<ChannelAnswers>();
        services.AddSingleton<ChannelArchive>();
        services.AddSingleton<HostControls>();
        services.AddSingleton<SlashCommandRunner>();
        services.AddSingleton<WhipSessions>();

        services.AddAuthentication(TokenAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Name, null);
        services.AddAuthorization();
        services.AddOpenApi();
        services.ConfigureHttpJsonOptions(json => ProtocolJson.ConfigureClient(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.Configure<RouteOptions>(AddIdConstraints);
        services.AddSignalR(hub =>
        {
            hub.KeepAliveInterval = s_keepAlive;
            hub.ClientTimeoutInterval = s_silenceMax;
            hub.MaximumReceiveMessageSize = CallsHub.MessageBytesMax;
            hub.MaximumParallelInvocationsPerClient = CommandsAtOnce;
            hub.EnableDetailedErrors = false;
        }).AddJsonProtocol(json => ProtocolJson.ConfigureClient(json.PayloadSerializerOptions));

        // These would log the query, and the hub's holds the token; or commands with their arguments, and Resume's holds one, too.
        services.AddLogging(logs => logs
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.Information)
            .AddFilter("Microsoft.AspNetCore.HttpLogging", LogLevel.None));
        return services;
    }

    /// <summary>Registers the options alone, with their check: also for asking whether a configuration would do.</summary>
    public static IServiceCollection AddCallsGatewayOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GatewayOptions>().Bind(configuration.GetSection(GatewayOptions.Section))
            .PostConfigure(options => ListOptions.Read(configuration, options)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsCheck>();
        return services;
    }

    /// <summary>Registers what carries news of the workspace to the grains; also where there is no gateway, and once at most.</summary>
    public static IServiceCollection AddCallsWorkspaceNews(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<Microsoft.Extensions.Hosting.IHostedService, WorkspaceNews>());
        return services;
    }

    /// <summary>Adds middleware and endpoints: <c>/api/v1</c>, <c>/hubs/calls</c>, <c>/openapi/v1.json</c>, and the web client's page.</summary>
    public static void MapCallsGateway(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        TrustProxies(app, options);
        app.Use(SecurityHeaders.Add);
        app.Use(app.Services.GetRequiredService<Faults>().Guard);
        app.Use(LimitBody);
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(app.Services.GetRequiredService<RateLimits>().Guard);
        app.Use(app.Services.GetRequiredService<ConnectionLimits>().Guard);
        app.Use(Unmatched.Answer);

        MapRest(app.MapGroup("/api/v1").RequireAuthorization());
        app.MapHub<CallsHub>(CallsHub.Path).RequireAuthorization();
        app.MapOpenApi().AllowAnonymous();
        app.MapWebClient(options);
    }

    private static void MapRest(RouteGroupBuilder api)
    {
        api.MapSignIn();
        api.MapUsers();
        api.MapChannels();
        api.MapMembers();
        api.MapPosts();
        api.MapFiles();
        api.MapCalls();
        api.MapHostControls();
        api.MapSlashCommands();
        api.MapLogs();
        api.MapAdmin();
        api.MapWhip();
        api.MapMediaNodes();
    }

    private static void TrustProxies(WebApplication app, GatewayOptions options)
    {
        if (options.TrustedProxies.Length == 0) { return; }

        var headers = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var proxy in options.TrustedProxies)
        {
            if (IPAddress.TryParse(proxy, out var address)) { headers.KnownProxies.Add(address); }
            else { headers.KnownIPNetworks.Add(IPNetwork.Parse(proxy)); }
        }

        app.UseForwardedHeaders(headers);
    }

    // An upload raises it for itself.
    private static Task LimitBody(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) { limit.MaxRequestBodySize = BodyBytesMax; }

        return next(context);
    }

    private static void AddIdConstraints(RouteOptions routes)
    {
        routes.ConstraintMap["call"] = typeof(IdConstraint<CallId>);
        routes.ConstraintMap["channel"] = typeof(IdConstraint<ChannelId>);
        routes.ConstraintMap["file"] = typeof(IdConstraint<FileId>);
        routes.ConstraintMap["node"] = typeof(IdConstraint<MediaNodeId>);
        routes.ConstraintMap["post"] = typeof(IdConstraint<PostId>);
        routes.ConstraintMap["session"] = typeof(IdConstraint<SessionId>);
        routes.ConstraintMap["user"] = typeof(IdConstraint<UserId>);
    }
}
