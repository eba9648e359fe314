using Calls.Contracts.Calls;

namespace Calls.Contracts.Workspace;

/// <summary>Uploaded files. A file belongs to its uploader until a post carries it, then to the post's channel; one that no post takes is deleted after some days.</summary>
public interface IFiles
{
    /// <summary>Takes an upload. Or TooLarge, Invalid.</summary>
    /// <param name="operationId">Of the uploader, at most 64 characters; a repeat within 10 minutes keeps no second one.</param>
    Task<Answer<FileInfo>> Add(
        UserId uploader, string name, string contentType, Stream content, string? operationId, CancellationToken cancellation);

    /// <summary>A file and where it belongs; null when there is none.</summary>
    Task<StoredFile?> Find(FileId id, CancellationToken cancellation);

    /// <summary>Opens the content for reading, seekable.</summary>
    Task<Stream> Open(FileId id, CancellationToken cancellation);
}

/// <summary>A file and where it belongs.</summary>
/// <param name="Channel">Null until a post carries it.</param>
public sealed record StoredFile(FileInfo Info, UserId Uploader, ChannelId? Channel);
