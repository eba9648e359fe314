using Calls.Orleans.Embedded.Tests.Grains;
using Calls.TestHost;

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
}
