namespace Calls.Grains.Calls;

/// <summary>
/// What must still happen. Not a list that is kept but what the saved state says is not yet confirmed, so nothing is
/// forgotten by a crash; each may be repeated.
/// </summary>
internal abstract record CallDuty
{
    private CallDuty() { }

    /// <summary>Whose media it is about; null when it is not one session's.</summary>
    public virtual SessionId? About => null;

    /// <summary>Find a node for the call.</summary>
    internal sealed record Place : CallDuty;

    /// <summary>Close the call's media in a place it has left: everybody has moved.</summary>
    internal sealed record LeaveFormer(CallPlace Former) : CallDuty;

    /// <summary>Reserve a moved session's generation, then tell its client.</summary>
    internal sealed record Move(SessionState Session) : CallDuty
    {
        public override SessionId? About => Session.Id;
    }

    /// <summary>Make every place hold what the session may publish.</summary>
    internal sealed record Permit(SessionState Session) : CallDuty
    {
        public override SessionId? About => Session.Id;
    }

    /// <summary>Close the media of a session that has left, in every place.</summary>
    internal sealed record Close(SessionId Session) : CallDuty
    {
        public override SessionId? About => Session;
    }

    /// <summary>Close all media of the ended call, in every place.</summary>
    internal sealed record CloseCall : CallDuty;

    /// <summary>Write the end into the call's post, or delete that of a call that failed.</summary>
    internal sealed record FinishPost : CallDuty;

    /// <summary>Keep the ended call's record.</summary>
    internal sealed record KeepRecord : CallDuty;

    /// <summary>All that is due now.</summary>
    public static ImmutableArray<CallDuty> Of(CallState call)
    {
        if (call.End is { } end) { return OfEnd(end); }

        if (!call.IsRunning) { return []; }

        var due = ImmutableArray.CreateBuilder<CallDuty>();
        if (call.Node is null && !call.Sessions.IsEmpty) { due.Add(new Place()); }

        if (HaveMoved(call)) { due.AddRange(call.Former.Select(former => new LeaveFormer(former))); }

        // Without a node there is nobody to move to; in no place nothing is to be muted or closed.
        var isSomewhere = !call.Places.IsEmpty;
        foreach (var session in call.Sessions)
        {
            if (session.MoveDue && call.Node is not null) { due.Add(new Move(session)); }
            else if (session.HeldVersion < session.PermitVersion && isSomewhere) { due.Add(new Permit(session)); }
        }

        if (isSomewhere) { due.AddRange(call.Closing.Select(session => new Close(session))); }

        return due.ToImmutable();
    }

    /// <summary>Whether what was decided about sessions' media does not hold yet, in whichever place.</summary>
    public static bool IsOwed(CallState call, Func<SessionId, bool> concerned) => Of(call).Any(duty =>
        duty.About is { } session && concerned(session)
        && (duty is not Move { Session: var moving } || moving.HeldVersion < moving.PermitVersion));

    private static bool HaveMoved(CallState call) =>
        call.Node is not null && call.Sessions.All(session => !session.MoveDue && session.Media == MediaLink.Up);

    private static ImmutableArray<CallDuty> OfEnd(CallEnd end)
    {
        var due = ImmutableArray.CreateBuilder<CallDuty>();
        if (!end.MediaDone) { due.Add(new CloseCall()); }
        if (!end.PostDone) { due.Add(new FinishPost()); }
        if (!end.RecordDone) { due.Add(new KeepRecord()); }
        return due.ToImmutable();
    }
}
