using Calls.Gateway.Limits;
using Calls.Support;

namespace Calls.Gateway.Tests.Limits;

public class ActionBudgetTests
{
    private static readonly DateTimeOffset Noon = ManualTime.DefaultStart;

    [Fact]
    public void A_burst_is_allowed_and_then_one_waits_for_the_next_token()
    {
        var budget = ActionBudget.Full(burst: 3, Noon);
        for (var i = 0; i < 3; i++)
        {
            (budget, var wait) = budget.Take(perSecond: 2, burst: 3, Noon);
            Assert.Null(wait);
        }

        (budget, var refused) = budget.Take(2, 3, Noon);
        Assert.Equal(TimeSpan.FromSeconds(0.5), refused);
        Assert.Null(budget.Take(2, 3, Noon.AddSeconds(0.5)).Wait);
    }

    [Fact]
    public void A_long_rest_saves_no_more_than_a_burst()
    {
        var budget = new ActionBudget(0, Noon);
        (budget, _) = budget.Take(20, 100, Noon.AddHours(1));
        Assert.Equal(99, budget.Tokens);
    }

    [Fact]
    public void A_clock_that_was_set_back_gives_nothing_and_takes_nothing()
    {
        var (budget, wait) = new ActionBudget(2, Noon).Take(20, 100, Noon.AddHours(-1));
        Assert.Null(wait);
        Assert.Equal(1, budget.Tokens);
    }
}
