namespace Calls.Contracts.Workspace;

/// <summary>What a post is.</summary>
[GenerateSerializer, Alias("PostType")]
public enum PostType
{
    /// <summary>Somebody's words.</summary>
    Text,

    /// <summary>The card of a call.</summary>
    Call,

    /// <summary>A recording.</summary>
    Recording,

    /// <summary>A transcript.</summary>
    Transcript,

    /// <summary>Something the workspace says.</summary>
    System,
}

/// <summary>One post.</summary>
/// <param name="ThreadId">The post it replies to; null for the first of a thread.</param>
/// <param name="Props">Of a call's card: <c>callId</c>, <c>title</c>, <c>startedAt</c>, <c>endedAt</c>, <c>durationMs</c>, <c>participants</c>
/// (user ids, comma-separated), <c>reason</c>; those that are known.</param>
/// <param name="Replies">Posts in its thread.</param>
[GenerateSerializer, Immutable, Alias("Post")]
public sealed record Post(
    PostId Id,
    ChannelId ChannelId,
    PostId? ThreadId,
    User Author,
    PostType Type,
    string Text,
    ImmutableDictionary<string, string> Props,
    ImmutableArray<FileInfo> Files,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EditedAt,
    int Replies)
{
    /// <summary>Characters a post may have.</summary>
    public const int TextMax = 16_384;
}

/// <summary>An uploaded file.</summary>
[GenerateSerializer, Immutable, Alias("FileInfo")]
public sealed record FileInfo(FileId Id, string Name, string ContentType, long Bytes);

/// <summary>One page of a list.</summary>
/// <param name="Next">The cursor of the next page; null at the end.</param>
[GenerateSerializer, Immutable, Alias("Page`1")]
public sealed record Page<T>([property: Id(0)] ImmutableArray<T> Items, [property: Id(1)] string? Next);

/// <summary>Which page is asked for.</summary>
/// <param name="After">The cursor of the page before; null for the first.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record PageRequest(string? After, int Limit = PageRequest.DefaultLimit)
{
    /// <summary>Items of a page when nothing else is asked for.</summary>
    public const int DefaultLimit = 50;

    /// <summary>Items a page may have.</summary>
    public const int LimitMax = 200;
}
