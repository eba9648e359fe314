namespace Calls.Gateway;

/// <summary>How a wait is told: never as none, or a client that obeys would be too fast again.</summary>
internal static class RetryAfter
{
    public static long? Milliseconds(TimeSpan? wait) => wait is { } time ? Math.Max(1, (long)Math.Ceiling(time.TotalMilliseconds)) : null;
}
