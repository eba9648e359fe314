using Calls.Contracts.MediaNodes;

namespace Calls.Grains.Calls;

/// <summary>What is asked of the node that carries the call, and what its refusals mean.</summary>
internal sealed partial class CallGrain
{
    /// <summary>Makes room for a session that wants to join.</summary>
    /// <returns>Why there is none; null when there is.</returns>
    private async Task<Refusal?> Reserve(SessionState session, string? traceParent)
    {
        MediaNodeId? notThis = null;
        for (var attempt = 0; attempt < CallMedia.PlacementAttempts; attempt++)
        {
            if (_call.Node is null && !await Place(notThis)) { return Refusal.NoMediaNode; }

            var node = _call.Node!.Value;
            var reserved = await _media.Reserve(_call, session, traceParent);
            switch (reserved.Error)
            {
                case null: return null;
                case NodeError.CallFull: return Refusal.CallFull;
                case NodeError.WrongIncarnation or NodeError.NotReserved:
                    await NodeLost(node, _call.Incarnation!);
                    break;
                case var error when !_call.Sessions.IsEmpty:
                    return error is NodeError.Full or NodeError.Draining ? Refusal.NoMediaNode : Refusal.Unavailable;
                default:
                    // Nobody is in the call yet: it may as well be elsewhere.
                    notThis = node;
                    await NodeLost(node, _call.Incarnation!);
                    break;
            }
        }

        return Refusal.NoMediaNode;
    }

    /// <summary>What a node's refusal of an offer means for the client; a session that is gone there begins anew.</summary>
    private async Task<Refusal> OfferFailed(SessionState session, NodeError error)
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
                // Settled by the next upkeep: an offer interleaves, and settling is for turns of their own.
                if (_call.Find(session.Id)?.Generation == session.Generation)
                {
                    await Remember(MediaTransitions.Move(_call, session.Id));
                }

                return Refusal.MediaMoved;
            case NodeError.WrongIncarnation:
                if (_call is { Node: { } node, Incarnation: { } run }) { await Remember(MediaTransitions.NodeLost(_call, node, run)); }

                return Refusal.MediaMoved;
            default: return Refusal.Unavailable;
        }
    }

    private async Task MoveSession(SessionState session)
    {
        var (node, run) = (_call.Node!.Value, _call.Incarnation!);
        var reserved = await _media.Reserve(_call, session, traceParent: null);
        if (reserved.IsAccepted)
        {
            Moved(log, Id, session.Id, session.Generation);
            await Remember(MediaTransitions.Moved(_call, session.Id, session.Generation, _limits, Now));
            await Held(session);
        }
        else if (IsOver(reserved.Error))
        {
            await Remember(MediaTransitions.NodeLost(_call, node, run));
        }
        else
        {
            Owed(log, Id, "move", reserved.Error);
        }
    }

    private async Task PermitSession(SessionState session)
    {
        var (node, run) = (_call.Node!.Value, _call.Incarnation!);
        var held = await _media.Permit(_call, session);
        switch (held.Error)
        {
            case null:
                await Held(session);
                break;
            case NodeError.NotReserved:
                // Its media is gone there, so nothing of it can be heard; the next generation is reserved with what it may do.
                await Remember(MediaTransitions.Move(_call, session.Id));
                break;
            case NodeError.WrongIncarnation:
                await Remember(MediaTransitions.NodeLost(_call, node, run));
                break;
            default:
                Owed(log, Id, "permit", held.Error);
                break;
        }
    }

    // Confirmations are saved with whatever is saved next: one that is lost is only asked for again.
    private Task Held(SessionState session)
    {
        _call = MediaTransitions.Held(_call, session.Id, session.PermitVersion);
        return Task.CompletedTask;
    }

    private async Task CloseSession(SessionId session)
    {
        _voices.Remove(session);
        _hubHeardAt.Remove(session);
        var closed = await _media.Close(_call, session);
        if (closed.IsAccepted || IsOver(closed.Error)) { _call = MediaTransitions.Closed(_call, session); }
        else { Owed(log, Id, "close", closed.Error); }
    }

    private async Task CloseCall()
    {
        var closed = _call.Node is null ? Nothing.Value : await _media.CloseCall(_call);
        if (closed.IsAccepted || IsOver(closed.Error)) { Confirm(end => end with { MediaDone = true }); }
        else { Owed(log, Id, "close call", closed.Error); }
    }

    private Task FinishPost() => Try(
        "finish post",
        () => CallClosing.FinishPost(workspace.Posts, _call, CancellationToken.None),
        end => end with { PostDone = true });

    private Task KeepRecord() => Try(
        "keep record",
        () => records.AddCall(CallClosing.RecordOf(_call), CancellationToken.None),
        end => end with { RecordDone = true });

    // The workspace is another system: what it cannot do now it is asked again, until it can.
    private async Task Try(string what, Func<Task> act, Func<CallEnd, CallEnd> confirmed)
    {
        try
        {
            await act();
            Confirm(confirmed);
        }
        catch (Exception problem)
        {
            WorkspaceFailed(log, Id, what, problem);
        }
    }

    private void Confirm(Func<CallEnd, CallEnd> confirmed)
    {
        if (_call.End is { } end) { _call = _call with { End = confirmed(end) }; }
    }
}
