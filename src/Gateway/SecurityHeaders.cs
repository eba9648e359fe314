using Microsoft.AspNetCore.Http;

namespace Calls.Gateway;

/// <summary>What every answer says about how it may be used.</summary>
internal static class SecurityHeaders
{
    // Everything from here alone; the hub is a WebSocket to the same host.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
        + "connect-src 'self' ws: wss:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static Task Add(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer"; // A call link tells which channel somebody reads.
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "microphone=(self), camera=(self), display-capture=(self), geolocation=(), payment=(), usb=()";
        return next(context);
    }
}
