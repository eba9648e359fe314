using Calls.Orleans.Embedded.Tests.Grains;

namespace Calls.Orleans.Embedded.Tests;

public sealed class ReminderTests(SharedHost host) : IClassFixture<SharedHost>
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_grain_knows_its_own_reminders_until_it_ends_them()
    {
        var grain = host.Grains.GetGrain<IReminderGrain>("reminder:names");
        await grain.Remind("a", s_hour, s_hour);
        await grain.Remind("b", s_hour, s_hour);
        await grain.Remind("a", s_hour, s_hour);

        Assert.Equal(["a", "b"], await Sorted(grain));
        await grain.Forget("a");

        Assert.Equal(["b"], await Sorted(grain));
        Assert.Empty(await Sorted(host.Grains.GetGrain<IReminderGrain>("reminder:other")));
    }

    [Fact]
    public async Task A_period_under_a_minute_is_refused() => await Assert.ThrowsAsync<ArgumentException>(
        () => host.Grains.GetGrain<IReminderGrain>("reminder:short").Remind("a", s_hour, TimeSpan.FromSeconds(59)));

    [Fact]
    public async Task A_grain_that_cannot_receive_reminders_is_refused_one() => await Assert.ThrowsAsync<InvalidOperationException>(
        () => host.Grains.GetGrain<IForgetfulGrain>("forgetful:a").Remind());

    private static async Task<IReadOnlyList<string>> Sorted(IReminderGrain grain) => await grain.Names();
}
