using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Calls.Workspace;

/// <summary>Once a day, and at the start, deletes uploads that no post took. Each process does; what one has swept another does not find.</summary>
internal sealed partial class FileSweep(Files files, TimeProvider time, ILogger<FileSweep> log) : BackgroundService
{
    private static readonly TimeSpan s_sweepEvery = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_sweepEvery, time);
        do
        {
            try
            {
                var swept = await files.Sweep(stoppingToken);
                if (swept > 0) { Swept(log, swept); }
            }
            catch (Exception fault) when (fault is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                SweepFailed(log, fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(5000, LogLevel.Information, "{Files} uploads that no post took were deleted")]
    private static partial void Swept(ILogger log, int files);

    [LoggerMessage(5001, LogLevel.Warning, "Uploads that no post took could not be deleted; it is tried again in a day")]
    private static partial void SweepFailed(ILogger log, Exception fault);
}
