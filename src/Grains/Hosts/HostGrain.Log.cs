namespace Calls.Grains.Hosts;

internal sealed partial class HostGrain
{
    [LoggerMessage(1300, LogLevel.Information, "Host control {Control} by {User} on {Call}: refusal {Refusal}")]
    private static partial void Controlled(ILogger log, string control, UserId user, CallId call, Refusal? refusal);
}
