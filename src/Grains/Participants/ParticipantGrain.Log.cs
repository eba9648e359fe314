namespace Calls.Grains.Participants;

internal sealed partial class ParticipantGrain
{
    [LoggerMessage(1400, LogLevel.Information, "Resume of {Session} in {Call}: refusal {Refusal}")]
    private static partial void Resumed(ILogger log, CallId call, SessionId session, Refusal? refusal);

    [LoggerMessage(1401, LogLevel.Information, "{Session} of {Call} was closed: {Reason}")]
    private static partial void Closed(ILogger log, CallId call, SessionId session, LeaveReason reason);
}
