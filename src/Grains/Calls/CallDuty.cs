namespace Calls.Grains.Calls;

/// <summary>
/// What must still happen. Not a list that is kept but what the saved state says is not yet confirmed, so nothing is
/// forgotten by a crash; each may be repeated.
/// </summary>
internal abstract record CallDuty
{
    private CallDuty() { }

    /// <summary>Find a node for the call.</summary>
    internal sealed record Place : CallDuty;

    /// <summary>
    /// Close the call's media on the node it has left: when everybody has moved, and at once where media that still flows there
    /// would break a mute, a stopped screen or a removal.
    /// </summary>
    internal sealed record LeaveFormer(FormerNode Former) : CallDuty;

    /// <summary>Reserve a moved session's generation, then tell its client.</summary>
    internal sealed record Move(SessionState Session) : CallDuty;

    /// <summary>Make the node hold what the session may publish.</summary>
    internal sealed record Permit(SessionState Session) : CallDuty;

    /// <summary>Close the media of a session that has left.</summary>
    internal sealed record Close(SessionId Session) : CallDuty;

    /// <summary>Close all media of the ended call.</summary>
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

        // Without a node there is nobody to move to, mute at or close.
        if (call.Node is null) { return call.Sessions.IsEmpty ? [] : [new Place()]; }

        var due = ImmutableArray.CreateBuilder<CallDuty>();
        if (call.Former is { } former && (HaveMoved(call) || IsOwed(call))) { due.Add(new LeaveFormer(former)); }

        foreach (var session in call.Sessions)
        {
            if (session.MoveDue) { due.Add(new Move(session)); }
            else if (session.HeldVersion < session.PermitVersion) { due.Add(new Permit(session)); }
        }

        due.AddRange(call.Closing.Select(session => new Close(session)));
        return due.ToImmutable();
    }

    private static bool HaveMoved(CallState call) => call.Sessions.All(session => !session.MoveDue && session.Media == MediaLink.Up);

    private static bool IsOwed(CallState call) =>
        !call.Closing.IsEmpty || call.Sessions.Any(session => session.HeldVersion < session.PermitVersion);

    private static ImmutableArray<CallDuty> OfEnd(CallEnd end)
    {
        var due = ImmutableArray.CreateBuilder<CallDuty>();
        if (!end.MediaDone) { due.Add(new CloseCall()); }
        if (!end.PostDone) { due.Add(new FinishPost()); }
        if (!end.RecordDone) { due.Add(new KeepRecord()); }
        return due.ToImmutable();
    }
}
