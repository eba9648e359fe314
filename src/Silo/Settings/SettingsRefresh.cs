using System.Collections.Immutable;
using Calls.Contracts.Workspace;

namespace Calls.Silo.Settings;

/// <summary>Keeps this process's settings as they were last changed, by whichever process.</summary>
internal sealed partial class SettingsRefresh(
    ChangedSettings changed, IConfiguration configuration, IRecords records, TimeProvider time, ILogger<SettingsRefresh> log)
    : BackgroundService
{
    // A change is promised to be in force everywhere within 5 s, the time of the look itself included.
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(3);

    // A look that began before a change must not end after the one that follows it.
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private ImmutableDictionary<string, string> _kept = ChangedSettings.Empty;

    /// <summary>Looks now.</summary>
    public async Task Look(CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            var kept = await records.Settings(cancellation);
            if (kept.Count == _kept.Count && kept.All(value => _kept.TryGetValue(value.Key, out var known) && known == value.Value)) { return; }

            changed.Take(Allowed(kept));
            _kept = kept;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _oneAtATime.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_lookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                LookFailed(log, fault, s_lookEvery.TotalSeconds);
            }
        }
    }

    // What another version of the program kept may be nothing this one can work with. The rest still counts.
    private ImmutableDictionary<string, string> Allowed(ImmutableDictionary<string, string> kept)
    {
        var allowed = ChangedSettings.Empty;
        foreach (var (name, value) in kept)
        {
            var isKnown = OptionCatalogue.Find(name) is { Changeable: true };
            if (isKnown && SettingChecks.Problems(configuration, [KeyValuePair.Create(name, value)]).IsEmpty) { allowed = allowed.SetItem(name, value); }
            else { PassedOver(log, name); }
        }

        return allowed;
    }

    [LoggerMessage(4000, LogLevel.Warning, "Changed settings could not be read; they are looked for again in {Seconds} s")]
    private static partial void LookFailed(ILogger log, Exception fault, double seconds);

    [LoggerMessage(4001, LogLevel.Warning, "The changed value of {Setting} is none that this program takes; it is passed over")]
    private static partial void PassedOver(ILogger log, string setting);
}
