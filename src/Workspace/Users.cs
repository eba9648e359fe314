using System.Buffers;
using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Workspace.Rows;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Calls.Workspace;

internal sealed class Users(WorkspaceDatabase database, WorkspaceFeed feed, IPasswordHasher<UserRow> passwords, Operations operations) : IUsers
{
    /// <summary>The channel that every new user but guests is put in, so that nobody begins in an empty room.</summary>
    public const string DefaultChannel = "town-square";

    public const string DefaultRingTone = "classic";

    private const int PasswordMin = 8;
    private const int PasswordMax = 128;
    private const int RingToneMax = 32;
    private static readonly SearchValues<char> s_usernameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    // Verified when there is no such user, so that the time of a refusal does not tell who exists.
    private readonly Lazy<string> _nobodysHash = new(() => passwords.HashPassword(null!, "nobody's password"));

    public async Task<User?> Find(UserId id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return (await db.Users.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id.Value, cancellation))?.ToUser();
    }

    public async Task<ImmutableHashSet<UserId>> Barred(ImmutableArray<UserId> users, CancellationToken cancellation)
    {
        await using var db = database.Open();
        string[] ids = [.. users.Select(user => user.Value)];
        var active = await db.Users.Where(row => ids.Contains(row.Id) && !row.Deactivated).Select(row => row.Id).ToListAsync(cancellation);
        return [.. users.Except(active.Select(UserId.From))];
    }

    public async Task<User?> FindByName(string username, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return (await RowByName(db, username, cancellation))?.ToUser();
    }

    public async Task<Authenticated?> Authenticate(string username, string password, CancellationToken cancellation)
    {
        if (password.Length > PasswordMax) { return null; }

        await using var db = database.Open();
        var row = await RowByName(db, username, cancellation);
        var hash = row?.PasswordHash ?? _nobodysHash.Value;
        var right = passwords.VerifyHashedPassword(null!, hash, password) != PasswordVerificationResult.Failed;
        return right && row is { Deactivated: false } && row.ToCredential() is { } credential ? new Authenticated(row.ToUser(), credential) : null;
    }

    public async Task<Page<User>> List(PageRequest page, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var after = page.AfterText();
        var rows = await db.Users.AsNoTracking()
            .Where(row => string.Compare(row.Username, after) > 0)
            .OrderBy(row => row.Username)
            .Take(page.Limit() + 1)
            .ToListAsync(cancellation);
        return rows.Cut(page.Limit(), [.. rows.Select(row => row.ToUser())], row => row.Username);
    }

    public async Task<Answer<User>> Create(NewUser user, CancellationToken cancellation)
    {
        var username = user.Username.ToLowerInvariant();
        if (!IsUsername(username))
        {
            return Answer<User>.Refuse(Refusal.Invalid, "A username has 1 to 64 letters of a-z, 0-9, dot, underscore and hyphen.");
        }

        if ((DisplayNames.Check(user.DisplayName) ?? Operations.Check(user.OperationId)) is { } wrong) { return Answer<User>.Refuse(Refusal.Invalid, wrong); }

        if (user.Role != UserRole.Bot && CheckPassword(user.Password) is { } wrongPassword)
        {
            return Answer<User>.Refuse(Refusal.Invalid, wrongPassword);
        }

        // Before its turn to write: a hash takes its time, and on SQLite everybody's writing would wait for it.
        var hash = user.Password is null ? null : passwords.HashPassword(null!, user.Password);
        await using var db = await database.OpenToWrite(cancellation);
        var operation = Operations.Key("user", user.By, user.OperationId);
        if (await Repeated(db, operation, cancellation) is { } before) { return before; }

        var row = new UserRow
        {
            Id = Entropy.NewId<UserId>().Value,
            Username = username,
            DisplayName = user.DisplayName.Trim(),
            Role = user.Role,
            PasswordHash = hash,
            RingTone = DefaultRingTone,
        };
        db.Users.Add(row);
        await operations.Remember(db, operation, row.Id, cancellation);
        var channel = await AddToDefaultChannel(db, row, cancellation);
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateException failure) when (Clash.Is(failure))
        {
            // The same operation may have won the race on another connection.
            return await Repeated(db, operation, cancellation) ?? Answer<User>.Refuse(Refusal.Invalid, $"There is a user {username} already.");
        }

        var made = row.ToUser();
        feed.Publish(null, new CallEvent.UserChanged(made));
        if (channel is { } joined) { feed.Publish(joined, new CallEvent.MemberAdded(joined, made), made.Id); }

        return made;
    }

    public async Task<Answer<User>> Change(UserId id, UserChange change, CancellationToken cancellation)
    {
        var wrong = (change.DisplayName is null ? null : DisplayNames.Check(change.DisplayName))
            ?? (change.Password is null ? null : CheckPassword(change.Password))
            ?? (change.Preferences is { } preferences ? CheckRingTone(preferences.RingTone) : null);
        if (wrong is not null) { return Answer<User>.Refuse(Refusal.Invalid, wrong); }

        var hash = change.Password is null ? null : passwords.HashPassword(null!, change.Password);
        await using var db = await database.OpenToWrite(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var row = await db.Users.FirstOrDefaultAsync(user => user.Id == id.Value, cancellation);
        if (row is null) { return Answer<User>.Refuse(Refusal.NotFound); }

        if (row.Role == UserRole.Bot) { return Answer<User>.Refuse(Refusal.Invalid, "The service's own user stays as it is."); }

        var before = row.ToUser();
        Apply(row, change, hash);
        await db.SaveChangesAsync(cancellation);
        if (change.Deactivated == true || hash is not null)
        {
            // With the change or not at all: a sign-in that was read before it is refused when it is to be kept (Records.AddSignIn).
            await db.SignIns.Where(signIn => signIn.UserId == id.Value).ExecuteDeleteAsync(cancellation);
        }

        await transaction.CommitAsync(CancellationToken.None);
        var after = row.ToUser();
        if (after != before) { feed.Publish(null, new CallEvent.UserChanged(after)); }

        return after;
    }

    public async Task SetPresent(UserId id, bool present, CancellationToken cancellation)
    {
        await using var db = await database.OpenToWrite(cancellation);
        var row = await db.Users.FirstOrDefaultAsync(user => user.Id == id.Value, cancellation);
        if (row is null || row.IsPresent == present) { return; }

        row.IsPresent = present;
        await db.SaveChangesAsync(CancellationToken.None);
        feed.Publish(null, new CallEvent.UserChanged(row.ToUser()));
    }

    public async Task<UserPreferences> Preferences(UserId id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Id == id.Value, cancellation);
        return row is null ? new UserPreferences(true, DefaultRingTone) : new UserPreferences(row.Ringing, row.RingTone);
    }

    private static void Apply(UserRow row, UserChange change, string? hash)
    {
        row.DisplayName = change.DisplayName?.Trim() ?? row.DisplayName;
        row.Role = change.Role ?? row.Role;
        row.Status = change.Status ?? row.Status;
        row.Deactivated = change.Deactivated ?? row.Deactivated;
        row.PasswordHash = hash ?? row.PasswordHash;
        row.Ringing = change.Preferences?.Ringing ?? row.Ringing;
        row.RingTone = change.Preferences?.RingTone ?? row.RingTone;
    }

    private async Task<Answer<User>?> Repeated(WorkspaceDb db, string? operation, CancellationToken cancellation)
    {
        if (await operations.Find(db, operation, cancellation) is not { } id) { return null; }

        return (await db.Users.AsNoTracking().FirstAsync(user => user.Id == id, cancellation)).ToUser();
    }

    private static async Task<ChannelId?> AddToDefaultChannel(WorkspaceDb db, UserRow user, CancellationToken cancellation)
    {
        if (user.Role is UserRole.Guest or UserRole.Bot) { return null; }

        var channel = await db.Channels.FirstOrDefaultAsync(row => row.Name == DefaultChannel && !row.Archived, cancellation);
        if (channel is null) { return null; }

        var readUpTo = await db.Posts.Where(post => post.ChannelId == channel.Id).MaxAsync(post => (long?)post.Number, cancellation) ?? 0;
        db.Memberships.Add(new MembershipRow { ChannelId = channel.Id, UserId = user.Id, ReadUpTo = readUpTo });
        return ChannelId.From(channel.Id);
    }

    private static async Task<UserRow?> RowByName(WorkspaceDb db, string username, CancellationToken cancellation)
    {
        var name = username.ToLowerInvariant();
        return IsUsername(name)
            ? await db.Users.AsNoTracking().FirstOrDefaultAsync(row => row.Username == name, cancellation)
            : null;
    }

    private static bool IsUsername(string name) =>
        name.Length is > 0 and <= NewUser.UsernameMax && !name.AsSpan().ContainsAnyExcept(s_usernameLetters);

    private static string? CheckRingTone(string name) =>
        name.Length is 0 or > RingToneMax || name.Any(char.IsControl)
            ? $"A ring tone's name has 1 to {RingToneMax} characters, and no control characters."
            : null;

    private static string? CheckPassword(string? password) =>
        password is null || password.Length is < PasswordMin or > PasswordMax
            ? $"A password has {PasswordMin} to {PasswordMax} characters."
            : null;
}
