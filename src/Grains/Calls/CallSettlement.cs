using Calls.Contracts.MediaNodes;
using Calls.Contracts.Workspace;

namespace Calls.Grains.Calls;

/// <summary>Does what the saved state says is due (<see cref="CallDuty"/>), and confirms what is done. The rest is tried again.</summary>
internal sealed class CallSettlement(
    CallMemory call, CallMedia media, IWorkspace workspace, IRecords records, Func<CallLimits> limits, TimeProvider time, ILogger log)
{
    private CallState State => call.State;

    /// <summary>Does all that is due now.</summary>
    public async Task Settle()
    {
        var due = CallDuty.Of(State);
        if (due.Any(duty => duty is CallDuty.Place) && await Place()) { due = CallDuty.Of(State); }

        if (due.Any(duty => duty is CallDuty.LeaveFormer) && !await LeaveFormer())
        {
            // A mute or a removal holds only when it holds everywhere. Who is owed none may move meanwhile.
            due = [.. due.Where(duty => duty is CallDuty.Move { Session: var session } && session.HeldVersion == session.PermitVersion)];
        }

        await Task.WhenAll(due.Select(Do));
    }

    /// <summary>Takes the call to another node, while the one that carries it goes on. With no other node it stays.</summary>
    public async Task GoElsewhere()
    {
        if (State is not { IsRunning: true, Node: { } from, Incarnation: { } run } || !await LeaveFormer()) { return; }

        if (await media.Place(from) is not var (node, incarnation) || State.Node != from || State.Incarnation != run) { return; }

        log.PlacedOn(State.Id, node);
        await call.Remember(MediaTransitions.Elsewhere(State, node, incarnation));
        await Settle();
    }

    /// <summary>Finds the call a node.</summary>
    /// <returns>Whether there is one.</returns>
    public async Task<bool> Place(MediaNodeId? notThis = null)
    {
        if (await media.Place(notThis) is not var (node, incarnation)) { return false; }

        log.PlacedOn(State.Id, node);
        await call.Remember(CallOutcome.Accept(MediaTransitions.Placed(State, node, incarnation)));
        return true;
    }

    /// <summary>Makes room on the node for a session that wants to join.</summary>
    /// <returns>Why there is none; null when there is.</returns>
    public async Task<Refusal?> MakeRoom(SessionState session, string? traceParent)
    {
        MediaNodeId? notThis = null;
        for (var attempt = 0; attempt < CallMedia.PlacementAttempts; attempt++)
        {
            if (State.Node is null && !await Place(notThis)) { return Refusal.NoMediaNode; }

            var (node, run) = (State.Node!.Value, State.Incarnation!);
            var reserved = await media.Reserve(State, session, traceParent);
            switch (reserved.Error)
            {
                case null: return null;
                case NodeError.CallFull: return Refusal.CallFull;
                case NodeError.WrongIncarnation or NodeError.NotReserved:
                    await Lose(node, run);
                    break;
                case var error when !State.Sessions.IsEmpty:
                    return error is NodeError.Full or NodeError.Draining ? Refusal.NoMediaNode : Refusal.Unavailable;
                default:
                    // Nobody is in the call yet: it may as well be elsewhere.
                    notThis = node;
                    await Lose(node, run);
                    break;
            }
        }

        return Refusal.NoMediaNode;
    }

    /// <summary>What a node's refusal of an offer means for the client. A session that is gone there is due a move.</summary>
    public async Task<Refusal> OfferFailed(SessionState session, NodeError error)
    {
        switch (error)
        {
            case NodeError.SdpRejected: return Refusal.SdpRejected;
            case NodeError.Malformed or NodeError.OfferConflict: return Refusal.Invalid;
            case NodeError.Superseded: return Refusal.MediaMoved;
            case NodeError.TooLarge: return Refusal.TooLarge;
            case NodeError.TooFast: return Refusal.RateLimited;
            case NodeError.Full or NodeError.CallFull or NodeError.Draining: return Refusal.NoMediaNode;
            case NodeError.NotReserved:
                // Done at the next upkeep: an offer interleaves, and settling is for turns of their own.
                if (State.Find(session.Id)?.Generation == session.Generation)
                {
                    await call.Remember(MediaTransitions.Move(State, session.Id));
                }

                return Refusal.MediaMoved;
            case NodeError.WrongIncarnation:
                if (State is { Node: { } node, Incarnation: { } run }) { await call.Remember(MediaTransitions.NodeLost(State, node, run)); }

                return Refusal.MediaMoved;
            default: return Refusal.Unavailable;
        }
    }

    private async Task Lose(MediaNodeId node, string run)
    {
        await call.Remember(MediaTransitions.NodeLost(State, node, run));
        await Settle();
    }

    private Task Do(CallDuty duty) => duty switch
    {
        CallDuty.Place or CallDuty.LeaveFormer => Task.CompletedTask,
        CallDuty.Move move => Move(move.Session),
        CallDuty.Permit permit => Permit(permit.Session),
        CallDuty.Close close => Close(close.Session),
        CallDuty.CloseCall => CloseCall(),
        CallDuty.FinishPost => Finish(
            "finish its post", () => CallClosing.FinishPost(workspace.Posts, State, CancellationToken.None), end => end with { PostDone = true }),
        CallDuty.KeepRecord => Finish("keep its record", KeepRecord, end => end with { RecordDone = true }),
        _ => throw new InvalidOperationException($"Unknown duty {duty}."),
    };

    private async Task Move(SessionState session)
    {
        var (node, run) = (State.Node!.Value, State.Incarnation!);
        var reserved = await media.Reserve(State, session, traceParent: null);
        if (reserved.IsAccepted)
        {
            log.Moved(State.Id, session.Id, session.Generation);
            await call.Remember(MediaTransitions.Moved(State, session.Id, session.Generation, limits(), time.GetUtcNow()));
            call.Confirm(MediaTransitions.Held(State, session.Id, session.PermitVersion));
        }
        else if (CallMedia.IsOver(reserved.Error))
        {
            await call.Remember(MediaTransitions.NodeLost(State, node, run));
        }
        else
        {
            log.Owed(State.Id, "move a session", reserved.Error);
        }
    }

    private async Task Permit(SessionState session)
    {
        var (node, run) = (State.Node!.Value, State.Incarnation!);
        var held = await media.Permit(State, session);
        switch (held.Error)
        {
            case null:
                call.Confirm(MediaTransitions.Held(State, session.Id, session.PermitVersion));
                break;
            case NodeError.NotReserved:
                // Its media is gone there, so nothing of it can be heard; the next generation is reserved with what it may do.
                await call.Remember(MediaTransitions.Move(State, session.Id));
                break;
            case NodeError.WrongIncarnation:
                await call.Remember(MediaTransitions.NodeLost(State, node, run));
                break;
            default:
                log.Owed(State.Id, "mute or unmute", held.Error);
                break;
        }
    }

    private async Task Close(SessionId session)
    {
        var closed = await media.Close(State, session);
        if (closed.IsAccepted || CallMedia.IsOver(closed.Error)) { call.Confirm(MediaTransitions.Closed(State, session)); }
        else { log.Owed(State.Id, "close a session", closed.Error); }
    }

    // True: nothing of the call is there.
    private async Task<bool> LeaveFormer()
    {
        if (State.Former is not { } former) { return true; }

        var closed = await media.CloseCall(former);
        if (closed.IsAccepted || CallMedia.IsOver(closed.Error))
        {
            await call.Remember(CallOutcome.Accept(MediaTransitions.Left(State, former)));
            return true;
        }

        log.Owed(State.Id, "close its media on the node it has left", closed.Error);
        return false;
    }

    private async Task CloseCall()
    {
        var closed = State.Node is null ? Nothing.Value : await media.CloseCall(State);
        if (!await LeaveFormer()) { return; }

        if (closed.IsAccepted || CallMedia.IsOver(closed.Error)) { Confirm(end => end with { MediaDone = true }); }
        else { log.Owed(State.Id, "close its media", closed.Error); }
    }

    private async Task KeepRecord()
    {
        var channel = await workspace.Channels.Find(State.Channel, CancellationToken.None);
        await records.AddCall(CallClosing.RecordOf(State, channel?.Kind), CancellationToken.None);
    }

    // The workspace is another system: what it cannot do now it is asked again, until it can.
    private async Task Finish(string what, Func<Task> act, Func<CallEnd, CallEnd> confirmed)
    {
        try
        {
            await act();
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
