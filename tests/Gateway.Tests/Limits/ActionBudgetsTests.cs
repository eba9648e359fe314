using Calls.Gateway.Limits;
using Calls.Support;

namespace Calls.Gateway.Tests.Limits;

public class ActionBudgetsTests
{
    private const double PerSecond = 1;
    private const int Burst = 2;

    private readonly ManualTime _time = new();

    [Fact]
    public void A_budget_is_forgotten_when_it_is_full_again_and_not_before()
    {
        var budgets = new ActionBudgets(keysMax: 10, _time);
        for (var i = 0; i < 200; i++) { budgets.Take("greedy", PerSecond, burst: 200); }
        budgets.Take("modest", PerSecond, burst: 200);

        _time.Advance(ActionBudgets.SweepEvery);
        budgets.Take("another", PerSecond, Burst);
        Assert.Equal(2, budgets.Count); // The greedy one has 60 of 200.
        for (var i = 0; i < 60; i++) { Assert.Null(budgets.Take("greedy", PerSecond, burst: 200)); }

        Assert.NotNull(budgets.Take("greedy", PerSecond, burst: 200));
    }

    [Fact]
    public void Where_there_is_no_room_the_newcomers_share_one_budget_and_the_others_keep_theirs()
    {
        var budgets = new ActionBudgets(keysMax: 3, _time);
        Assert.Null(budgets.Take("known", PerSecond, Burst));
        for (var i = 0; i < 1000; i++) { budgets.Take($"made up {i}", PerSecond, Burst); }

        Assert.InRange(budgets.Count, 3, 4);
        Assert.NotNull(budgets.Take("new", PerSecond, Burst));
        Assert.Null(budgets.Take("known", PerSecond, Burst));
    }

    [Fact]
    public void Many_at_once_get_no_more_than_the_burst()
    {
        var budgets = new ActionBudgets(keysMax: 10, _time);
        var granted = 0;
        Parallel.For(0, 1000, _ =>
        {
            if (budgets.Take("one", PerSecond, burst: 100) is null) { Interlocked.Increment(ref granted); }
        });

        Assert.Equal(100, granted);
    }
}
