using Calls.Contracts.Calls;

namespace Calls.Contracts.Workspace;

/// <summary>Posts and threads.</summary>
public interface IPosts
{
    /// <summary>One post; null when there is none.</summary>
    Task<Post?> Find(PostId id, CancellationToken cancellation);

    /// <summary>A conversation's posts that start a thread, newest first.</summary>
    Task<Page<Post>> List(ChannelId channel, PageRequest page, CancellationToken cancellation);

    /// <summary>The first post of a thread and its replies, oldest first. Null when there is none.</summary>
    Task<Page<Post>?> Thread(PostId first, PageRequest page, CancellationToken cancellation);

    /// <summary>Writes a post. The same operation id within 10 minutes finds the post it made. Or NotFound, ChannelArchived, Invalid.</summary>
    Task<Answer<Post>> Create(NewPost post, CancellationToken cancellation);

    /// <summary>Changes text or props; props are merged. Or NotFound, Invalid.</summary>
    Task<Answer<Post>> Edit(PostId id, string? text, ImmutableDictionary<string, string>? props, CancellationToken cancellation);

    /// <summary>Deletes a post and its thread; gone already is accepted. Or Forbidden: in its thread is the post of a call, or another that is nobody's words.</summary>
    Task<Answer> Delete(PostId id, CancellationToken cancellation);
}

/// <summary>A post to be written.</summary>
/// <param name="OperationId">At most 64 characters; a repeat makes no second post.</param>
public sealed record NewPost(
    ChannelId ChannelId,
    PostId? ThreadId,
    UserId Author,
    PostType Type,
    string Text,
    ImmutableDictionary<string, string> Props,
    ImmutableArray<FileId> Files,
    string? OperationId);
