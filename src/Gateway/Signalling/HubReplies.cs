using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Participants;

namespace Calls.Gateway.Signalling;

/// <summary>What every hub command is answered.</summary>
/// <param name="Value">Of a command that was done and returns something.</param>
/// <param name="Error">Why it was not done.</param>
internal sealed record HubReply(bool Ok, object? Value, HubError? Error)
{
    public static HubReply Done(object? value = null) => new(true, value, null);

    public static HubReply Refuse(Refusal refusal, string? detail = null, TimeSpan? retryAfter = null) => new(
        false,
        null,
        new HubError(Problems.CodeOf(refusal), detail ?? Problems.SentenceOf(refusal), RetryAfter.Milliseconds(retryAfter)) { Refusal = refusal });

    public static HubReply Of(Answer answer) => answer.IsAccepted ? Done() : Refuse(answer.Refusal!.Value, answer.Detail);

    public static HubReply Of<T>(Answer<T> answer) =>
        answer.IsAccepted ? Done(answer.Value) : Refuse(answer.Refusal!.Value, answer.Detail);
}

/// <summary>Why a command was not done.</summary>
internal sealed record HubError(string Code, string Message, long? RetryAfterMs)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public Refusal Refusal { get; init; }
}

/// <summary>The value of <c>Resume</c>.</summary>
internal sealed record ResumedSession(
    ResumeToken ResumeToken, ImmutableArray<EventMessage>? Events, CallSnapshot? Call, MediaGrant Media);

/// <summary>The value of <c>Sync</c>.</summary>
internal sealed record SyncedCall(CallSnapshot Call);

/// <summary>The value of <c>RaiseHand</c>.</summary>
internal sealed record RaisedHand(DateTimeOffset? RaisedAt);
