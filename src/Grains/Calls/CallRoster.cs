namespace Calls.Grains.Calls;

/// <summary>Whether it is known what the call's node has of it: not after a re-activation, a move or lost events. Then its roster is read.</summary>
internal sealed class CallRoster(CallMemory call, CallMedia media, Func<CallLimits> limits, TimeProvider time)
{
    public bool IsKnown { get; set; }

    /// <summary>Makes the call and its node agree, if that is needed and possible now.</summary>
    /// <returns>The place whose run turned out to be over; null: none.</returns>
    public async Task<CallPlace?> Reconcile()
    {
        if (IsKnown) { return null; }

        if (call.State.Phase != CallPhase.Live || call.State.Place is not { } at)
        {
            IsKnown = true;
            return null;
        }

        var roster = await media.Roster(at);

        // An offer that came between may have found out that the run is over.
        if (call.State.Place != at) { return null; }

        if (CallMedia.IsOver(roster.Error)) { return at; }

        if (roster is { IsAccepted: true, Value: { } value })
        {
            IsKnown = true;
            await call.Remember(CallReconciliation.Apply(call.State, value, limits(), time.GetUtcNow()));
        }

        return null;
    }
}
