using Calls.Orleans.Embedded.Tests.Grains;
using Calls.Support;

namespace Calls.Orleans.Embedded.Tests;

public sealed class TurnTests(SharedHost host) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task A_second_call_waits_for_the_first()
    {
        var (grain, key) = Turn("turn:serial");
        var first = grain.Write("a");
        await Started(key, "a");
        Gates.Open(key + "b");
        var second = grain.Write("b");
        Gates.Open(key + "a");

        await Eventually.Comes("both calls", Task.WhenAll(first, second));

        Assert.Equal(["a starts", "a ends", "b starts", "b ends"], Journal.Of(key));
    }

    [Fact]
    public async Task A_call_that_always_interleaves_runs_inside_another()
    {
        var (grain, key) = Turn("turn:interleave");
        var first = grain.Write("a");
        await Started(key, "a");
        Gates.Open(key + "b");

        await Eventually.Comes("the interleaving call, while the first one runs", grain.Interleave("b"));

        Gates.Open(key + "a");
        await Eventually.Comes("the first call", first);
        Assert.Equal(["a starts", "b starts", "b ends", "a ends"], Journal.Of(key));
    }

    [Fact]
    public async Task A_call_may_start_while_only_interleaving_ones_run()
    {
        var (grain, key) = Turn("turn:beside-interleaving");
        var first = grain.Interleave("a");
        await Started(key, "a");
        Gates.Open(key + "b");

        await Eventually.Comes("the plain call, while an interleaving one runs", grain.Write("b"));

        Gates.Open(key + "a");
        await Eventually.Comes("the interleaving call", first);
    }

    [Fact]
    public async Task Readers_run_together_and_overtake_a_queued_writer()
    {
        var (grain, key) = Turn("turn:readers");
        var reader = grain.Read("r1");
        await Started(key, "r1");
        Gates.Open(key + "w");
        var writer = grain.Write("w");
        Gates.Open(key + "r2");

        await Eventually.Comes("a second reader, while the first one runs", grain.Read("r2"));

        Assert.DoesNotContain("w starts", Journal.Of(key));
        Gates.Open(key + "r1");
        await Eventually.Comes("the first reader and the writer", Task.WhenAll(reader, writer));
        Assert.Equal(["r1 starts", "r2 starts", "r2 ends", "r1 ends", "w starts", "w ends"], Journal.Of(key));
    }

    [Fact]
    public async Task A_reader_waits_for_a_running_writer()
    {
        var (grain, key) = Turn("turn:reader-waits");
        var writer = grain.Write("w");
        await Started(key, "w");
        Gates.Open(key + "r");
        var reader = grain.Read("r");
        Gates.Open(key + "w");

        await Eventually.Comes("both", Task.WhenAll(writer, reader));

        Assert.Equal(["w starts", "w ends", "r starts", "r ends"], Journal.Of(key));
    }

    [Fact]
    public async Task Calls_of_a_reentrant_grain_interleave()
    {
        var grain = host.Grains.GetGrain<IReentrantGrain>("reentrant:both");
        var first = grain.Write("a");
        await Started("reentrant:both", "a");
        Gates.Open("reentrant:bothb");

        await Eventually.Comes("the second call, while the first one runs", grain.Write("b"));

        Gates.Open("reentrant:botha");
        await Eventually.Comes("the first call", first);
    }

    [Fact]
    public async Task Turns_of_one_grain_never_run_at_the_same_time_even_if_it_is_reentrant()
    {
        var grain = host.Grains.GetGrain<IReentrantGrain>("reentrant:turns");

        var most = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => grain.CountInTurns(200)));

        Assert.All(most, seen => Assert.Equal(1, seen));
    }

    [Fact]
    public async Task Calls_made_at_once_do_not_lose_each_others_changes()
    {
        var (grain, _) = Turn("turn:count");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => grain.CountInTurns(10)));

        Assert.Equal(200, await grain.CountInTurns(0));
    }

    [Fact]
    public async Task A_grain_that_calls_itself_times_out_and_works_again()
    {
        var (grain, key) = Turn("turn:deadlock");

        await Assert.ThrowsAsync<TimeoutException>(grain.CallItself);

        Gates.Open(key + "after");
        await Eventually.Comes("a call after the deadlock", grain.Write("after"));
        Assert.Equal(["after starts", "after ends"], Journal.Of(key));
    }

    [Fact]
    public async Task A_grain_may_call_itself_where_the_call_interleaves()
    {
        var (grain, key) = Turn("turn:own-interleave");
        Gates.Open(key + "a");

        await Eventually.Comes("the call to itself", grain.CallItselfInterleaved("a"));
    }

    [Fact]
    public async Task A_call_that_timed_out_in_the_queue_is_never_executed()
    {
        var (grain, key) = Turn("turn:expired");
        var first = grain.Write("a");
        await Started(key, "a");
        Gates.Open(key + "late");

        await Assert.ThrowsAsync<TimeoutException>(() => grain.WriteSoon("late"));

        Gates.Open(key + "a");
        await Eventually.Comes("the first call", first);
        Gates.Open(key + "b");
        await grain.Write("b");
        Assert.Equal(["a starts", "a ends", "b starts", "b ends"], Journal.Of(key));
    }

    [Fact]
    public async Task A_call_that_timed_out_while_it_ran_goes_on_to_its_end()
    {
        var (grain, key) = Turn("turn:slow");

        await Assert.ThrowsAsync<TimeoutException>(() => grain.WriteSoon("slow"));
        Gates.Open(key + "slow");

        await Eventually.True("the end of the slow call", () => Journal.Of(key).Contains("slow ends"));
    }

    [Fact]
    public async Task Awaiting_comes_back_to_the_grains_own_scheduler() =>
        Assert.True(await Turn("turn:scheduler").Grain.StaysOnItsScheduler());

    [Fact]
    public async Task The_factory_is_refused_outside_a_turn() =>
        Assert.Equal("refused", await Turn("turn:factory").Grain.UseFactoryOffTurn());

    [Fact]
    public async Task A_timer_is_refused_outside_a_turn() =>
        Assert.Equal("refused", await Turn("turn:timer").Grain.RegisterTimerOffTurn());

    private static Task Started(string key, string gate) =>
        Eventually.True($"the start of {gate} in {key}", () => Journal.Of(key).Contains($"{gate} starts"));

    private (ITurnGrain Grain, string Key) Turn(string key) => (host.Grains.GetGrain<ITurnGrain>(key), key);
}
