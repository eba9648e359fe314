using Calls.Contracts.Calls;
using Microsoft.AspNetCore.Http;

namespace Calls.Gateway;

/// <summary>Answers in the forms of the protocol.</summary>
internal static class Replies
{
    public static IResult Of<T>(Answer<T> answer) => answer.IsAccepted ? Results.Ok(answer.Value) : Problems.Of(answer.Plain);

    public static IResult Of(Answer answer) => answer.IsAccepted ? Results.NoContent() : Problems.Of(answer);

    /// <summary>A thing that was made.</summary>
    public static IResult Made<T>(Answer<T> answer) =>
        answer.IsAccepted ? Results.Json(answer.Value, statusCode: StatusCodes.Status201Created) : Problems.Of(answer.Plain);

    /// <summary>The header under which a repeat is answered as the first was.</summary>
    public static string? OperationId(HttpContext context) => context.Request.Headers["Idempotency-Key"] is [{ Length: > 0 } key] ? key : null;
}
