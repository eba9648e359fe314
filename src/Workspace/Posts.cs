using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Workspace.Rows;
using Microsoft.EntityFrameworkCore;

namespace Calls.Workspace;

internal sealed class Posts(WorkspaceDatabase database, WorkspaceFeed feed, Files files, Operations operations, TimeProvider time) : IPosts
{
    private const int FilesMax = 10;
    private const string SaysSomething = "A post says something.";
    private const int PropsCharactersMax = 64 * 1024; // A card of a thousand-person call names everybody: 32 characters each.

    public async Task<Post?> Find(PostId id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db.Posts.AsNoTracking().FirstOrDefaultAsync(post => post.Id == id.Value, cancellation);
        return row is null ? null : await PostReader.Assemble(db, row, cancellation);
    }

    public async Task<Page<Post>> List(ChannelId channel, PageRequest page, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var before = page.AfterNumber() ?? long.MaxValue;
        var rows = await db.Posts.AsNoTracking()
            .Where(post => post.ChannelId == channel.Value && post.ThreadId == null && post.Number < before)
            .OrderByDescending(post => post.Number)
            .Take(page.Limit() + 1)
            .ToListAsync(cancellation);
        return rows.Cut(page.Limit(), await PostReader.Assemble(db, rows, cancellation), Cursor);
    }

    public async Task<Page<Post>?> Thread(PostId first, PageRequest page, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var after = page.AfterNumber() ?? 0;
        if (!await db.Posts.AnyAsync(post => post.Id == first.Value && post.ThreadId == null, cancellation)) { return null; }

        var rows = await db.Posts.AsNoTracking()
            .Where(post => (post.Id == first.Value || post.ThreadId == first.Value) && post.Number > after)
            .OrderBy(post => post.Number)
            .Take(page.Limit() + 1)
            .ToListAsync(cancellation);
        return rows.Cut(page.Limit(), await PostReader.Assemble(db, rows, cancellation), Cursor);
    }

    public async Task<Answer<Post>> Create(NewPost post, CancellationToken cancellation)
    {
        if (Check(post) is { } wrong) { return Answer<Post>.Refuse(Refusal.Invalid, wrong); }

        await using var db = await database.OpenToWrite(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var channel = await db.HoldChannel(post.ChannelId.Value, cancellation);
        if (channel is null) { return Answer<Post>.Refuse(Refusal.NotFound); }

        if (await Repeated(db, post, cancellation) is { } before) { return before; }

        if (channel.Archived) { return Answer<Post>.Refuse(Refusal.ChannelArchived); }

        if (post.ThreadId is { } thread && !await db.Posts.AnyAsync(
            row => row.Id == thread.Value && row.ThreadId == null && row.ChannelId == channel.Id, cancellation))
        {
            return Answer<Post>.Refuse(Refusal.NotFound, "There is no such thread in this channel.");
        }

        var row = NewRow(post);
        db.Posts.Add(row);
        await operations.Remember(db, OperationKey(post), row.Id, cancellation);
        if (!await Files.Attach(db, post.Files, post.Author, row.Id, cancellation))
        {
            return Answer<Post>.Refuse(Refusal.Invalid, "A file does not exist, or is not yours, or another post has it.");
        }

        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (post.OperationId is not null && Clash.Is(failure))
        {
            // The same operation won the race in another channel.
            await transaction.RollbackAsync(cancellation);
            db.ChangeTracker.Clear();
            return await Repeated(db, post, cancellation) ?? Answer<Post>.Refuse(Refusal.Unavailable);
        }

        await db.Memberships
            .Where(member => member.ChannelId == channel.Id && member.UserId == post.Author.Value && member.ReadUpTo < row.Number)
            .ExecuteUpdateAsync(member => member.SetProperty(mine => mine.ReadUpTo, row.Number), cancellation);
        var made = await PostReader.Assemble(db, row, cancellation);

        // From here on it is said, and everybody hears of it, whether or not its author waits for the answer.
        await transaction.CommitAsync(CancellationToken.None);
        feed.Publish(post.ChannelId, new CallEvent.PostCreated(made));
        await TellOfThread(db, row.ThreadId);
        return made;
    }

    public async Task<Answer<Post>> Edit(
        PostId id, string? text, ImmutableDictionary<string, string>? props, CancellationToken cancellation)
    {
        if (text is not null && CheckText(text) is { } wrong) { return Answer<Post>.Refuse(Refusal.Invalid, wrong); }

        await using var db = await database.OpenToWrite(cancellation);
        var row = await db.Posts.FirstOrDefaultAsync(post => post.Id == id.Value, cancellation);
        if (row is null) { return Answer<Post>.Refuse(Refusal.NotFound); }

        if (text is not null)
        {
            if (row.Type == PostType.Text && string.IsNullOrWhiteSpace(text) && !await db.Files.AnyAsync(file => file.PostId == row.Id, cancellation))
            {
                return Answer<Post>.Refuse(Refusal.Invalid, SaysSomething);
            }

            row.Text = text;
            row.EditedAt = time.GetUtcNow();
        }

        if (props is not null)
        {
            row.Props = PostReader.WriteProps(PostReader.ReadProps(row.Props).SetItems(props));
            if (!AreProps(row.Props)) { return Answer<Post>.Refuse(Refusal.Invalid, "These props are too long."); }
        }

        await db.SaveChangesAsync(CancellationToken.None);
        var edited = await PostReader.Assemble(db, row, CancellationToken.None);
        feed.Publish(edited.ChannelId, new CallEvent.PostEdited(edited));
        return edited;
    }

    public async Task<Answer> Delete(PostId id, CancellationToken cancellation)
    {
        await using var db = await database.OpenToWrite(cancellation);
        var row = await db.Posts.AsNoTracking().FirstOrDefaultAsync(post => post.Id == id.Value, cancellation);
        if (row is null) { return Answer.Accepted; }

        List<string> fileIds;
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellation))
        {
            await db.HoldChannel(row.ChannelId, cancellation);
            if (await db.Posts.AnyAsync(reply => reply.ThreadId == id.Value && reply.Type != PostType.Text, cancellation))
            {
                return Answer.Refuse(Refusal.Forbidden, "A call was started in this thread, and nobody deletes the post of a call.");
            }

            var posts = db.Posts.Where(post => post.Id == id.Value || post.ThreadId == id.Value);
            var postIds = await posts.Select(post => post.Id).ToListAsync(cancellation);
            if (postIds.Count == 0) { return Answer.Accepted; }

            var itsFiles = db.Files.Where(file => file.PostId != null && postIds.Contains(file.PostId));
            fileIds = await itsFiles.Select(file => file.Id).ToListAsync(cancellation);
            await itsFiles.ExecuteUpdateAsync(file => file.SetProperty(its => its.PostId, (string?)null), cancellation);
            await posts.ExecuteDeleteAsync(cancellation);
            await transaction.CommitAsync(CancellationToken.None);
        }

