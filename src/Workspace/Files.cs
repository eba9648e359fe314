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
    private const int SweptAtOnce = 100; // Others wait for their turn to write meanwhile.

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

        // 1. Known before there is a content: whatever happens to this process, the sweep finds both.
        var row = new FileRow { Id = Entropy.NewId<FileId>().Value, Name = name, ContentType = contentType, UploaderId = uploader.Value, CreatedAt = time.GetUtcNow() };
        await using (var db = await database.OpenToWrite(cancellation))
        {
            db.Files.Add(row);
            await db.SaveChangesAsync(cancellation);
        }

        var isKept = false;
        try
        {
            // 2. The content
            if (await Write(PathOf(row.Id), content, cancellation) is not { } bytes)
            {
                return Answer<FileInfo>.Refuse(Refusal.TooLarge, $"A file has at most {options.FileBytesMax} bytes.");
            }

            // 3. Whole, and what this operation made
            row.Bytes = bytes;
            isKept = await Keep(row, operation, cancellation);
        }
        finally
        {
            if (!isKept) { await Discard(row.Id); }
        }

        return isKept ? row.ToInfo() : await Repeated(operation, cancellation) ?? Answer<FileInfo>.Refuse(Refusal.Unavailable);
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

    /// <summary>Deletes what was uploaded long ago and no post took, and what a crash left halfway.</summary>
    public async Task<int> Sweep(CancellationToken cancellation)
    {
        var newest = time.GetUtcNow() - options.FileUnpostedMax;
        for (var swept = 0; ;)
        {
            await using var db = await database.OpenToWrite(cancellation);
            var ids = await db.Files.Where(file => file.PostId == null && file.CreatedAt < newest)
                .OrderBy(file => file.Id).Select(file => file.Id).Take(SweptAtOnce).ToListAsync(cancellation);
            await Discard(db, ids);
            swept += ids.Count;
            if (ids.Count < SweptAtOnce) { return swept; }
        }
    }

    /// <summary>
    /// Deletes files that no post has, with their contents. In one transaction: a post that takes one meanwhile finds it whole or not
    /// at all, and one that cannot be deleted now is swept later.
    /// </summary>
    public async Task Discard(WorkspaceDb db, IReadOnlyList<string> ids)
    {
        if (ids.Count == 0) { return; }

        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        await db.Files.Where(file => ids.Contains(file.Id) && file.PostId == null).ExecuteDeleteAsync(CancellationToken.None);
        var taken = await db.Files.Where(file => ids.Contains(file.Id)).Select(file => file.Id).ToListAsync(CancellationToken.None);
        foreach (var path in ids.Except(taken).Select(PathOf).Where(File.Exists)) { File.Delete(path); }

        await transaction.CommitAsync(CancellationToken.None);
    }

    private async Task Discard(string id)
    {
        await using var db = await database.OpenToWrite(CancellationToken.None);
        await Discard(db, [id]);
    }

    // False: the same operation won the race on another connection, or the file was swept while it was written.
    private async Task<bool> Keep(FileRow row, string? operation, CancellationToken cancellation)
    {
        await using var db = await database.OpenToWrite(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var bytes = row.Bytes;
        if (await db.Files.Where(file => file.Id == row.Id).ExecuteUpdateAsync(file => file.SetProperty(its => its.Bytes, bytes), cancellation) == 0) { return false; }

        await operations.Remember(db, operation, row.Id, cancellation);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (Clash.Is(failure))
        {
            return false;
        }

        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    // Also of a file that went with its post since.
    private async Task<Answer<FileInfo>?> Repeated(string? operation, CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (await operations.Find(db, operation, cancellation) is not { } id) { return null; }

        var row = await db.Files.AsNoTracking().FirstOrDefaultAsync(file => file.Id == id, cancellation);
        return row is null ? Answer<FileInfo>.Refuse(Refusal.NotFound, "The file of this operation has been deleted.") : row.ToInfo();
    }

    // Null when there is more than a file may have.
    private async Task<long?> Write(string path, Stream content, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, CopyBytes, useAsync: true);
        long total = 0;
        var buffer = new byte[CopyBytes];
        for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0;)
        {
            total += read;
            if (total > options.FileBytesMax) { return null; }

            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        file.Flush(flushToDisk: true);
        return total;
    }

    // Two letters of folder: no file system likes a million names in one.
    private string PathOf(string id) => Path.Combine(_folder, id[5..7], id);
}
