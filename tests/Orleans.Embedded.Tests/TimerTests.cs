using Calls.Orleans.Embedded.Tests.Grains;
using Calls.Support;
using Calls.TestHost;

namespace Calls.Orleans.Embedded.Tests;

public sealed class TimerTests(SharedHost host) : IClassFixture<SharedHost>
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task A_timer_ticks_again_and_again()
    {
        await Timer("timer:plain").Start(s_soon, s_soon, false, "");

        await Noted("timer:plain", "tick 3");
    }

    [Fact]
    public async Task An_infinite_period_ticks_once_and_an_infinite_wait_not_at_all()
    {
        await Timer("timer:once").Start(s_soon, Timeout.InfiniteTimeSpan, false, "");
        await Timer("timer:paused").Start(Timeout.InfiniteTimeSpan, s_soon, false, "");
        await Timer("timer:beside").Start(s_soon, s_soon, false, "");

        await Noted("timer:once", "tick 1");
        await Noted("timer:beside", "tick 10");
        Assert.Equal(["tick 1"], Journal.Of("timer:once"));
        Assert.Empty(Journal.Of("timer:paused"));
    }

    [Fact]
    public async Task A_paused_timer_can_be_started()
    {
        await Timer("timer:resumed").Start(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, false, "");

        await Timer("timer:resumed").Change(s_soon, s_soon);

        await Noted("timer:resumed", "tick 2");
    }

    [Fact]
    public async Task A_tick_waits_for_the_running_call()
    {
        await Timer("timer:queued").Start(s_soon, s_soon, false, "");
        await Noted("timer:queued", "tick 1");
        var call = Timer("timer:queued").Hold("gate");
        await Noted("timer:queued", "holds");
        await Timer("timer:other").Start(s_soon, s_soon, false, "");
        await Noted("timer:other", "tick 5");   // time enough for a tick that did not wait
        Gates.Open("timer:queuedgate");
        await Eventually.Comes("the call", call);
        var notes = Journal.Of("timer:queued").ToList();

        Assert.Equal("held", notes[notes.IndexOf("holds") + 1]);
        var ticked = notes.Count(note => note.StartsWith("tick", StringComparison.Ordinal));
        await Noted("timer:queued", $"tick {ticked + 1}");
    }

    [Fact]
    public async Task An_interleaving_tick_does_not_wait()
    {
        var call = Timer("timer:interleaves").Hold("gate");
        await Noted("timer:interleaves", "holds");
        var second = Timer("timer:interleaves").Start(s_soon, s_soon, true, "");
        Gates.Open("timer:interleavesgate");
        await Task.WhenAll(call, second);
        var again = Timer("timer:interleaves").Hold("gate2");

        await Eventually.True(
            "a tick inside the second call",
            () => Journal.Of("timer:interleaves").SkipWhile(note => note != "held").SkipWhile(note => note != "holds")
                .Any(note => note.StartsWith("tick", StringComparison.Ordinal)));

        Gates.Open("timer:interleavesgate2");
        await Eventually.Comes("the call", again);
    }

    [Fact]
    public async Task Ticks_of_one_timer_never_overlap()
    {
        await Timer("timer:slow").Start(s_soon, s_soon, true, "wait");
        await Noted("timer:slow", "tick 1");
        await Timer("timer:quick").Start(s_soon, s_soon, false, "");
        await Noted("timer:quick", "tick 5");
        Gates.Open("timer:slowtick 1");

        await Noted("timer:slow", "tick 2");
        Assert.Equal(["tick 1", "tick 1 ends", "tick 2"], Journal.Of("timer:slow"));
        Gates.Open("timer:slowtick 2");
    }

    [Fact]
    public async Task A_tick_that_throws_does_not_end_the_timer()
    {
        await Timer("timer:throws").Start(s_soon, s_soon, false, "throw");

        await Noted("timer:throws", "tick 3");
    }

    [Fact]
    public async Task A_timer_disposed_in_its_own_tick_is_cancelled_and_silent()
    {
        await Timer("timer:disposed").Start(s_soon, s_soon, false, "dispose");
        await Noted("timer:disposed", "cancelled");
        await Timer("timer:after-disposed").Start(s_soon, s_soon, false, "");
        await Noted("timer:after-disposed", "tick 5");

        Assert.Equal(["tick 1", "cancelled"], Journal.Of("timer:disposed"));
    }

    [Fact]
    public async Task Timers_end_before_the_grain_is_told_that_it_leaves()
    {
        await Timer("timer:leaves").Start(s_soon, s_soon, false, "");
        await Noted("timer:leaves", "tick 1");

        await Timer("timer:leaves").Leave();
        await Noted("timer:leaves", "deactivated");
        await Timer("timer:after-left").Start(s_soon, s_soon, false, "");
        await Noted("timer:after-left", "tick 5");

        Assert.Equal("deactivated", Journal.Of("timer:leaves")[^1]);
    }

    [Fact]
    public async Task Timers_follow_the_clock_that_the_host_was_given()
    {
        await using var own = await GrainTestHost.Start(options => options.Time = new ManualTime());
        await own.Grains.GetGrain<ITimerGrain>("timer:manual").Start(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5), false, "");

        Assert.Empty(Journal.Of("timer:manual"));
        own.Time.Advance(TimeSpan.FromMinutes(5));

        await Noted("timer:manual", "tick 1");
    }

    private static Task<string[]> Noted(string key, string note) =>
        Eventually.Sees($"'{note}' of {key}", () => Journal.Of(key), notes => notes.Contains(note));

    private ITimerGrain Timer(string key) => host.Grains.GetGrain<ITimerGrain>(key);
}