        var threadId = row.ThreadId is null ? (PostId?)null : PostId.From(row.ThreadId);
        feed.Publish(ChannelId.From(row.ChannelId), new CallEvent.PostDeleted(id, threadId));
        await TellOfThread(db, row.ThreadId);
        await files.Discard(db, fileIds);
        return Answer.Accepted;
    }

    private async Task TellOfThread(WorkspaceDb db, string? thread)
    {
        var first = thread is null ? null : await db.Posts.AsNoTracking().FirstOrDefaultAsync(post => post.Id == thread, CancellationToken.None);
        if (first is null) { return; }

        var post = await PostReader.Assemble(db, first, CancellationToken.None);
        feed.Publish(post.ChannelId, new CallEvent.PostEdited(post));
    }

    private async Task<Answer<Post>?> Repeated(WorkspaceDb db, NewPost post, CancellationToken cancellation)
    {
        if (await operations.Find(db, OperationKey(post), cancellation) is not { } id) { return null; }

        var row = await db.Posts.AsNoTracking().FirstOrDefaultAsync(made => made.Id == id, cancellation);
        return row is null
            ? Answer<Post>.Refuse(Refusal.NotFound, "The post of this operation has been deleted.")
            : await PostReader.Assemble(db, row, cancellation);
    }

    private PostRow NewRow(NewPost post) => new()
    {
        Id = Entropy.NewId<PostId>().Value,
        ChannelId = post.ChannelId.Value,
        ThreadId = post.ThreadId?.Value,
        AuthorId = post.Author.Value,
        Type = post.Type,
        Text = post.Text,
        Props = PostReader.WriteProps(post.Props),
        CreatedAt = time.GetUtcNow(),
    };

    private static string Cursor(PostRow row) => row.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string? OperationKey(NewPost post) => post.OperationId is null ? null : $"{post.Author.Value}/{post.OperationId}";

    private static string? Check(NewPost post)
    {
        if (Operations.Check(post.OperationId) is { } wrong) { return wrong; }

        if (post.Files.Length > FilesMax) { return $"A post has at most {FilesMax} files."; }

        if (post.Type == PostType.Text && post.Files.IsEmpty && string.IsNullOrWhiteSpace(post.Text)) { return SaysSomething; }

        return AreProps(PostReader.WriteProps(post.Props)) ? CheckText(post.Text) : "These props are too long.";
    }

    private static string? CheckText(string text) =>
        text.Length > Post.TextMax || text.Contains('\0', StringComparison.Ordinal)
            ? $"A post has at most {Post.TextMax} characters, and no NUL among them."
            : null;

    private static bool AreProps(string json) => json.Length <= PropsCharactersMax;
}
