using System.Text.Json;
using Calls.Contracts.Calls;
using Microsoft.AspNetCore.Http;

namespace Calls.Gateway;

/// <summary>How a refusal is told: the only table from <see cref="Refusal"/> to HTTP status and sentence.</summary>
internal static class Problems
{
    public static string CodeOf(Refusal refusal) => JsonNamingPolicy.SnakeCaseLower.ConvertName(refusal.ToString());

    public static int StatusOf(Refusal refusal) => refusal switch
    {
        Refusal.Invalid => StatusCodes.Status400BadRequest,
        Refusal.Unauthenticated => StatusCodes.Status401Unauthorized,
        Refusal.Forbidden or Refusal.NotAMember or Refusal.Blocked or Refusal.CallsDisabled or Refusal.CallsTestMode
            or Refusal.ScreenDisabled or Refusal.NotYourSession => StatusCodes.Status403Forbidden,
        Refusal.NotFound or Refusal.NoCall or Refusal.SessionGone => StatusCodes.Status404NotFound,
        Refusal.CallFull or Refusal.ScreenTaken or Refusal.AlreadyLive or Refusal.NotInCall or Refusal.ResumeLost
            or Refusal.ChannelArchived or Refusal.RecordingRunning or Refusal.NotRecording or Refusal.UserDeactivated
            or Refusal.MediaMoved => StatusCodes.Status409Conflict,
        Refusal.TooLarge => StatusCodes.Status413PayloadTooLarge,
        Refusal.UnsupportedMedia => StatusCodes.Status415UnsupportedMediaType,
        Refusal.SdpRejected => StatusCodes.Status422UnprocessableEntity,
        Refusal.RateLimited => StatusCodes.Status429TooManyRequests,
        Refusal.NoMediaNode or Refusal.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new InvalidOperationException($"{refusal} has no status."),
    };

    /// <summary>One plain sentence that names what to do.</summary>
    public static string SentenceOf(Refusal refusal) => refusal switch
    {
        Refusal.Invalid => "The request is malformed or out of range; correct it and send it again.",
        Refusal.Unauthenticated => "You are not signed in; sign in and try again.",
        Refusal.Forbidden => "You may not do this; ask the host or an administrator.",
        Refusal.NotAMember => "You are not a member of this channel; ask one to add you.",
        Refusal.Blocked => "The host removed you from this call; wait for the next one.",
        Refusal.CallsDisabled => "Calls are switched off here; ask an administrator to switch them on.",
        Refusal.CallsTestMode => "Only administrators may start calls at present; join one that is live.",
        Refusal.ScreenDisabled => "Screen sharing is switched off; ask an administrator to switch it on.",
        Refusal.NotYourSession => "This session is not this connection's; join or resume first.",
        Refusal.NotFound => "There is no such thing, or you may not see it.",
        Refusal.NoCall => "There is no live call here; start one.",
        Refusal.SessionGone => "This session has ended; join again.",
        Refusal.CallFull => "The call is full; wait until somebody leaves.",
        Refusal.ScreenTaken => "Somebody else shares a screen; wait until they stop.",
        Refusal.AlreadyLive => "A call is already ongoing, use /call join.",
        Refusal.NotInCall => "This user is not in the call; wait until they join.",
        Refusal.ResumeLost => "The session went on elsewhere; join again.",
        Refusal.ChannelArchived => "This channel is archived; un-archive it first.",
        Refusal.RecordingRunning => "A recording is running already; stop it first.",
        Refusal.NotRecording => "No recording is running; start one first.",
        Refusal.UserDeactivated => "This user is deactivated; ask an administrator.",
        Refusal.MediaMoved => "This peer connection is over; make one offer of the next generation.",
        Refusal.TooLarge => "The request is too large; send less.",
        Refusal.UnsupportedMedia => "This content type is not accepted; send the documented one.",
        Refusal.SdpRejected => "The session description cannot be answered; see the protocol's section on media.",
        Refusal.RateLimited => "Too many requests; wait and try again.",
        Refusal.NoMediaNode => "No media node can take the call; try again soon.",
        Refusal.Unavailable => "The service cannot do this now; try again.",
        _ => throw new InvalidOperationException($"{refusal} has no sentence."),
    };

    public static IResult Of(Answer answer) => Of(answer.Refusal!.Value, answer.Detail);

    public static IResult Of(Refusal refusal, string? detail = null, TimeSpan? retryAfter = null) =>
        new ProblemResult(refusal, detail, retryAfter);

    /// <summary>Answers with a refusal, outside an endpoint.</summary>
    public static Task Write(HttpContext context, Refusal refusal, string? detail = null, TimeSpan? retryAfter = null) =>
        Of(refusal, detail, retryAfter).ExecuteAsync(context);

    private sealed class ProblemResult(Refusal refusal, string? detail, TimeSpan? retryAfter) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var status = StatusOf(refusal);
            var sentence = SentenceOf(refusal);
            httpContext.Response.StatusCode = status;
            if (refusal == Refusal.Unauthenticated) { httpContext.Response.Headers.WWWAuthenticate = "Bearer"; }

            if (retryAfter is { } wait) { httpContext.Response.Headers.RetryAfter = $"{Math.Ceiling(wait.TotalSeconds):0}"; }

            var body = new ProblemBody(
                "about:blank", sentence, status, detail ?? sentence, CodeOf(refusal), RetryAfter.Milliseconds(retryAfter));
            return httpContext.Response.WriteAsJsonAsync(
                body, Contracts.Protocol.ProtocolJson.Client, "application/problem+json", httpContext.RequestAborted);
        }
    }

    // RFC 9457, with our code and the wait.
    private sealed record ProblemBody(string Type, string Title, int Status, string Detail, string Code, long? RetryAfterMs);
}
