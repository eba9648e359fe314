using Calls.Orleans.Embedded.Tests.Grains;
using Calls.Support;
using Calls.TestHost;

namespace Calls.Orleans.Embedded.Tests;

public sealed class LifeTests(SharedHost host) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task A_grain_is_made_then_given_its_state_then_activated_then_called()
    {
        await Life("life:order").Live();
        await host.Host.Deactivate(Life("life:order"));

        Assert.Equal(["made", "activated", "called"], Journal.Of("life:order").Take(3));
        Assert.StartsWith("deactivated", Journal.Of("life:order")[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task First_calls_made_at_once_find_one_instance()
    {
        var instances = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Life("life:one").Instance()));

        Assert.Single(instances.Distinct());
    }

    [Fact]
    public async Task A_failed_activation_is_told_to_the_caller_and_tried_again_by_the_next()
    {
        var failure = await Assert.ThrowsAsync<TravellingException>(Life("life:bad-activation").Live);

        Assert.Equal("activation", failure.Message);
        await Life("life:bad-activation").Live();
    }

    [Fact]
    public async Task A_constructor_that_throws_is_told_as_a_failure_to_create()
    {
        // Of many: the caller that awakens a grain must hear of it, however soon it fails.
        for (var i = 0; i < 100; i++)
        {
            var grain = Life($"life:bad-constructor-{i}");
            var failure = await Assert.ThrowsAsync<InvalidOperationException>(grain.Live);

            Assert.StartsWith("Failed to create an instance of grain type", failure.Message, StringComparison.Ordinal);
            await grain.Live();
        }
    }

    [Fact]
    public async Task A_failed_deactivation_keeps_nobody_from_calling_again()
    {
        var before = await Life("life:bad-deactivation").Instance();

        await host.Host.Deactivate(Life("life:bad-deactivation"));

        Assert.NotEqual(before, await Life("life:bad-deactivation").Instance());
    }

    [Fact]
    public async Task A_grain_that_leaves_ends_its_call_and_the_next_ones_find_another()
    {
        var grain = Life("life:leave");
        var leaving = grain.LeaveBehind("gate");
        await Eventually.True("the leaving call", () => Journal.Of("life:leave").Contains("leaving"));
        var queued = grain.Instance();
        Gates.Open("life:leavegate");

        var old = await Eventually.Comes("the call that leaves", leaving);
        var fresh = await Eventually.Comes("the call that was queued", queued);

        Assert.NotEqual(old, fresh);
        Assert.Contains("deactivated: ApplicationRequested", Journal.Of("life:leave"));
    }

    [Fact]
    public async Task A_graceful_stop_lets_the_running_call_end_and_tells_the_grain()
    {
        await using var own = await GrainTestHost.Start();
        var held = own.Grains.GetGrain<ILifeGrain>("life:stop").Hold("gate");
        await Eventually.True("the running call", () => Journal.Of("life:stop").Contains("holds"));

        var stopping = own.Stop();
        Gates.Open("life:stopgate");
        await Eventually.Comes("the stop", stopping);

        await held.WaitAsync(TimeSpan.FromSeconds(1)).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.Equal(
            ["made", "activated", "holds", "held", "deactivated: ShuttingDown"], Journal.Of("life:stop"));
    }

    [Fact]
    public async Task An_idle_grain_leaves_though_its_timer_ticks()
    {
        await using var own = await StartImpatient();
        var grain = own.Grains.GetGrain<ILifeGrain>("life:idle");
        await grain.Tick(keepsAlive: false);

        await Eventually.True(
            "an idle grain leaving", () => Journal.Of("life:idle").Contains("deactivated: ActivationIdle"));
        Assert.Contains("tick", Journal.Of("life:idle"));
    }

    [Fact]
    public async Task A_timer_that_keeps_alive_and_a_wish_to_stay_hold_a_grain_in_memory()
    {
        await using var own = await StartImpatient();
        var ticking = own.Grains.GetGrain<ILifeGrain>("life:kept");
        var staying = own.Grains.GetGrain<ILifeGrain>("life:staying");
        await ticking.Tick(keepsAlive: true);
        await staying.StayFor(TimeSpan.FromHours(1));
        await own.Grains.GetGrain<ILifeGrain>("life:idle-beside").Live();

        await Eventually.True(
            "the idle grain beside them leaving",
            () => Journal.Of("life:idle-beside").Contains("deactivated: ActivationIdle"));
        var ticks = Journal.Of("life:kept").Length;
        await Eventually.True("some seconds of ticks", () => Journal.Of("life:kept").Length > ticks + 15);
        Assert.DoesNotContain("deactivated: ActivationIdle", Journal.Of("life:kept"));
        Assert.DoesNotContain("deactivated: ActivationIdle", Journal.Of("life:staying"));
    }

    private static Task<GrainTestHost> StartImpatient() => GrainTestHost.Start(options =>
    {
        options.CollectionAge = TimeSpan.FromSeconds(2);
        options.CollectionQuantum = TimeSpan.FromSeconds(1);
    });

    private ILifeGrain Life(string key) => host.Grains.GetGrain<ILifeGrain>(key);
}
