namespace Calls.Grains.Users;

internal sealed partial class UserGrain
{
    [LoggerMessage(1500, LogLevel.Debug, "{User} is in {Call}")]
    private static partial void Entered(ILogger log, UserId user, CallId call);

    [LoggerMessage(1501, LogLevel.Debug, "{User} is out of {Call}")]
    private static partial void Left(ILogger log, UserId user, CallId call);
}
