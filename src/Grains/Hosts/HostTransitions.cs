using Calls.Contracts.Hosts;
using Calls.Grains.Calls;

namespace Calls.Grains.Hosts;

/// <summary>Who holds the chair, who inherits it, and who may use it. Applied by the call, so that a leave and its succession are one save.</summary>
internal static class HostTransitions
{
    /// <summary>
    /// Settles the chair after a join or leave: the locked host if here, else the present host if here, else whoever of
    /// those here joined first. Empty only when the call is: then nothing changes.
    /// </summary>
    public static CallOutcome Settle(CallOutcome outcome)
    {
        var call = outcome.State;
        if (call.Sessions.IsEmpty) { return outcome; }

        var heir = call.LockedUser is { } locked && call.Has(locked) ? locked
            : call.Has(call.Host) ? call.Host
            : call.Sessions[0].User;
        if (heir == call.Host) { return outcome; }

        var returned = heir == call.LockedUser;
        return (outcome with { State = call with { Host = heir } }).Announce(new CallEvent.HostChanged(
            heir, returned, By: null, returned ? HostChangeReason.Returned : HostChangeReason.Succeeded));
    }

    /// <summary>Gives the chair away and locks it for whom it is given to.</summary>
    public static CallOutcome Transfer(CallState call, UserId to, HostAuthority authority)
    {
        if (Refuse(call, authority) is { } refusal) { return CallOutcome.Refuse(call, refusal); }

        if (!call.Has(to)) { return CallOutcome.Refuse(call, Refusal.NotInCall); }

        // The same again is a client's retry.
        if (call.Host == to && call.LockedUser == to) { return CallOutcome.Accept(call); }

        return CallOutcome.Accept(call with { Host = to, LockedUser = to })
            .Announce(new CallEvent.HostChanged(to, Locked: true, authority.By, HostChangeReason.Transferred));
    }

    /// <summary>Why a control that the host's rules allowed is no longer allowed here: the chair may have moved on the way.</summary>
    public static Refusal? Refuse(CallState call, HostAuthority authority) =>
        call.Phase != CallPhase.Live ? Refusal.NoCall
        : authority.AsAdmin || call.Host == authority.By ? null
        : Refusal.Forbidden;

    /// <summary>By what right somebody may use a host control.</summary>
    public static Answer<HostAuthority> Authorise(CallSnapshot? call, HostAuthor author)
    {
        if (call is null || call.Sessions.IsEmpty) { return Answer<HostAuthority>.Refuse(Refusal.NoCall); }

        // A host who is an admin too acts as host: that is what the others see.
        if (call.HostUserId == author.User) { return new HostAuthority(author.User, AsAdmin: false); }

        return author.IsAdmin
            ? new HostAuthority(author.User, AsAdmin: true)
            : Answer<HostAuthority>.Refuse(Refusal.Forbidden);
    }
}
