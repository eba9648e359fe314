using Calls.Contracts.Calls;
using Calls.Contracts.Hosts;
using Calls.Grains.Calls;
using Calls.Grains.Hosts;
using Calls.Grains.Tests.Calls;
using static Calls.Grains.Tests.Calls.TestCall;

namespace Calls.Grains.Tests.Hosts;

/// <summary>BEHAVIOUR.md 3.2.</summary>
public sealed class HostTransitionsTests
{
    [Fact]
    public void The_chair_stays_while_any_session_of_the_host_is_there()
    {
        var left = Leave(Live(Alice, Alice, Bob), 1);

        Assert.Equal(Alice, left.State.Host);
        Assert.DoesNotContain(left.Announced(), news => news is CallEvent.HostChanged);
    }

    [Fact]
    public void The_earliest_of_those_present_succeeds_the_host()
    {
        var left = Leave(Live(Alice, Bob, Carol), 1);

        Assert.Equal(Bob, left.State.Host);
        Assert.Equal(new CallEvent.HostChanged(Bob, false, null, HostChangeReason.Succeeded), left.Announced()[^1]);
    }

    [Fact]
    public void A_host_in_grace_keeps_the_chair()
    {
        var call = SessionTransitions.HubClosed(Live(Alice, Bob), Session(1), Limits, Noon).State;

        Assert.Equal(Alice, Leave(Join(call, Carol, 3), 2).State.Host);
    }

    [Fact]
    public void A_host_who_left_and_returns_without_a_lock_is_not_host_again()
    {
        var call = Join(Leave(Live(Alice, Bob), 1).State, Alice, 3);

        Assert.Equal(Bob, call.Host);
    }

    [Fact]
    public void Transfer_moves_and_locks_the_chair_S37()
    {
        var given = HostTransitions.Transfer(Live(Alice, Bob), Bob, new HostAuthority(Alice, false));

        Assert.Equal(Bob, given.State.Host);
        Assert.True(CallView.Of(given.State).HostLocked);
        Assert.Equal(new CallEvent.HostChanged(Bob, true, Alice, HostChangeReason.Transferred), Assert.Single(given.Announced()));
    }

    [Fact]
    public void The_locked_host_gets_the_chair_back_when_they_return_S38()
    {
        var call = HostTransitions.Transfer(Live(Alice, Bob, Carol), Carol, new HostAuthority(Alice, false)).State;

        var gone = Leave(call, 3);
        var back = CallTransitions.Join(gone.State, Admit(gone.State, Carol, 4).Value!, Noon);

        Assert.Equal(Alice, gone.State.Host);
        Assert.False(CallView.Of(gone.State).HostLocked);
        Assert.Equal(Carol, back.State.Host);
        Assert.Equal(new CallEvent.HostChanged(Carol, true, null, HostChangeReason.Returned), back.Announced()[^1]);
    }

    [Fact]
    public void A_new_transfer_replaces_the_lock()
    {
        var call = HostTransitions.Transfer(Live(Alice, Bob, Carol), Carol, new HostAuthority(Alice, false)).State;

        call = HostTransitions.Transfer(call, Bob, new HostAuthority(Carol, false)).State;
        call = Leave(call, 2).State;

        Assert.Equal(Bob, call.LockedUser);
        Assert.Equal(Alice, call.Host);
    }

    [Fact]
    public void The_same_transfer_again_says_yes_and_tells_nobody()
    {
        var call = HostTransitions.Transfer(Live(Alice, Bob), Bob, new HostAuthority(Alice, true)).State;

        var again = HostTransitions.Transfer(call, Bob, new HostAuthority(Alice, true));

        Assert.True(again.Answer.IsAccepted);
        Assert.Empty(again.Effects);
    }

    [Fact]
    public void The_chair_goes_to_nobody_outside_and_by_nobody_without_it_S34_S39()
    {
        var call = Live(Alice, Bob);

        Assert.Equal(Refusal.NotInCall, HostTransitions.Transfer(call, Carol, new HostAuthority(Alice, false)).Answer.Refusal);
        Assert.Equal(Refusal.Forbidden, HostTransitions.Transfer(call, Bob, new HostAuthority(Bob, false)).Answer.Refusal);
        Assert.Equal(Refusal.NoCall, HostTransitions.Transfer(Starting(), Bob, new HostAuthority(Alice, true)).Answer.Refusal);
    }

    [Fact]
    public void A_control_needs_the_chair_or_an_admin_S34()
    {
        var call = CallView.Of(Live(Alice, Bob));

        Assert.Equal(new HostAuthority(Alice, false), HostTransitions.Authorise(call, new HostAuthor(Alice, true)).Value);
        Assert.Equal(new HostAuthority(Carol, true), HostTransitions.Authorise(call, new HostAuthor(Carol, true)).Value);
        Assert.Equal(Refusal.Forbidden, HostTransitions.Authorise(call, new HostAuthor(Bob, false)).Refusal);
        Assert.Equal(Refusal.NoCall, HostTransitions.Authorise(null, new HostAuthor(Alice, true)).Refusal);
    }
}
