using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Workspace.Rows;
using Microsoft.EntityFrameworkCore;
using FileInfo = Calls.Contracts.Workspace.FileInfo;

namespace Calls.Workspace;

/// <summary>Rows in the database, contents on disk under their ids.</summary>
internal sealed class Files(WorkspaceDatabase database, WorkspaceOptions options, Operations operations, TimeProvider time) : IFiles
{
    private const int NameMax = 255;
    private const int ContentTypeMax = 127;
    private const int CopyBytes = 64 * 1024;

    private readonly string _folder = Path.Combine(Path.GetFullPath(options.Data), "files");

    public async Task<Answer<FileInfo>> Add(
        UserId uploader, string name, string contentType, Stream content, string? operationId, CancellationToken cancellation)
    {
        if (Operations.Check(operationId) is { } wrong) { return Answer<FileInfo>.Refuse(Refusal.Invalid, wrong); }

        if (name.Length is 0 or > NameMax || name.Any(char.IsControl) || name.AsSpan().ContainsAny('/', '\\'))
        {
            return Answer<FileInfo>.Refuse(Refusal.Invalid, $"A file's name has 1 to {NameMax} characters and no slash.");
        }

        if (contentType.Length is 0 or > ContentTypeMax || !contentType.All(letter => char.IsAscii(letter) && !char.IsControl(letter)))
        {
            return Answer<FileInfo>.Refuse(Refusal.Invalid, "The content type is malformed.");
        }

        var operation = Operations.Key("file", uploader, operationId);
        if (await Repeated(operation, cancellation) is { } before) { return before; }

        var id = Entropy.NewId<FileId>();
        var written = await Write(PathOf(id.Value), content, cancellation);
        if (written is null) { return Answer<FileInfo>.Refuse(Refusal.TooLarge, $"A file has at most {options.FileBytesMax} bytes."); }

        var row = new FileRow
        {
            Id = id.Value,
            Name = name,
            ContentType = contentType,
            Bytes = written.Value,
            UploaderId = uploader.Value,
            CreatedAt = time.GetUtcNow(),
        };
        await using var db = await database.OpenToWrite(cancellation);
        db.Files.Add(row);
        await operations.Remember(db, operation, row.Id, cancellation);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException) when (operation is not null)
        {
            // The same operation won the race on another connection.
            DeleteContents([row.Id]);
            return await Repeated(operation, cancellation) ?? Answer<FileInfo>.Refuse(Refusal.Unavailable);
        }

        return row.ToInfo();
    }

    public async Task<StoredFile?> Find(FileId id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db.Files.AsNoTracking().FirstOrDefaultAsync(file => file.Id == id.Value, cancellation);
        if (row is null) { return null; }

        var channel = row.PostId is null
            ? null
            : await db.Posts.Where(post => post.Id == row.PostId).Select(post => post.ChannelId).FirstOrDefaultAsync(cancellation);
        return new StoredFile(row.ToInfo(), UserId.From(row.UploaderId), channel is null ? null : ChannelId.From(channel));
    }

    public Task<Stream> Open(FileId id, CancellationToken cancellation) =>
        Task.FromResult<Stream>(new FileStream(
            PathOf(id.Value), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, CopyBytes, useAsync: true));

    /// <summary>Gives a post the uploader's files; false when one of them is not theirs to give.</summary>
    public static async Task<bool> Attach(
        WorkspaceDb db, ImmutableArray<FileId> files, UserId uploader, string post, CancellationToken cancellation)
    {
        var ids = files.Select(file => file.Value).Distinct().ToList();
        if (ids.Count == 0) { return true; }

        var rows = await db.Files
            .Where(file => ids.Contains(file.Id) && file.UploaderId == uploader.Value && file.PostId == null)
            .ToListAsync(cancellation);
        rows.ForEach(file => file.PostId = post);
        return rows.Count == ids.Count;
    }

    public void DeleteContents(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            File.Delete(PathOf(id));
        }
    }

    // Also of a file that went with its post since.
    private async Task<Answer<FileInfo>?> Repeated(string? operation, CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (await operations.Find(db, operation, cancellation) is not { } id) { return null; }

        var row = await db.Files.AsNoTracking().FirstOrDefaultAsync(file => file.Id == id, cancellation);
        return row is null ? Answer<FileInfo>.Refuse(Refusal.NotFound, "The file of this operation has been deleted.") : row.ToInfo();
    }

    // Null when there is more than a file may have; then nothing is left on disk.
    private async Task<long?> Write(string path, Stream content, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        long total = 0;
        var whole = false;
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, CopyBytes, useAsync: true);
            var buffer = new byte[CopyBytes];
            for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0;)
            {
                total += read;
                if (total > options.FileBytesMax) { return null; }

                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }

            file.Flush(flushToDisk: true);
            whole = true;
            return total;
        }
        finally
        {
            if (!whole) { File.Delete(path); }
        }
    }

    // Two letters of folder: no file system likes a million names in one.
    private string PathOf(string id) => Path.Combine(_folder, id[5..7], id);
}
