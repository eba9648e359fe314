using System.Net;
using System.Net.Sockets;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
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

    // Users and their sessions: more than one process serves, at some 200 bytes each.
    private const int MembersMax = 1_000_000;

    // Who is not signed in can make up names, and have many addresses; so they have room of their own.
    private const int StrangersMax = 100_000;

    // Of an IPv6 address: what a provider gives one customer at least. The rest of it anybody there picks at will.
    private const int NetworkBytes = 8;

    private readonly ActionBudgets _members = new(MembersMax, time);
    private readonly ActionBudgets _strangers = new(StrangersMax, time);

    /// <summary>How long to wait; null when the request may go on.</summary>
    public TimeSpan? RefuseRest(CurrentUser user)
    {
        var limit = options.CurrentValue.RateLimits;
        return _members.Take(user.Id.Value, limit.RestPerSecond, limit.RestBurst);
    }

    /// <summary>How long a session, or a user who commands without one, has to wait; null when the command may go on.</summary>
    public TimeSpan? RefuseHub(UserId user, SessionId? session)
    {
        var limit = options.CurrentValue.RateLimits;
        return _members.Take(session?.Value ?? $"hub {user.Value}", limit.HubPerSecond, limit.HubBurst);
    }

    /// <summary>How long to wait before the next sign-in; null when it may be tried.</summary>
    public TimeSpan? RefuseSignIn(IPAddress? address, string username)
    {
        var burst = options.CurrentValue.RateLimits.SignInPerMinute;
        var perSecond = burst / (double)SecondsPerMinute;
        var from = Network(address);
        return _strangers.Take($"address {from}", perSecond * UsersPerAddress, burst * UsersPerAddress)
            ?? _strangers.Take($"sign-in {from} {username.ToUpperInvariant()}", perSecond, burst);
    }

    /// <summary>How long to wait before the next log may be uploaded; null when one may.</summary>
    public TimeSpan? RefuseLog(CurrentUser user) =>
        _members.Take($"log {user.Id.Value}", LogUploadsPerMinute / (double)SecondsPerMinute, LogUploadsPerMinute);

    /// <summary>Middleware: after it is known who asks, before anything is done for them.</summary>
    public Task Guard(HttpContext context, RequestDelegate next) =>
        CurrentUser.Of(context) is { } me
        && !context.Request.Path.StartsWithSegments(TokenAuthentication.HubPath, StringComparison.Ordinal)
        && RefuseRest(me) is { } wait
            ? Problems.Write(context, Refusal.RateLimited, retryAfter: wait)
            : next(context);

    private static string? Network(IPAddress? address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes)),
        _ => address?.ToString(),
    };
}
