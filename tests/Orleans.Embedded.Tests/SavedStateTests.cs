using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Calls.Orleans.Embedded.Tests.Grains;
using Calls.Support;
using Calls.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Calls.Orleans.Embedded.Tests;

public sealed class SavedStateTests
{
    [Fact]
    public async Task A_grain_without_a_record_starts_with_a_fresh_state_and_no_etag()
    {
        await using var host = await GrainTestHost.Start();
        var counter = host.Grains.GetGrain<ICounterGrain>("counter:fresh");

        Assert.Equal(0, await counter.Value());
        Assert.Null(await counter.Etag());
        Assert.False(await counter.Exists());
    }

    [Fact]
    public async Task Each_write_changes_the_etag()
    {
        await using var host = await GrainTestHost.Start();
        var counter = host.Grains.GetGrain<ICounterGrain>("counter:etag");

        await counter.Add(1);
        var first = await counter.Etag();
        await counter.Add(1);
        var second = await counter.Etag();

        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.NotEqual(first, second);
        Assert.True(await counter.Exists());
    }

    [Fact]
    public async Task Clearing_leaves_a_fresh_state_that_can_be_written_again()
    {
        await using var host = await GrainTestHost.Start();
        var counter = host.Grains.GetGrain<ICounterGrain>("counter:clear");
        await counter.Add(5);

        await counter.Clear();

        Assert.Equal(0, await counter.Value());
        Assert.Null(await counter.Etag());
        Assert.False(await counter.Exists());
        Assert.Equal(2, await counter.Add(2));
    }

    [Fact]
    public async Task State_outlives_its_activation()
    {
        await using var host = await GrainTestHost.Start();
        var counter = host.Grains.GetGrain<ICounterGrain>("counter:reload");
        await counter.Add(3);
        var before = await counter.Instance();

        await host.Deactivate(counter);

        Assert.Equal(3, await counter.Value());
        Assert.NotEqual(before, await counter.Instance());
    }

    [Fact]
    public async Task What_was_acknowledged_survives_the_death_of_the_silo()
    {
        await using var host = await GrainTestHost.Start();
        await host.Grains.GetGrain<ICounterGrain>("counter:killed").Add(7);

        await host.KillAndRestart();

        Assert.Equal(7, await host.Grains.GetGrain<ICounterGrain>("counter:killed").Value());
    }

    [Fact]
    public async Task What_was_acknowledged_survives_a_graceful_restart()
    {
        await using var host = await GrainTestHost.Start();
        await host.Grains.GetGrain<ICounterGrain>("counter:restarted").Add(7);

        await host.Restart();

        Assert.Equal(8, await host.Grains.GetGrain<ICounterGrain>("counter:restarted").Add(1));
    }

    [Fact]
    public async Task A_write_over_someone_elses_change_is_refused_and_the_grain_is_read_anew()
    {
        await using var host = await GrainTestHost.Start();
        var counter = host.Grains.GetGrain<ICounterGrain>("counter:conflict");
        await counter.Add(1);
        var before = await counter.Instance();
        await WriteBehindItsBack(host, counter.GetGrainId(), 100);

        await Assert.ThrowsAsync<InconsistentStateException>(() => counter.Add(1));

        Assert.Equal(101, await counter.Add(1));
        Assert.NotEqual(before, await counter.Instance());
    }

    [Fact]
    public async Task A_conflict_that_escapes_a_timer_makes_the_grain_read_anew_too()
    {
        await using var host = await GrainTestHost.Start();
        var counter = host.Grains.GetGrain<ICounterGrain>("counter:ticked");
        await counter.Add(1);
        var before = await counter.Instance();
        await WriteBehindItsBack(host, counter.GetGrainId(), 100);

        await counter.AddByTimer(1);

        await Eventually.Passes("it is read anew", async () => Assert.NotEqual(before, await counter.Instance()));
        Assert.Equal(100, await counter.Value());
    }

    [Fact]
    public async Task Arrays_dictionaries_typed_ids_and_cases_of_a_hierarchy_come_back_as_they_were_saved()
    {
        await using var host = await GrainTestHost.Start();
        var (alice, bob) = (new PersonId("user:alice"), new PersonId("user:bob"));
        var came = new Happening.Came(alice, new DateTimeOffset(2026, 11, 2, 9, 30, 0, TimeSpan.FromHours(2)));
        var left = new Happening.Left(bob, TimeSpan.FromSeconds(90.5));
        var state = new SavedState
        {
            Happenings = [came, left],
            Counts = ImmutableDictionary<PersonId, int>.Empty.Add(alice, 1).Add(bob, 2),
            Last = left with { After = null },
            Host = alice,
            Day = DayOfWeek.Friday,
            Name = "Käthe \"<&>\"",
        };
        await host.Grains.GetGrain<ISavedGrain>("saved:all").Save(state);

        await host.KillAndRestart();
        var saved = await host.Grains.GetGrain<ISavedGrain>("saved:all").Saved();

        Assert.Equal<Happening>([came, left], saved.Happenings);
        Assert.Equal(state.Counts.OrderBy(pair => pair.Value), saved.Counts.OrderBy(pair => pair.Value));
        Assert.Equal(state.Last, saved.Last);
        Assert.Equal(alice, saved.Host);
        Assert.Equal(DayOfWeek.Friday, saved.Day);
        Assert.Equal(state.Name, saved.Name);
        Assert.True(saved.NeverSet.IsDefaultOrEmpty);
    }

    private static async Task WriteBehindItsBack(GrainTestHost host, GrainId grain, int value)
    {
        var storage = host.Services.GetRequiredKeyedService<IGrainStorage>("grains");
        var record = new ForeignRecord();
        await storage.ReadStateAsync("tests-counter", grain, record);
        record.State = new CounterState { Value = value };
        await storage.WriteStateAsync("tests-counter", grain, record);
    }

    private sealed class ForeignRecord : IGrainState<CounterState>
    {
        [AllowNull]
        public CounterState State { get; set; } = new();

        public string? ETag { get; set; }

        public bool RecordExists { get; set; }
    }
}
