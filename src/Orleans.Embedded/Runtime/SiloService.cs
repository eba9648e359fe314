using Microsoft.Extensions.Hosting;

namespace Orleans.Embedded;

/// <summary>Starts and stops the silo with the program.</summary>
internal sealed class SiloService(Silo silo) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => silo.Start();

    public Task StopAsync(CancellationToken cancellationToken) => silo.Stop(cancellationToken);
}

/// <summary>Registered when traces are to follow grain calls.</summary>
internal sealed class ActivityPropagation;
