namespace Calls.Grains.Calls;

/// <summary>Where a call's media is: its node, the generations of its sessions' peer connections, and their offers.</summary>
internal static class MediaTransitions
{
    /// <summary>A node carries the call from now on.</summary>
    public static CallState Placed(CallState call, MediaNodeId node, string incarnation) => call with
    {
        Node = node,
        Incarnation = incarnation,
        Former = call.Former.Remove(CallPlace.At(node, incarnation)),
    };

    /// <summary>
    /// The run of the node that carried the call is over. Nobody leaves: every session is due a next generation, wherever
    /// the call goes. What is to be closed stays so: the run may only have been given up, and the call may be elsewhere, too.
    /// </summary>
    public static CallOutcome NodeLost(CallState call, MediaNodeId node, string incarnation)
    {
        if (!call.IsRunning || call.Node != node || call.Incarnation != incarnation) { return CallOutcome.Accept(call); }

        return MoveAll(call with { Node = null, Incarnation = null });
    }

    /// <summary>
    /// The call goes from the node that carries it to another. Nobody leaves: every session is due a next generation there. Until all
    /// have moved, media flows on where it was.
    /// </summary>
    /// <param name="skip">Generations that were tried there and came to nothing.</param>
    public static CallOutcome Elsewhere(CallState call, MediaNodeId node, string incarnation, int skip = 0)
    {
        var next = Placed(call, node, incarnation);
        return MoveAll(next with { Former = next.Former.Add(call.Place!) }, skip);
    }

    /// <summary>Nothing of the call is any more in a place that it has left.</summary>
    public static CallState Left(CallState call, CallPlace former) => call with { Former = call.Former.Remove(former) };

    /// <summary>The session's media is to begin anew, on the node that carries the call then.</summary>
    public static CallOutcome Move(CallState call, SessionId id, int skip = 0) => call.Find(id) is { } session
        ? SessionTransitions.Change(call, session, Renew(session, 1 + skip) with { MoveDue = true, MediaDeadline = null })
        : CallOutcome.Accept(call);

    /// <summary>On its node that generation is over, or was never there. If the session has no newer one, its next is due.</summary>
    public static CallOutcome GenerationOver(CallState call, SessionId id, int generation) =>
        call.Find(id)?.Generation == generation ? Move(call, id) : CallOutcome.Accept(call);

    /// <summary>The node has room for the moved session: its client has as long as a grace period to make its offer.</summary>
    public static CallOutcome Moved(CallState call, SessionId id, int generation, CallLimits limits, DateTimeOffset now)
    {
        if (call.Find(id) is not { MoveDue: true } session || session.Generation != generation) { return CallOutcome.Accept(call); }

        var next = session with { MoveDue = false, MediaDeadline = now + limits.Grace };
        return CallOutcome.Accept(call.Replace(session, next)).And(new CallEffect.TellSession(
            id, session.Gateway, new CallEvent.MediaMoved(generation, session.VoiceSlots, [])));
    }

    /// <summary>
    /// An offer arrives. Of the present generation it takes a number; of the next one it begins that generation, as a client
    /// does that has lost its peer connection.
    /// </summary>
    /// <param name="hash">Of the offer's text.</param>
    public static CallOutcome Offer(CallState call, MediaOffer offer, string hash, CallLimits limits, DateTimeOffset now)
    {
        if (call.Find(offer.Session) is not { } session) { return CallOutcome.Refuse(call, Refusal.SessionGone); }

        // The call looks for a node; the client is told as soon as there is one.
        if (call.Node is null) { return CallOutcome.Refuse(call, Refusal.MediaMoved); }

        var generation = offer.Generation ?? session.Generation;
        if (generation == session.Generation + 1) { return Begin(call, session, offer, hash, limits, now); }

        if (generation > session.Generation) { return CallOutcome.Refuse(call, Refusal.Invalid, "No such generation."); }

        // A generation that the client was not yet told of is not its to offer.
        if (generation < session.Generation || session.MoveDue) { return CallOutcome.Refuse(call, Refusal.MediaMoved); }

        var number = offer.Number ?? (session.OfferHash == hash ? session.OfferNumber : session.OfferNumber + 1);
        return number <= session.OfferNumber
            ? CallOutcome.Accept(call)
            : CallOutcome.Accept(call.Replace(session, session with { OfferNumber = number, OfferHash = hash }));
    }

    /// <summary>The node confirmed what the session may publish.</summary>
    public static CallState Held(CallState call, SessionId id, long version) =>
        call.Find(id) is { } session && session.HeldVersion < version
            ? call.Replace(session, session with { HeldVersion = version })
            : call;

    /// <summary>The node confirmed that a session which left is closed.</summary>
    public static CallState Closed(CallState call, SessionId id) => call with { Closing = call.Closing.Remove(id) };

    private static CallOutcome Begin(
        CallState call, SessionState session, MediaOffer offer, string hash, CallLimits limits, DateTimeOffset now)
    {
        var connectBy = now + limits.MediaConnectTimeout;
        return SessionTransitions.Change(call, session, Renew(session, 1) with
        {
            MoveDue = false,
            MediaDeadline = session.MediaDeadline > connectBy ? session.MediaDeadline : connectBy,
            OfferNumber = offer.Number ?? 1,
            OfferHash = hash,
        });
    }

    private static CallOutcome MoveAll(CallState call, int skip = 0)
    {
        var outcome = CallOutcome.Accept(call);
        foreach (var session in call.Sessions)
        {
            outcome = outcome.Then(next => Move(next, session.Id, skip));
        }

        return outcome;
    }

    private static SessionState Renew(SessionState session, int generations) => session with
    {
        Generation = session.Generation + generations,
        Media = session.Media == MediaLink.Awaited ? MediaLink.Awaited : MediaLink.Lost,
        OfferNumber = 0,
        OfferHash = null,
    };
}
