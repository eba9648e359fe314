using Calls.Orleans.Embedded.Tests.Grains;
using Calls.Support;
using Calls.TestHost;

namespace Calls.Orleans.Embedded.Tests.EmbeddedOnly;

/// <summary>Reminders kept in the file; a test's cluster keeps its own in memory.</summary>
public sealed class SavedRemindersTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_reminder_comes_when_it_is_due_and_again_after_each_period()
    {
        await using var host = await Start();
        await host.Grains.GetGrain<IReminderGrain>("reminder:due").Remind("wake", 2 * s_minute, s_minute);

        await Pass(host, "reminder:due", 2, "wake at 12:02");
        await Pass(host, "reminder:due", 1, "wake at 12:03");

        Assert.Equal(["wake at 12:02", "wake at 12:03"], Journal.Of("reminder:due"));
    }

    [Fact]
    public async Task A_tick_carries_nothing_of_the_call_that_asked_for_it()
    {
        await using var host = await GrainTestHost.Start();
        RequestContext.Set("tests.who", "me");
        await host.Grains.GetGrain<IReminderGrain>("reminder:context").Remind("wake", TimeSpan.Zero, s_minute);

        var notes = await Eventually.Sees("a tick", () => Journal.Of("reminder:context"), notes => notes.Length > 0);

        Assert.DoesNotContain("for me", notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reminder_survives_the_death_of_the_silo()
    {
        await using var host = await Start();
        await host.Grains.GetGrain<IReminderGrain>("reminder:killed").Remind("wake", s_minute, s_minute);

        await host.KillAndRestart();

        await Pass(host, "reminder:killed", 1, "wake at 12:01");
    }

    [Fact]
    public async Task Ticks_missed_while_the_silo_was_down_stay_missed()
    {
        await using var host = await Start();
        await host.Grains.GetGrain<IReminderGrain>("reminder:missed").Remind("wake", s_minute, s_minute);
        await host.Stop();
        host.Time.Advance(TimeSpan.FromMinutes(10.5));

        await host.Restart();
        await Pass(host, "reminder:missed", 0.5, "wake at 12:11");

        Assert.Equal(["wake at 12:11"], Journal.Of("reminder:missed"));
    }

    [Fact]
    public async Task An_ended_reminder_stays_ended_after_a_restart()
    {
        await using var host = await Start();
        await host.Grains.GetGrain<IReminderGrain>("reminder:ended").Remind("a", s_minute, s_minute);
        await host.Grains.GetGrain<IReminderGrain>("reminder:ended").Remind("b", s_minute, s_minute);
        await host.Grains.GetGrain<IReminderGrain>("reminder:ended").Forget("a");

        await host.Restart();

        Assert.Equal("b", Assert.Single(await host.Grains.GetGrain<IReminderGrain>("reminder:ended").Names()));
    }

    private static Task<GrainTestHost> Start() => GrainTestHost.Start(options => options.Time = new ManualTime());

    private static async Task Pass(GrainTestHost host, string key, double minutes, string expected)
    {
        host.Time.Advance(s_minute * minutes);
        await Eventually.Sees($"'{expected}' of {key}", () => Journal.Of(key), notes => notes.Contains(expected));
        await Eventually.True("the next tick being armed", () => host.Time.NextDue <= host.Time.GetUtcNow() + s_minute);
    }
}
