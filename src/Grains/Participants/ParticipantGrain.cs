using Calls.Contracts.MediaNodes;
using Calls.Contracts.Participants;

namespace Calls.Grains.Participants;

/// <summary>One user's devices in one call: makes sessions, knows which connection has which, and passes commands to the call.</summary>
[GrainType("participant")]
internal sealed partial class ParticipantGrain(
    [PersistentState("participant")] IPersistentState<ParticipantState> record,
    TimeProvider time,
    ILogger<ParticipantGrain> log)
    : Grain, IParticipantGrain
{
    /// <summary>How often what the call no longer has is dropped: sessions end there without a word to here.</summary>
    private static readonly TimeSpan s_sweepEvery = TimeSpan.FromMinutes(1);

    private readonly MediaPlaces _media = new();

    private ParticipantKey Key => ParticipantKey.Parse(this.GetPrimaryKeyString());

    private ICallGrain Call => GrainFactory.GetGrain<ICallGrain>(Key.Call.Value);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(Sweep, new GrainTimerCreationOptions(s_sweepEvery, s_sweepEvery) { KeepAlive = true });
        return Task.CompletedTask;
    }

    public async Task<Answer<JoinedSession>> Join(JoinSession join)
    {
        using var span = GrainTelemetry.Start("participant.join", join.TraceParent);
        return GrainTelemetry.Answered("participant.join", await Enter(join));
    }

    public async Task<Answer<MediaAnswer>> Offer(ConnectionId connection, MediaOffer offer)
    {
        if (ParticipantTransitions.Refuse(record.State, connection, offer.Session) is { } refusal)
        {
            return Answer<MediaAnswer>.Refuse(refusal);
        }

        var answer = await Call.Offer(offer);
        if (answer.Value is not { } placed) { return Answer<MediaAnswer>.Refuse(answer.Plain); }

        _media.IsAt(offer.Session, placed.Place);
        return placed.Answer;
    }

    public Task<Answer<SessionStatistics>> Statistics(SessionId session)
    {
        var former = _media.Find(session);
        if (former is not null || record.State.Find(session) is not null) { return Call.Statistics(session, former); }

        // Asked by somebody who is not in the call, for nothing: not worth staying for.
        if (record.State.Devices.IsEmpty && _media.IsEmpty) { DeactivateOnIdle(); }

        return Task.FromResult(Answer<SessionStatistics>.Refuse(Refusal.NotFound));
    }

    public async Task<Answer<ResumedSession>> Resume(ResumeSession resume)
    {
        using var span = GrainTelemetry.Start("participant.resume");
        var taken = ParticipantTransitions.Resume(record.State, resume);
        if (!taken.IsAccepted)
        {
            Resumed(log, Key.Call, resume.Session, taken.Refusal);
            return GrainTelemetry.Answered("participant.resume", Answer<ResumedSession>.Refuse(taken.Plain));
        }

        // The old token is void once the call has taken the resume, not before: if that fails, the client tries again with it.
        // Others who race for the session wait in the queue meanwhile.
        var resumed = await Call.Resume(resume.Session, resume.Gateway, resume.LastSeq);
        Resumed(log, Key.Call, resume.Session, resumed.Refusal);
        if (resumed.IsAccepted) { await Save(taken.Value!); }

        await ForgetIfGone(resume.Session, resumed.Refusal);
        return GrainTelemetry.Answered("participant.resume", resumed.IsAccepted
            ? new ResumedSession(resume.NextToken, resumed.Value!)
            : Answer<ResumedSession>.Refuse(resumed.Plain));
    }

    public async Task<Answer> Leave(ConnectionId connection, SessionId session)
    {
        var refusal = ParticipantTransitions.Refuse(record.State, connection, session);

        // A second goodbye is a client's retry.
        if (refusal == Refusal.SessionGone) { return Answer.Accepted; }

        if (refusal is not null) { return Answer.Refuse(refusal.Value); }

        var answer = await Call.Leave(session, LeaveReason.Left);
        await Save(ParticipantTransitions.Forget(record.State, session));
        return answer;
    }

    public async Task<Answer<SessionActed>> Act(ConnectionId connection, SessionId session, SessionAction action)
    {
        if (ParticipantTransitions.Refuse(record.State, connection, session) is { } refusal)
        {
            return Answer<SessionActed>.Refuse(refusal);
        }

        var answer = await Call.Act(session, action);
        await ForgetIfGone(session, answer.Refusal);
        return answer;
    }

    public async Task ConnectionLost(ConnectionId connection, SessionId session)
    {
        // A connection that no longer has the session says nothing about it.
        if (ParticipantTransitions.Refuse(record.State, connection, session) is not null) { return; }

        var answer = await Call.HubLost(session);
        await ForgetIfGone(session, answer.Refusal);
    }

    public async Task Close(SessionId session, LeaveReason reason)
    {
        await Call.Leave(session, reason);
        await Save(ParticipantTransitions.Forget(record.State, session));
        Closed(log, Key.Call, session, reason);
    }

    private async Task<Answer<JoinedSession>> Enter(JoinSession join)
    {
        var (state, device) = ParticipantTransitions.Join(record.State, join, time.GetUtcNow());
        await Save(state);
        var joined = await Call.Join(new CallJoin(
            device.Session,
            Key.User,
            join.Gateway,
            join.Device,
            join.Muted,
            join.Video,
            join.VoiceSlots,
            join.Kind,
            join.TraceParent,
            join.From));
        if (!joined.IsAccepted)
        {
            await Save(ParticipantTransitions.Forget(record.State, device.Session));
            return Answer<JoinedSession>.Refuse(joined.Plain);
        }

        // What was moved from goes on here; its former connection is told by the call.
        if (join.From is { } moved) { await Save(ParticipantTransitions.Forget(record.State, moved)); }

        var value = joined.Value!;
        return new JoinedSession(value.Session, new ResumeToken(device.ResumeToken), value.Call, value.Media, value.Muted);
    }

    private Task ForgetIfGone(SessionId session, Refusal? refusal) => refusal == Refusal.SessionGone
        ? Save(ParticipantTransitions.Forget(record.State, session))
        : Task.CompletedTask;

    private async Task Sweep()
    {
        ImmutableArray<SessionId> present = record.State.Devices.IsEmpty ? [] : await Call.SessionsOf(Key.User);
        await Save(ParticipantTransitions.Keep(record.State, present, s_sweepEvery, time.GetUtcNow()));
        _media.Forget(present, time.GetUtcNow());
        if (!record.State.Devices.IsEmpty) { return; }

        if (record.RecordExists) { await record.ClearStateAsync(); }

        if (_media.IsEmpty) { DeactivateOnIdle(); }
    }

    private Task Save(ParticipantState state) =>
        ReferenceEquals(state, record.State) ? Task.CompletedTask : record.Save(state, DeactivateOnIdle);
}
