using Calls.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.TestHost;

/// <summary>What a test's grain host is made of. Kept over restarts.</summary>
public sealed class GrainTestHostOptions
{
    /// <summary>Adds the services that grains are given: real ones or fakes. Called again at each restart.</summary>
    public Action<IServiceCollection>? Services { get; set; }

    /// <summary>Further settings of the silo.</summary>
    public Action<ISiloBuilder>? Silo { get; set; }

    /// <summary>A clock moved by the test, for timers, reminders, timeouts and idle grains; the real one when null.</summary>
    public ManualTime? Time { get; set; }

    /// <summary>How long a caller waits for an answer.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an unused grain stays in memory.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often unused grains are looked for.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The storages that states may name; the default storage is always there.</summary>
    public IReadOnlyList<string> Storages { get; set; } = ["grains"];

    /// <summary>A look at the records in the default storage, and a way to make writing them fail.</summary>
    public TestedStorage Storage { get; } = new();
}
