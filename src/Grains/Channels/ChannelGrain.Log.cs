namespace Calls.Grains.Channels;

internal sealed partial class ChannelGrain
{
    [LoggerMessage(1100, LogLevel.Information, "Call {Call} starts in {Channel}")]
    private static partial void CallOpened(ILogger log, ChannelId channel, CallId call);

    [LoggerMessage(1101, LogLevel.Warning, "Call {Call} in {Channel} could not start: {Refusal}")]
    private static partial void StartFailed(ILogger log, ChannelId channel, CallId call, Refusal? refusal);

    [LoggerMessage(1102, LogLevel.Information, "{Channel} was archived by {User}; call {Call} ends")]
    private static partial void ArchivedUnder(ILogger log, ChannelId channel, CallId call, UserId user);
}
