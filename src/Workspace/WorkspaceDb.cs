using Calls.Workspace.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Calls.Workspace;

/// <summary>The model. One subclass per provider, because migrations belong to a context type.</summary>
internal abstract class WorkspaceDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<UserRow> Users => Set<UserRow>();

    public DbSet<ChannelRow> Channels => Set<ChannelRow>();

    public DbSet<MembershipRow> Memberships => Set<MembershipRow>();

    public DbSet<PostRow> Posts => Set<PostRow>();

    public DbSet<OperationRow> Operations => Set<OperationRow>();

    public DbSet<FileRow> Files => Set<FileRow>();

    public DbSet<SignInRow> SignIns => Set<SignInRow>();

    public DbSet<HttpSessionRow> HttpSessions => Set<HttpSessionRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    public DbSet<CallRow> Calls => Set<CallRow>();

    public DbSet<SettingRow> Settings => Set<SettingRow>();

    /// <summary>Held while this context may write; given back with it.</summary>
    public IDisposable? WriteTurn { get; set; }

    public override void Dispose()
    {
        try
        {
            base.Dispose();
        }
        finally
        {
            WriteTurn?.Dispose();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await base.DisposeAsync();
        }
        finally
        {
            WriteTurn?.Dispose();
        }
    }

    /// <summary>
    /// Reads a channel in a transaction, and holds it until that ends: others that hold it wait their turn. Whoever writes or deletes
    /// posts holds their channel. So posts are numbered in the order in which they are seen, and no reply outlives its thread.
    /// </summary>
    public abstract Task<ChannelRow?> HoldChannel(string id, CancellationToken cancellation);

    /// <summary>Reads a user in a transaction, and holds them until that ends: whoever would change them waits, and finds what was written meanwhile.</summary>
    public abstract Task<UserRow?> HoldUser(string id, CancellationToken cancellation);

    // SQLite has no type for times, and compares numbers rightly; ticks keep every digit.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<UserRow>(user =>
        {
            user.HasKey(row => row.Id);
            user.HasIndex(row => row.Username).IsUnique();
        });
        modelBuilder.Entity<ChannelRow>(channel =>
        {
            channel.HasKey(row => row.Id);
            channel.Ignore(row => row.IsBetweenPeople);
            channel.HasIndex(row => row.Name).IsUnique();
        });
        modelBuilder.Entity<MembershipRow>(membership =>
        {
            membership.HasKey(row => new { row.ChannelId, row.UserId });
            membership.HasOne<ChannelRow>().WithMany().HasForeignKey(row => row.ChannelId);
            membership.HasOne<UserRow>().WithMany().HasForeignKey(row => row.UserId);
        });
        modelBuilder.Entity<PostRow>(post =>
        {
            post.HasKey(row => row.Number);
            post.HasOne<ChannelRow>().WithMany().HasForeignKey(row => row.ChannelId);
            post.HasOne<UserRow>().WithMany().HasForeignKey(row => row.AuthorId);
            post.HasIndex(row => row.Id).IsUnique();
            post.HasIndex(row => new { row.ChannelId, row.Number });
            post.HasIndex(row => row.ThreadId);
        });
        modelBuilder.Entity<OperationRow>(operation =>
        {
            operation.HasKey(row => row.Key);
            operation.HasIndex(row => row.At);

            // Its first name, when only posts were made so: processes of the version before still use it during an update.
            operation.Property(row => row.MadeId).HasColumnName("PostId");
        });
        modelBuilder.Entity<FileRow>(file =>
        {
            file.HasKey(row => row.Id);
            file.HasIndex(row => row.PostId);
        });
        modelBuilder.Entity<SignInRow>(signIn =>
        {
            signIn.HasKey(row => row.TokenHash);
            signIn.HasIndex(row => row.UserId);
            signIn.HasIndex(row => row.ExpiresAt);
        });
        modelBuilder.Entity<HttpSessionRow>(session =>
        {
            session.HasKey(row => row.Id);
        });
        modelBuilder.Entity<AuditRow>(audit =>
        {
            audit.HasKey(row => row.Number);
        });
        modelBuilder.Entity<CallRow>(call =>
        {
            call.HasKey(row => row.Id);
            call.HasIndex(row => row.Day);
        });
        modelBuilder.Entity<SettingRow>(setting =>
        {
            setting.HasKey(row => row.Name);
        });
    }

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}

/// <summary>The model on SQLite, whose writing transactions are one at a time anyway.</summary>
internal sealed class SqliteWorkspaceDb(DbContextOptions<SqliteWorkspaceDb> options) : WorkspaceDb(options)
{
    public override Task<ChannelRow?> HoldChannel(string id, CancellationToken cancellation) =>
        Channels.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellation);

    public override Task<UserRow?> HoldUser(string id, CancellationToken cancellation) =>
        Users.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellation);
}

/// <summary>The model on PostgreSQL. Rows that only refer to the one held may be written meanwhile.</summary>
internal sealed class PostgresWorkspaceDb(DbContextOptions<PostgresWorkspaceDb> options) : WorkspaceDb(options)
{
    public override async Task<ChannelRow?> HoldChannel(string id, CancellationToken cancellation) =>
        (await Channels.FromSql($"""SELECT * FROM "Channels" WHERE "Id" = {id} FOR NO KEY UPDATE""").AsNoTracking().ToListAsync(cancellation))
        .FirstOrDefault();

    public override async Task<UserRow?> HoldUser(string id, CancellationToken cancellation) =>
        (await Users.FromSql($"""SELECT * FROM "Users" WHERE "Id" = {id} FOR NO KEY UPDATE""").AsNoTracking().ToListAsync(cancellation))
        .FirstOrDefault();
}
