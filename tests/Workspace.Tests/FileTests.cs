using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Workspace.Tests;

public sealed class FilesOnSqlite(SqliteFixture fixture) : FileTests(fixture), IClassFixture<SqliteFixture>;

public sealed class FilesOnPostgres(PostgresFixture fixture) : FileTests(fixture), IClassFixture<PostgresFixture>;

/// <summary>What is left of an upload that came to nothing: nothing.</summary>
public abstract class FileTests(WorkspaceFixture fixture)
{
    private IFiles Files => fixture.Workspace.Files;

    [Theory]
    [InlineData(null)]
    [InlineData("op")]
    public async Task An_upload_whose_client_goes_at_any_step_leaves_a_whole_file_or_nothing(string? operation)
    {
        var alice = (await fixture.User("alice")).Id;
        for (var (goesAt, isDone) = (1, false); !isDone; goesAt++)
        {
            var before = await Left();
            using var client = new CancellationTokenSource();
            var steps = 0;
            var key = operation is null ? null : $"{operation}-{goesAt}";
            FileId? made = null;
            try
            {
                made = (await DatabaseSteps.Of(
                    _ =>
                    {
                        if (++steps == goesAt) { client.Cancel(); }
                    },
                    () => Files.Add(alice, "a.txt", "text/plain", new MemoryStream([1, 2, 3]), key, client.Token))).Value!.Id;
                isDone = steps < goesAt;
            }
            catch (OperationCanceledException)
            {
                // Nothing may be left of it.
            }

            var after = await Left();
            Assert.Equal((goesAt, before.Rows + (made is null ? 0 : 1), before.Contents + (made is null ? 0 : 1)), (goesAt, after.Rows, after.Contents));
            if (made is { } whole) { Assert.Equal(3, (await Files.Find(whole, default))!.Info.Bytes); }
        }
    }

    [Fact]
    public async Task An_upload_that_breaks_off_or_is_too_large_or_cannot_be_kept_leaves_nothing()
    {
        var alice = (await fixture.User("alice")).Id;
        var before = await Left();

        await Assert.ThrowsAsync<IOException>(() => Files.Add(alice, "a.txt", "text/plain", new BrokenStream(), null, default));
        Assert.Equal(Refusal.TooLarge, (await Files.Add(alice, "a.txt", "text/plain", new MemoryStream(new byte[1001]), null, default)).Refusal);
        await Assert.ThrowsAsync<DbUpdateException>(() => DatabaseSteps.OfFailing(
            () => Files.Add(alice, "a.txt", "text/plain", new MemoryStream([1]), "kept", default)));

        Assert.Equal(before, await Left());
    }

    [Fact]
    public async Task An_upload_that_no_post_takes_is_deleted_after_a_time_and_a_posted_one_stays()
    {
        var (alice, square) = ((await fixture.User("alice")).Id, await fixture.Channel("alice", "town-square"));
        var (forgotten, posted) = (await Add(alice), await Add(alice));
        await fixture.Workspace.Posts.Create(new NewPost(square, null, alice, PostType.Text, "", [], [posted], null), default);
        fixture.Time.Advance(TimeSpan.FromDays(6.5));
        var fresh = await Add(alice);

        var files = fixture.Services.GetRequiredService<Files>();
        await files.Sweep(default);
        Assert.NotNull(await Files.Find(forgotten, default));
        fixture.Time.Advance(TimeSpan.FromDays(1));
        await files.Sweep(default);

        Assert.Null(await Files.Find(forgotten, default));
        await Assert.ThrowsAsync<FileNotFoundException>(() => Files.Open(forgotten, default));
        foreach (var kept in new[] { posted, fresh })
        {
            await using var content = await Files.Open(kept, default);
            Assert.Equal(1, content.Length);
        }
    }

    [Fact]
    public async Task More_uploads_than_are_deleted_at_once_are_all_deleted()
    {
        var dave = (await fixture.User("dave")).Id;
        await using (var db = await fixture.Services.GetRequiredService<WorkspaceDatabase>().OpenToWrite(default))
        {
            var longAgo = fixture.Time.GetUtcNow() - TimeSpan.FromDays(30);
            db.Files.AddRange(Enumerable.Range(0, 250).Select(_ => new Rows.FileRow
            {
                Id = Entropy.NewId<FileId>().Value,
                Name = "a.txt",
                ContentType = "text/plain",
                UploaderId = dave.Value,
                CreatedAt = longAgo,
            }));
            await db.SaveChangesAsync();
        }

        Assert.InRange(await fixture.Services.GetRequiredService<Files>().Sweep(default), 250, int.MaxValue);

        await using var there = fixture.Services.GetRequiredService<WorkspaceDatabase>().Open();
        Assert.False(await there.Files.AnyAsync(file => file.UploaderId == dave.Value));
    }

    private async Task<FileId> Add(UserId uploader) =>
        (await Files.Add(uploader, "a.txt", "text/plain", new MemoryStream([1]), null, default)).Value!.Id;

    private async Task<(int Rows, int Contents)> Left()
    {
        await using var db = fixture.Services.GetRequiredService<WorkspaceDatabase>().Open();
        var folder = Path.Combine(fixture.Services.GetRequiredService<WorkspaceOptions>().Data, "files");
        var contents = Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length : 0;
        return (await db.Files.CountAsync(), contents);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("The client went away.");
    }
}
