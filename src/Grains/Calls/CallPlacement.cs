using Calls.Contracts.MediaNodes;

namespace Calls.Grains.Calls;

/// <summary>Finds the call a media node, and another one where that drains, is full or is gone.</summary>
internal sealed class CallPlacement(CallMemory call, CallMedia media, TimeProvider time, ILogger log)
{
    /// <summary>How often room for everybody is sought elsewhere: that reserves it for the whole call on node after node.</summary>
    private static readonly TimeSpan s_seekRoomEvery = TimeSpan.FromSeconds(30);

    private long? _soughtRoomAt;
    private int _soughtInVain;

    private CallState State => call.State;

    /// <summary>Finds the call a node.</summary>
    /// <returns>Whether there is one.</returns>
    public async Task<bool> Place(MediaNodeId? notThis = null)
    {
        if (await media.Place(notThis is { } refused ? [refused] : [], State.Sessions.Length) is not { } place) { return false; }

        log.PlacedOn(State.Id, place.Node);
        await call.Remember(CallOutcome.Accept(MediaTransitions.Placed(State, place.Node, place.Incarnation)));
        return true;
    }

    /// <summary>Takes the call to another node, while the one that carries it goes on. With no other node it stays.</summary>
    public async Task GoElsewhere()
    {
        if (State is not { IsRunning: true, Place: { } from }) { return; }

        if (await media.Place([from.Node], State.Sessions.Length) is not { } to || State.Place != from) { return; }

        log.PlacedOn(State.Id, to.Node);
        await call.Remember(MediaTransitions.Elsewhere(State, to.Node, to.Incarnation));
    }

    /// <summary>
    /// Takes the call to a node that has room for all of it, since the present one has none for some. Nobody loses a place for others'
    /// sake: room is made first, and what comes to nothing is closed, or ends by itself.
    /// </summary>
    /// <returns>Whether the call is elsewhere now.</returns>
    public async Task<bool> SeekRoom()
    {
        if (_soughtRoomAt is { } last && time.GetElapsedTime(last) < s_seekRoomEvery) { return false; }

        _soughtRoomAt = time.GetTimestamp();
        if (State.Place is not { } from) { return false; }

        // A place the call has left still carries those who have not moved: they would lose it by being given another there.
        ImmutableArray<MediaNodeId> tried = [from.Node, .. State.Former.Select(place => place.Node)];
        for (var attempt = 0; attempt < CallMedia.PlacementAttempts; attempt++)
        {
            if (await media.Place(tried, State.Sessions.Length) is not { } to) { return false; }

            var before = State;
            var there = MediaTransitions.Elsewhere(before, to.Node, to.Incarnation, skip: _soughtInVain);
            var made = await Task.WhenAll(there.State.Sessions.Select(session => media.Reserve(to, session, traceParent: null)));
            if (ReferenceEquals(before, State) && made.All(room => room.IsAccepted))
            {
                log.PlacedOn(State.Id, to.Node);
                await call.Remember(there);
                return true;
            }

            // What was reserved there once is never reserved there again.
            _soughtInVain++;
            await media.CloseCall(to);
            tried = tried.Add(to.Node);
        }

        return false;
    }

    /// <summary>Makes room on the node for a session that wants to join.</summary>
    /// <returns>The session as it has room, or why there is none.</returns>
    public async Task<Answer<SessionState>> MakeRoom(SessionState session, string? traceParent)
    {
        MediaNodeId? notThis = null;
        for (var attempt = 0; attempt < CallMedia.PlacementAttempts; attempt++)
        {
            if (State.Node is null && !await Place(notThis)) { break; }

            var at = State.Place!;
            var reserved = await media.Reserve(at, session, traceParent);
            switch (reserved.Error)
            {
                case null: return session;
                case NodeError.CallFull: return Answer<SessionState>.Refuse(Refusal.CallFull);
                case NodeError.Superseded:
                    // The join is repeated; the room that was made the first time has expired.
                    session = session with { Generation = session.Generation + 1 };
                    break;
                case NodeError.WrongIncarnation or NodeError.NotReserved:
                    await call.Remember(MediaTransitions.NodeLost(State, at.Node, at.Incarnation));
                    break;
                case var error when !State.Sessions.IsEmpty:
                    return Answer<SessionState>.Refuse(CallMedia.HasNoRoom(error) ? Refusal.NoMediaNode : Refusal.Unavailable);
                default:
                    // Nobody is in the call yet: it may as well be elsewhere.
                    notThis = at.Node;
                    await call.Remember(MediaTransitions.NodeLost(State, at.Node, at.Incarnation));
                    break;
            }
        }

        return Answer<SessionState>.Refuse(Refusal.NoMediaNode);
    }
}
