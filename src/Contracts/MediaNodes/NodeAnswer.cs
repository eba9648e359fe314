namespace Calls.Contracts.MediaNodes;

/// <summary>A node's answer: a value, or why not.</summary>
/// <param name="Error">Null when accepted.</param>
/// <param name="Detail">One sentence or code more, such as <c>sdp.noBundle</c>.</param>
[GenerateSerializer, Immutable, Alias("NodeAnswer`1")]
public sealed record NodeAnswer<T>([property: Id(0)] T? Value, [property: Id(1)] NodeError? Error, [property: Id(2)] string? Detail)
{
    /// <summary>Whether there is a value.</summary>
    public bool IsAccepted => Error is null;

    /// <summary>Not done, and why.</summary>
    public static NodeAnswer<T> Refuse(NodeError error, string? detail = null) => new(default, error, detail);

    /// <summary>Done.</summary>
    public static implicit operator NodeAnswer<T>(T value) => new(value, null, null);
}

/// <summary>The value of a command that only has to be done.</summary>
[GenerateSerializer, Immutable, Alias("Nothing")]
public sealed record Nothing
{
    /// <summary>The only one.</summary>
    public static Nothing Value { get; } = new();
}

/// <summary>Why a node says no, and the HTTP status that says so. On the wire in camelCase.</summary>
[GenerateSerializer, Alias("NodeError")]
public enum NodeError
{
    /// <summary>The request cannot be read. HTTP 400.</summary>
    Malformed,

    /// <summary>The node key is missing or wrong. HTTP 401.</summary>
    Unauthorized,

    /// <summary>The session was not reserved, or has ended. HTTP 404.</summary>
    NotReserved,

    /// <summary>The node was restarted since. HTTP 409.</summary>
    WrongIncarnation,

    /// <summary>This offer number was used with another text. HTTP 409.</summary>
    OfferConflict,

    /// <summary>A newer generation or offer has taken its place. HTTP 410.</summary>
    Superseded,

    /// <summary>The body is larger than the limit. HTTP 413.</summary>
    TooLarge,

    /// <summary>The offer cannot be answered; the detail is <c>sdp.</c> and the reason. HTTP 422.</summary>
    SdpRejected,

    /// <summary>Too many commands. HTTP 429.</summary>
    TooFast,

    /// <summary>The node takes no new calls. HTTP 503.</summary>
    Draining,

    /// <summary>The node has as many sessions as it may have. HTTP 503.</summary>
    Full,

    /// <summary>The call has as many sessions as one call may have on a node. HTTP 503.</summary>
    CallFull,

    /// <summary>The node did not answer within <c>CommandTimeout</c>; the outcome is unknown. HTTP 504.</summary>
    Unreachable,
}
