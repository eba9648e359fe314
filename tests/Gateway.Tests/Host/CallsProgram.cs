using Calls.Cluster.Tests.Fakes;
using Calls.Contracts.MediaNodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Calls.Gateway.Tests.Host;

/// <summary>The real program with the roles silo and gateway, a demo workspace of its own, and a media node without media.</summary>
public class CallsProgram : WebApplicationFactory<Program>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("calls-gateway-").FullName;

    internal ScriptedNode Node { get; init; } = new();

    /// <summary>Settings of this program, without the leading <c>Calls:</c>.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <summary>Whether the media node reports for service.</summary>
    protected virtual bool HasNode => true;

    protected virtual void Configure(IServiceCollection services)
    {
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        var settings = new Dictionary<string, string>
        {
            ["Roles"] = "silo,gateway",
            ["Data"] = _folder,
            ["Workspace:Seed"] = "demo",
            ["Sessions:AuthCheck"] = "00:00:00.2",
            ["Sessions:MediaConnectTimeout"] = "00:05:00",
            ["RateLimits:HubBurst"] = "10000",
            ["RateLimits:RestBurst"] = "10000",
            ["RateLimits:SignInPerMinute"] = "10000",
            ["Files:BytesMax"] = "100000",
        };
        foreach (var (name, value) in Settings) { settings[name] = value; }

        foreach (var (name, value) in settings) { builder.UseSetting("Calls:" + name, value); }

        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<IMediaNode>(Node);
            if (HasNode) { services.AddHostedService(provider => new NodeBeat(Node, provider.GetRequiredService<IMediaNodeEvents>())); }

            Configure(services);
        });
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing || !Directory.Exists(_folder)) { return; }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Registers the node and keeps it alive.</summary>
    private sealed class NodeBeat(ScriptedNode node, IMediaNodeEvents events) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
            do
            {
                if (await events.Heartbeat(node.Id, node.Heartbeat, stoppingToken) is null)
                {
                    await events.Register(new NodeRegistration(node.Description, 1), stoppingToken);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
    }
}
