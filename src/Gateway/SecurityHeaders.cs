using System.Text;
using Microsoft.AspNetCore.Http;

namespace Calls.Gateway;

/// <summary>What every answer says about how it may be used.</summary>
internal static class SecurityHeaders
{
    // Everything from here alone. 'self' means the hub, too, but to Safari only from version 16 on: it is told our host by its name.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
        + "connect-src 'self'{0}; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static readonly CompositeFormat s_policy = CompositeFormat.Parse(Policy);

    public static Task Add(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = string.Format(null, s_policy, Sockets(context.Request.Host));
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer"; // A call link tells which channel somebody reads.
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "microphone=(self), camera=(self), display-capture=(self), geolocation=(), payment=(), usb=()";
        return next(context);
    }

    // A policy names no IPv6 addresses.
    private static string Sockets(HostString host) =>
        host is { HasValue: true, Value: [not '[', ..] name } ? $" ws://{name} wss://{name}" : "";
}
