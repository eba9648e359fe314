namespace Calls.Grains.Calls;

/// <summary>
/// News that a rule asks to be told. One-way and never repeated: who misses it reads the state. What must happen is a
/// <see cref="CallDuty"/> instead.
/// </summary>
internal abstract record CallEffect
{
    private CallEffect() { }

    /// <summary>To all sessions, as this number in the call's order.</summary>
    internal sealed record Announce(long Sequence, CallEvent Event) : CallEffect;

    /// <summary>To the online members of the channel.</summary>
    internal sealed record AnnounceToChannel(CallEvent Event) : CallEffect;

    /// <summary>To one session, at the gateway that holds or held it.</summary>
    internal sealed record TellSession(SessionId Session, GatewayId? Gateway, CallEvent Event) : CallEffect;

    /// <summary>To all sessions, outside the call's order and not kept.</summary>
    internal sealed record TellAll(CallEvent Event) : CallEffect;

    /// <summary>To all devices of a user, in the call or not.</summary>
    internal sealed record TellUser(UserId User, CallEvent Event) : CallEffect;

    /// <summary>The channel's members are due a new count, at most once a second.</summary>
    internal sealed record RosterChanged : CallEffect;

    /// <summary>A user has a first session here.</summary>
    internal sealed record UserEntered(UserId User) : CallEffect;

    /// <summary>A user has no session here any more; counted by the reason of the last.</summary>
    internal sealed record UserLeft(UserId User) : CallEffect;

    /// <summary>A session is over; for the figures.</summary>
    internal sealed record SessionOver(LeaveReason Reason) : CallEffect;
}
