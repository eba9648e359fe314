using System.Collections.Concurrent;
using System.Net;
using Calls.Contracts.Calls;
using Calls.Gateway.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Calls.Gateway.Limits;

/// <summary>Limits of REST per user, of the hub per session, and of sign-ins per address and user. Kept in this process.</summary>
internal sealed class RateLimits(IOptionsMonitor<GatewayOptions> options, TimeProvider time)
{
    // One address may try some more users than one: an office sits behind one address.
    private const int UsersPerAddress = 10;
    private const int SecondsPerMinute = 60;

    // Each is a file of up to 1 MiB that stays; a person asks for one when something is wrong, and perhaps once more.
    private const int LogUploadsPerMinute = 5;

    // A full bucket is forgotten again; this bounds what an attacker with many names can make us keep.
    private const int BucketsMax = 100_000;

    private readonly ConcurrentDictionary<string, ActionBudget> _buckets = new(StringComparer.Ordinal);

    /// <summary>How long to wait; null when the request may go on.</summary>
    public TimeSpan? RefuseRest(CurrentUser user)
    {
        var limit = options.CurrentValue.RateLimits;
        return Take(user.Id.Value, limit.RestPerSecond, limit.RestBurst);
    }

    /// <summary>How long a session, or a connection that commands without one, has to wait; null when its command may go on.</summary>
    public TimeSpan? RefuseHub(string sessionOrConnection)
    {
        var limit = options.CurrentValue.RateLimits;
        return Take(sessionOrConnection, limit.HubPerSecond, limit.HubBurst);
    }

    /// <summary>How long to wait before the next sign-in; null when it may be tried.</summary>
    public TimeSpan? RefuseSignIn(IPAddress? address, string username)
    {
        var burst = options.CurrentValue.RateLimits.SignInPerMinute;
        var perSecond = burst / (double)SecondsPerMinute;
        return Take($"address {address}", perSecond * UsersPerAddress, burst * UsersPerAddress)
            ?? Take($"sign-in {address} {username.ToUpperInvariant()}", perSecond, burst);
    }

    /// <summary>How long to wait before the next log may be uploaded; null when one may.</summary>
    public TimeSpan? RefuseLog(CurrentUser user) =>
        Take($"log {user.Id.Value}", LogUploadsPerMinute / (double)SecondsPerMinute, LogUploadsPerMinute);

    /// <summary>Middleware: after it is known who asks, before anything is done for them.</summary>
    public Task Guard(HttpContext context, RequestDelegate next) =>
        CurrentUser.Of(context) is { } me
        && !context.Request.Path.StartsWithSegments(TokenAuthentication.HubPath, StringComparison.Ordinal)
        && RefuseRest(me) is { } wait
            ? Problems.Write(context, Refusal.RateLimited, retryAfter: wait)
            : next(context);

    private TimeSpan? Take(string key, double perSecond, int burst)
    {
        var now = time.GetUtcNow();
        if (_buckets.Count >= BucketsMax) { Forget(now); }

        while (true)
        {
            var before = _buckets.GetOrAdd(key, _ => ActionBudget.Full(burst, now));
            var (left, wait) = before.Take(perSecond, burst, now);
            if (_buckets.TryUpdate(key, left, before)) { return wait; }
        }
    }

    // After a minute every bucket is full again.
    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, budget) in _buckets)
        {
            if (now - budget.At > TimeSpan.FromSeconds(SecondsPerMinute)) { _buckets.TryRemove(key, out _); }
        }
    }
}
