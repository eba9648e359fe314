using Calls.Contracts.Participants;

namespace Calls.Grains.Participants;

/// <summary>Which connection may speak for which session, and how a session passes from one to the next.</summary>
internal static class ParticipantTransitions
{
    /// <summary>How long a join's operation id is remembered (the protocol promises 10 minutes).</summary>
    public static readonly TimeSpan OperationMemory = TimeSpan.FromMinutes(10);

    /// <summary>A device joins; the same operation again finds the device it made, which the new connection has from now on.</summary>
    public static (ParticipantState State, DeviceState Device) Join(ParticipantState state, JoinSession join, DateTimeOffset now)
    {
        var known = state.Devices.FirstOrDefault(device => device.Session == join.Session
            || (join.OperationId is not null && device.OperationId == join.OperationId && now - device.JoinedAt < OperationMemory));
        if (known is not null)
        {
            var taken = known with { Connection = join.Connection.Value };
            return (state with { Devices = state.Devices.Replace(known, taken) }, taken);
        }

        var device = new DeviceState
        {
            Session = join.Session,
            Connection = join.Connection.Value,
            ResumeToken = join.ResumeToken.Value,
            OperationId = join.OperationId,
            JoinedAt = now,
        };
        return (state with { Devices = state.Devices.Add(device) }, device);
    }

    /// <summary>Why a connection may not speak for a session; null when it may.</summary>
    public static Refusal? Refuse(ParticipantState state, ConnectionId connection, SessionId session) => state.Find(session) switch
    {
        null => Refusal.SessionGone,
        var device when device.Connection != connection.Value => Refusal.NotYourSession,
        _ => null,
    };

    /// <summary>Another connection takes the session over. Each token works once: of two racing resumes one wins.</summary>
    public static Answer<ParticipantState> Resume(ParticipantState state, ResumeSession resume)
    {
        if (state.Find(resume.Session) is not { } device) { return Answer<ParticipantState>.Refuse(Refusal.SessionGone); }

        if (!new ResumeToken(device.ResumeToken).Matches(resume.Token)) { return Answer<ParticipantState>.Refuse(Refusal.ResumeLost); }

        return state with
        {
            Devices = state.Devices.Replace(
                device, device with { Connection = resume.Connection.Value, ResumeToken = resume.NextToken.Value }),
        };
    }

    /// <summary>A session is over.</summary>
    public static ParticipantState Forget(ParticipantState state, SessionId session) =>
        state.Find(session) is { } device ? state with { Devices = state.Devices.Remove(device) } : state;

    /// <summary>Drops what the call no longer has; a device whose join may still be on its way is left alone.</summary>
    public static ParticipantState Keep(
        ParticipantState state, ImmutableArray<SessionId> present, TimeSpan joinTakes, DateTimeOffset now)
    {
        var kept = state.Devices.RemoveAll(device => !present.Contains(device.Session) && now - device.JoinedAt >= joinTakes);
        return kept.Length == state.Devices.Length ? state : state with { Devices = kept };
    }
}
