using Calls.Contracts.Ids;
using Calls.Grains.Users;
using static Calls.Grains.Tests.Calls.TestCall;

namespace Calls.Grains.Tests.Users;

public sealed class UserTransitionsTests
{
    [Fact]
    public void A_user_is_in_the_calls_that_say_so_and_are_heard_of()
    {
        var user = UserTransitions.Enter(new UserState(), Call, Channel, Noon);
        user = UserTransitions.Enter(user, Id<CallId>(2), Channel, Noon.AddSeconds(100));

        Assert.Equal(2, UserTransitions.Present(user, Noon.AddSeconds(149)).Count());
        Assert.Equal(Id<CallId>(2), Assert.Single(UserTransitions.Present(user, Noon.AddSeconds(150))).Call);
        Assert.Empty(UserTransitions.Leave(UserTransitions.Leave(user, Call), Id<CallId>(2)).Calls);
    }

    [Fact]
    public void A_renewal_alone_is_not_worth_a_write()
    {
        var user = UserTransitions.Enter(new UserState(), Call, Channel, Noon);

        Assert.True(UserTransitions.IsWorthSaving(new UserState(), user));
        Assert.False(UserTransitions.IsWorthSaving(user, UserTransitions.Enter(user, Call, Channel, Noon.AddSeconds(30))));
        Assert.True(UserTransitions.IsWorthSaving(user, UserTransitions.Leave(user, Call)));
    }

    [Fact]
    public void After_a_restart_every_call_has_its_time_to_be_heard()
    {
        var user = UserTransitions.Reawaken(UserTransitions.Enter(new UserState(), Call, Channel, Noon), Noon.AddDays(1));

        Assert.Single(UserTransitions.Present(user, Noon.AddDays(1).AddSeconds(149)));
    }
}
