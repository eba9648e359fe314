using Calls.Contracts.MediaNodes;
using Calls.Contracts.Workspace;

namespace Calls.Grains.Calls;

/// <summary>
/// Does what the saved state says is due (<see cref="CallDuty"/>), and confirms what is done. The rest is tried again once a second:
/// not with every command, each of which would wait for a node that does not answer.
/// </summary>
internal sealed class CallSettlement(
    CallMemory call,
    CallMedia media,
    CallPlacement placement,
    IWorkspace workspace,
    IRecords records,
    Func<CallLimits> limits,
    TimeProvider time,
    ILogger log)
{
    /// <summary>How long the workspace may take at once: meanwhile whoever asks the call something waits.</summary>
    private static readonly TimeSpan s_workspaceTimeout = TimeSpan.FromSeconds(5);

    // What has become of a duty otherwise than it was tried is another one.
    private readonly HashSet<CallDuty> _inVain = [];
    private bool _lacksRoom;

    private CallState State => call.State;

    /// <summary>What was tried in vain is to be tried again.</summary>
    public void TryAgain() => _inVain.Clear();

    /// <summary>What was tried in vain for these sessions is to be tried again: somebody waits for it.</summary>
    public void TryAgain(Func<SessionId, bool> concerned) => _inVain.RemoveWhere(duty => duty.About is { } session && concerned(session));

    /// <summary>Does all that is due now, but for what was tried in vain since <see cref="TryAgain()"/>.</summary>
    public async Task Settle()
    {
        var due = Due();
        if (due.Any(duty => duty is CallDuty.Place) && await placement.Place()) { due = Due(); }

        _lacksRoom = false;
        await Task.WhenAll(due.Select(Do));
        if (due.Length > 0) { _inVain.UnionWith(CallDuty.Of(State).Intersect(due)); }

        if (_lacksRoom && await placement.SeekRoom()) { await Settle(); }
    }

    private ImmutableArray<CallDuty> Due() => [.. CallDuty.Of(State).Where(duty => !_inVain.Contains(duty))];

    private Task Do(CallDuty duty) => duty switch
    {
        CallDuty.Place => Task.CompletedTask,
        CallDuty.LeaveFormer leave => LeaveFormer(leave.Former),
        CallDuty.Move move => Move(move.Session),
        CallDuty.Permit permit => Permit(permit.Session),
        CallDuty.Close close => Close(close.Session),
        CallDuty.CloseCall => CloseCall(),
        CallDuty.FinishPost => Finish("finish its post", FinishPost, end => end with { PostDone = true }),
        CallDuty.KeepRecord => Finish("keep its record", KeepRecord, end => end with { RecordDone = true }),
        _ => throw new InvalidOperationException($"Unknown duty {duty}."),
    };

    private async Task Move(SessionState session)
    {
        var at = State.Place!;
        var holdsElsewhere = HoldInFormer(session);
        var reserved = await media.Reserve(at, session, traceParent: null);
        var holds = await holdsElsewhere;
        if (reserved.IsAccepted)
        {
            log.Moved(State.Id, session.Id, session.Generation);
            await call.Remember(MediaTransitions.Moved(State, session.Id, session.Generation, limits(), time.GetUtcNow()));
            if (holds) { call.Confirm(MediaTransitions.Held(State, session.Id, session.PermitVersion)); }
        }
        else if (CallMedia.IsOver(reserved.Error))
        {
            await call.Remember(MediaTransitions.NodeLost(State, at.Node, at.Incarnation));
        }
        else if (reserved.Error == NodeError.Superseded)
        {
            // The node has had this generation: its answer was lost, and nobody has made use of the room.
            await Renew(session, holds);
        }
        else
        {
            _lacksRoom |= CallMedia.HasNoRoom(reserved.Error);
            log.Owed(State.Id, "move a session", reserved.Error);
        }
    }

    private async Task Permit(SessionState session)
    {
        var at = State.Place;
        var holdsElsewhere = HoldInFormer(session);
        var held = at is null ? session.Permissions : await media.Permit(at, session);
        var holds = await holdsElsewhere;
        switch (held.Error)
        {
            case null:
                if (holds) { call.Confirm(MediaTransitions.Held(State, session.Id, session.PermitVersion)); }
                break;
            case NodeError.NotReserved:
                await Renew(session, holds);
                break;
            case NodeError.WrongIncarnation:
                await call.Remember(MediaTransitions.NodeLost(State, at!.Node, at.Incarnation));
                break;
            default:
                log.Owed(State.Id, "mute or unmute", held.Error);
                break;
        }
    }

    // What a session may publish holds only when it holds everywhere. What of it is gone somewhere cannot be heard there.
    private async Task<bool> HoldInFormer(SessionState session)
    {
        if (session.HeldVersion == session.PermitVersion || State.Former.IsEmpty) { return true; }

        var held = await Task.WhenAll(State.Former.Select(former => media.Permit(former, session)));
        if (held.FirstOrDefault(answer => !IsDone(answer)) is not { } refused) { return true; }

        log.Owed(State.Id, "mute or unmute on a node it has left", refused.Error);
        return false;
    }

    // Its media is gone there, so nothing of it can be heard; the next generation is reserved with what it may do.
    private Task Renew(SessionState session, bool holdsElsewhere) => call.Remember(MediaTransitions.GenerationOver(
        holdsElsewhere ? MediaTransitions.Held(State, session.Id, session.PermitVersion) : State, session.Id, session.Generation));

    private async Task Close(SessionId session)
    {
        var closed = await Task.WhenAll(State.Places.Select(place => media.Close(place, session)));
        if (closed.FirstOrDefault(answer => !IsDone(answer)) is { } refused) { log.Owed(State.Id, "close a session", refused.Error); }
        else { call.Confirm(MediaTransitions.Closed(State, session)); }
    }

    private async Task LeaveFormer(CallPlace former)
    {
        var closed = await media.CloseCall(former);
        if (IsDone(closed)) { await call.Remember(CallOutcome.Accept(MediaTransitions.Left(State, former))); }
        else { log.Owed(State.Id, "close its media on a node it has left", closed.Error); }
    }

    private async Task CloseCall()
    {
        var closed = await Task.WhenAll(State.Places.Select(media.CloseCall));
        if (closed.FirstOrDefault(answer => !IsDone(answer)) is { } refused) { log.Owed(State.Id, "close its media", refused.Error); }
        else { Confirm(end => end with { MediaDone = true }); }
    }

    private static bool IsDone<T>(NodeAnswer<T> answer) => answer.IsAccepted || CallMedia.IsOver(answer.Error);

    private async Task FinishPost(CancellationToken limit)
    {
        var finished = await CallClosing.FinishPost(workspace.Posts, State, limit);
        if (!finished.IsAccepted) { log.PostRefused(State.Id, finished.Refusal); }
    }

    private async Task KeepRecord(CancellationToken limit)
    {
        var channel = await workspace.Channels.Find(State.Channel, limit);
        await records.AddCall(CallClosing.RecordOf(State, channel?.Kind), limit);
    }

    // The workspace is another system: what it cannot do now it is asked again, until it can.
    private async Task Finish(string what, Func<CancellationToken, Task> act, Func<CallEnd, CallEnd> confirmed)
    {
        using var limit = new CancellationTokenSource(s_workspaceTimeout, time);
        try
        {
            await act(limit.Token).WaitAsync(limit.Token);
            Confirm(confirmed);
        }
        catch (Exception problem)
        {
            log.WorkspaceFailed(State.Id, what, problem);
        }
    }

    private void Confirm(Func<CallEnd, CallEnd> confirmed)
    {
        if (State.End is { } end) { call.Confirm(State with { End = confirmed(end) }); }
    }
}
