namespace Calls.Grains.Users;

/// <summary>Presence of a user across calls.</summary>
internal static class UserTransitions
{
    /// <summary>Calls tell anew every 30 s; a call not heard of for five times that long is over, or this user is out of it.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromSeconds(150);

    /// <summary>The user has a session in a call, now or still.</summary>
    public static UserState Enter(UserState user, CallId call, ChannelId channel, DateTimeOffset now) => user with
    {
        Calls = user.Calls.RemoveAll(known => known.Call == call || IsForgotten(known, now))
            .Add(new PresentCall { Call = call, Channel = channel, HeardAt = now }),
    };

    /// <summary>The user has no session in the call any more.</summary>
    public static UserState Leave(UserState user, CallId call) =>
        user.Calls.Any(known => known.Call == call) ? user with { Calls = user.Calls.RemoveAll(known => known.Call == call) } : user;

    /// <summary>After a re-activation: no call is judged by time in which it could not be heard.</summary>
    public static UserState Reawaken(UserState user, DateTimeOffset now) =>
        user with { Calls = [.. user.Calls.Select(known => known with { HeardAt = now })] };

    /// <summary>The calls the user is in, as far as is known.</summary>
    public static IEnumerable<PresentCall> Present(UserState user, DateTimeOffset now) =>
        user.Calls.Where(known => !IsForgotten(known, now));

    /// <summary>Whether a change is worth a write: a call came or went, not only told anew.</summary>
    public static bool IsWorthSaving(UserState saved, UserState now) =>
        !saved.Calls.Select(known => known.Call).ToHashSet().SetEquals(now.Calls.Select(known => known.Call));

    private static bool IsForgotten(PresentCall known, DateTimeOffset now) => now - known.HeardAt >= ForgottenAfter;
}
