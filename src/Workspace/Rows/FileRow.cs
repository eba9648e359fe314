using Calls.Contracts.Ids;
using FileInfo = Calls.Contracts.Workspace.FileInfo;

namespace Calls.Workspace.Rows;

/// <summary>An uploaded file; its content lies on disk under its id.</summary>
internal sealed class FileRow
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string ContentType { get; init; }

    /// <summary>0 until the content is whole.</summary>
    public long Bytes { get; set; }

    public required string UploaderId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null until a post carries it.</summary>
    public string? PostId { get; set; }

    public FileInfo ToInfo() => new(FileId.From(Id), Name, ContentType, Bytes);
}
