using Calls.Orleans.Embedded.Tests.Grains;
using Calls.Support;
using Calls.TestHost;

namespace Calls.Orleans.Embedded.Tests.EmbeddedOnly;

/// <summary>What callers see when the one silo ends; on a cluster another one would take over.</summary>
public sealed class SiloEndTests
{
    [Fact]
    public async Task A_stopping_silo_lets_the_running_call_end_and_refuses_the_queued_and_the_new_one()
    {
        await using var host = await GrainTestHost.Start();
        var grain = host.Grains.GetGrain<ILifeGrain>("life:draining");
        var held = grain.Hold("gate");
        await Eventually.True("the running call", () => Journal.Of("life:draining").Contains("holds"));
        var queued = grain.Live();

        var stopping = host.Stop();
        await Eventually.Sees<Exception?>(
            "a new call being refused",
            async () => await Record.ExceptionAsync(() => host.Grains.GetGrain<IEchoGrain>("echo:new").Plain()),
            refusal => refusal is SiloUnavailableException);
        Gates.Open("life:draininggate");

        await Eventually.Comes("the running call's end", held);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => queued);
        await Eventually.Comes("the stop", stopping);
        Assert.DoesNotContain("called", Journal.Of("life:draining"));
    }

    [Fact]
    public async Task Who_waits_when_the_silo_dies_is_told_at_once()
    {
        await using var host = await GrainTestHost.Start();
        var held = host.Grains.GetGrain<ILifeGrain>("life:died").Hold("never");
        await Eventually.True("the running call", () => Journal.Of("life:died").Contains("holds"));

        await host.KillAndRestart();

        await Assert.ThrowsAsync<SiloUnavailableException>(() => held);
        Assert.DoesNotContain("deactivated: ShuttingDown", Journal.Of("life:died"));
    }

    [Fact]
    public async Task No_call_is_lost_and_no_two_instances_live_while_a_grain_comes_and_goes()
    {
        await using var host = await GrainTestHost.Start();
        var grain = host.Grains.GetGrain<ICounterGrain>("counter:churn");

        await Eventually.Comes("all calls", Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await grain.Add(1);
                if ((i + caller * 12) % 50 == 0) { await grain.Leave(); }
            }
        }))));

        Assert.Equal(800, await grain.Value());   // two instances would have met a conflict, or lost a write
    }
}
