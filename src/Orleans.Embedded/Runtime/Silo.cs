using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>The host of all grains of this process: where calls go, and when they may.</summary>
internal sealed partial class Silo : IDisposable
{
    private readonly SqliteDatabase? _database;
    private volatile Phase _phase = Phase.NotStarted;

    public Silo(IServiceProvider services, TimeProvider time, ILogger<Silo> log, IMeterFactory meters, GrainClasses classes)
    {
        Services = services;
        Time = time;
        Log = log;
        Classes = classes;
        Collection = services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value;
        ResponseTimeout = services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value.ResponseTimeout;
        PropagatesActivity = services.GetService<ActivityPropagation>() is not null;
        _database = services.GetService<SqliteDatabase>();
        References = new GrainReferences(this);
        GrainFactory = new GrainFactory(this);
        Deadlines = new CallDeadlines(time);
        Directory = new ActivationDirectory(this);
        Metrics = new GrainMetrics(meters, this);
        Reminders = new Reminders(
            this,
            services.GetRequiredService<IOptions<ReminderOptions>>().Value.MinimumReminderPeriod,
            _database is null ? null : new SqliteReminderTable(_database));
    }

    private enum Phase
    {
        NotStarted,
        Running,
        Draining,
        Stopped,
    }

    public IServiceProvider Services { get; }

    public TimeProvider Time { get; }

    public ILogger Log { get; }

    public GrainClasses Classes { get; }

    public GrainCollectionOptions Collection { get; }

    public TimeSpan ResponseTimeout { get; }

    public bool PropagatesActivity { get; }

    public GrainReferences References { get; }

    public GrainFactory GrainFactory { get; }

    public ObserverTable Observers { get; } = new();

    public CallDeadlines Deadlines { get; }

    public ActivationDirectory Directory { get; }

    public Reminders Reminders { get; }

    public GrainMetrics Metrics { get; }

    public async Task Start()
    {
        if (Collection.CollectionAge <= Collection.CollectionQuantum)
        {
            throw new OrleansConfigurationException(
                $"CollectionAge ({Collection.CollectionAge}) must be longer than CollectionQuantum ({Collection.CollectionQuantum}).");
        }

        ContractCheck.ThrowIfBroken(Classes);
        _phase = Phase.Running;
        await Reminders.Start();
    }

    /// <summary>
    /// Takes no more calls from outside; lets what runs end, within the limit; deactivates every grain; is gone.
    /// </summary>
    public async Task Stop(CancellationToken limit)
    {
        if (_phase == Phase.Stopped) { return; }

        _phase = Phase.Draining;
        Reminders.Dispose();
        try
        {
            await Directory.LeaveAll(new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The host is stopping."), limit);
        }
        catch (OperationCanceledException)
        {
            LogStoppedEarly(Log, Directory.Count);
        }

        _phase = Phase.Stopped;
        Deadlines.RefuseAll(new SiloUnavailableException("The silo has stopped."));
    }

    /// <summary>Ends as a killed process would: no grain is told, nothing more is saved, callers learn of it at once.</summary>
    public void Kill()
    {
        _phase = Phase.Stopped;
        Reminders.Dispose();
        _database?.Abandon();
        Deadlines.RefuseAll(new SiloUnavailableException("The silo died."));
    }

    public void Deliver(GrainCall call)
    {
        if (_phase != Phase.Running && !(_phase == Phase.Draining && call.IsFromGrain))
        {
            call.Refuse(new SiloUnavailableException($"The silo takes no calls: it is {_phase}."));
        }
        else if (call.Target.Type.ToString() == ObserverTable.GrainType)
        {
            Observers.Deliver(call);
        }
        else
        {
            Directory.Deliver(call.Target, call);
        }
    }

    public TimeSpan AgeOf(GrainClass grainClass) =>
        Collection.ClassSpecificCollectionAge.GetValueOrDefault(grainClass.Type.FullName!, Collection.CollectionAge);

    public void Dispose()
    {
        Reminders.Dispose();
        Directory.Dispose();
        Deadlines.Dispose();
    }

    [LoggerMessage(1, LogLevel.Warning, "The silo stopped before {Count} grains were done")]
    private static partial void LogStoppedEarly(ILogger log, int count);
}
