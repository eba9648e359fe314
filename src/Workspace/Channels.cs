using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Workspace.Rows;
using Microsoft.EntityFrameworkCore;

namespace Calls.Workspace;

internal sealed class Channels(WorkspaceDatabase database, WorkspaceFeed feed, Operations operations) : IChannels
{
    private const int GroupMembersMin = 3;
    private const int GroupMembersMax = 8;

    public async Task<ChannelInfo?> Find(ChannelId id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db.Channels.AsNoTracking().FirstOrDefaultAsync(channel => channel.Id == id.Value, cancellation);
        return row is null ? null : await Info(db, row, cancellation);
    }

    public async Task<ChannelStanding?> Standing(ChannelId id, UserId user, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var found = await db.Channels
            .Where(channel => channel.Id == id.Value)
            .SelectMany(_ => db.Users.Where(person => person.Id == user.Value), (channel, person) => new
            {
                channel.Kind,
                channel.Archived,
                person.Role,
                person.Deactivated,
                IsMember = db.Memberships.Any(place => place.ChannelId == channel.Id && place.UserId == person.Id),
                PeerDeactivated = channel.Kind == ChannelKind.Direct && db.Memberships.Any(place => place.ChannelId == channel.Id
                    && place.UserId != person.Id && db.Users.Any(peer => peer.Id == place.UserId && peer.Deactivated)),
                PeerIsBot = channel.Kind == ChannelKind.Direct && db.Memberships.Any(place => place.ChannelId == channel.Id
                    && place.UserId != person.Id && db.Users.Any(peer => peer.Id == place.UserId && peer.Role == UserRole.Bot)),
            })
            .FirstOrDefaultAsync(cancellation);
        return found is null ? null : new ChannelStanding(
            found.Kind,
            found.Archived,
            found.Role,
            found.Deactivated,
            found.IsMember,
            MaySee: found.IsMember || (found.Kind == ChannelKind.Public && found.Role != UserRole.Guest),
            found.PeerDeactivated,
            found.PeerIsBot);
    }

    public async Task<ChannelView?> View(ChannelId id, UserId member, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return (await ChannelViews.Read(db, member, channel => channel.Id == id.Value, "", 1, cancellation)).Views.FirstOrDefault();
    }

    public async Task<Page<ChannelView>> ListOf(UserId member, PageRequest page, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var (rows, views) = await ChannelViews.Read(db, member, _ => true, page.AfterText(), page.Limit() + 1, cancellation);
        return rows.Cut(page.Limit(), views, ChannelViews.Cursor);
    }

    public async Task<Page<PublicChannel>> Browse(UserId user, PageRequest page, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var after = page.AfterText();
        var rows = await db.Channels.AsNoTracking()
            .Where(channel => channel.Kind == ChannelKind.Public && !channel.Archived && string.Compare(channel.Name, after) > 0)
            .Where(channel => !db.Memberships.Any(mine => mine.ChannelId == channel.Id && mine.UserId == user.Value))
            .Where(_ => db.Users.Any(person => person.Id == user.Value && person.Role != UserRole.Guest))
            .OrderBy(channel => channel.Name)
            .Take(page.Limit() + 1)
            .Select(channel => new { channel.Id, channel.Name, channel.DisplayName, Members = db.Memberships.Count(other => other.ChannelId == channel.Id) })
            .ToListAsync(cancellation);
        return rows.Cut(
            page.Limit(),
            [.. rows.Select(row => new PublicChannel(ChannelId.From(row.Id), row.Name, row.DisplayName, row.Members))],
            row => row.Name);
    }

    public async Task<ImmutableArray<ChannelId>> IdsOf(UserId member, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var ids = await db.Memberships.Where(row => row.UserId == member.Value).Select(row => row.ChannelId).ToListAsync(cancellation);
        return [.. ids.Select(ChannelId.From)];
    }

    public async Task<ImmutableDictionary<UserId, ImmutableHashSet<ChannelId>>> IdsOfEach(
        ImmutableArray<UserId> members, CancellationToken cancellation)
    {
        await using var db = database.Open();
        string[] ids = [.. members.Select(member => member.Value)];
        var places = await db.Memberships.Where(row => ids.Contains(row.UserId))
            .Select(row => new { row.UserId, row.ChannelId }).ToListAsync(cancellation);
        return places.GroupBy(place => UserId.From(place.UserId))
            .ToImmutableDictionary(user => user.Key, user => user.Select(place => ChannelId.From(place.ChannelId)).ToImmutableHashSet());
    }

    public async Task<ImmutableHashSet<ChannelId>> Closed(ImmutableArray<ChannelId> channels, CancellationToken cancellation)
    {
        await using var db = database.Open();
        string[] ids = [.. channels.Select(channel => channel.Value)];
        var open = await db.Channels.Where(row => ids.Contains(row.Id) && !row.Archived).Select(row => row.Id).ToListAsync(cancellation);
        return [.. channels.Except(open.Select(ChannelId.From))];
    }

    public async Task<bool> MaySee(ChannelId id, UserId user, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Memberships.AnyAsync(row => row.ChannelId == id.Value && row.UserId == user.Value, cancellation)
            || (await db.Channels.AnyAsync(row => row.Id == id.Value && row.Kind == ChannelKind.Public, cancellation)
                && await db.Users.AnyAsync(row => row.Id == user.Value && row.Role != UserRole.Guest, cancellation));
    }

    public async Task<Membership?> FindMember(ChannelId id, UserId user, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db.Memberships.AsNoTracking()
            .FirstOrDefaultAsync(membership => membership.ChannelId == id.Value && membership.UserId == user.Value, cancellation);
        if (row is null) { return null; }

        var person = await db.Users.AsNoTracking().FirstAsync(found => found.Id == user.Value, cancellation);
        return ToMembership(row, person);
    }

    public async Task<Page<Membership>> Members(ChannelId id, PageRequest page, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var after = page.AfterText();
        var rows = await db.Memberships.AsNoTracking()
            .Where(membership => membership.ChannelId == id.Value)
            .Join(db.Users, membership => membership.UserId, user => user.Id, (membership, user) => new { membership, user })
            .Where(pair => string.Compare(pair.user.Username, after) > 0)
            .OrderBy(pair => pair.user.Username)
            .Take(page.Limit() + 1)
            .ToListAsync(cancellation);
        return rows.Cut(page.Limit(), [.. rows.Select(pair => ToMembership(pair.membership, pair.user))], pair => pair.user.Username);
    }

    public async Task<Answer<ChannelInfo>> Create(NewChannel channel, UserId creator, CancellationToken cancellation)
    {
        var people = channel.Members.Prepend(creator).Distinct().ToList();
        if ((Operations.Check(channel.OperationId) ?? Check(channel, people.Count)) is { } wrong) { return Answer<ChannelInfo>.Refuse(Refusal.Invalid, wrong); }

        await using var db = await database.OpenToWrite(cancellation);
        var operation = Operations.Key("channel", creator, channel.OperationId);
        if (await Repeated(db, operation, cancellation) is { } before) { return before; }

        var ids = people.Select(user => user.Value).ToList();
        var users = await db.Users.AsNoTracking().Where(user => ids.Contains(user.Id) && !user.Deactivated).ToListAsync(cancellation);
        if (users.Count != people.Count || users.Any(user => user.Role == UserRole.Bot && channel.Kind != ChannelKind.Direct))
        {
            return Answer<ChannelInfo>.Refuse(Refusal.NotFound, "One of the members does not exist or is deactivated.");
        }

        var betweenPeople = channel.Kind is ChannelKind.Direct or ChannelKind.Group;
        var row = new ChannelRow
        {
            Id = Entropy.NewId<ChannelId>().Value,
            Kind = channel.Kind,
            Name = betweenPeople ? ChannelNames.OfPeople(channel.Kind, people) : channel.Name!,
            DisplayName = betweenPeople ? "" : (channel.DisplayName ?? channel.Name!).Trim(),
        };
        var existing = await db.Channels.AsNoTracking().FirstOrDefaultAsync(found => found.Name == row.Name, cancellation);
        if (existing is null)
        {
            db.Channels.Add(row);
            db.Memberships.AddRange(ids.Select(id => new MembershipRow
            {
                ChannelId = row.Id,
                UserId = id,
                IsAdmin = !betweenPeople && id == creator.Value,
            }));
            await operations.Remember(db, operation, row.Id, cancellation);
            if (await Save(db))
            {
                foreach (var user in users)
                {
                    feed.Publish(ChannelId.From(row.Id), new CallEvent.MemberAdded(ChannelId.From(row.Id), user.ToUser()), UserId.From(user.Id));
                }

                return await Info(db, row, CancellationToken.None);
            }

            db.ChangeTracker.Clear();
            existing = await db.Channels.AsNoTracking().FirstOrDefaultAsync(found => found.Name == row.Name, cancellation);
        }

        // The same operation may have won the race on another connection.
        if (await Repeated(db, operation, cancellation) is { } raced) { return raced; }

        // Whoever made a channel of another kind under this name shall not be led into, nor lead others there.
        return betweenPeople && existing?.Kind == channel.Kind
            ? await Info(db, existing, cancellation)
            : Answer<ChannelInfo>.Refuse(Refusal.Invalid, $"There is a channel {row.Name} already.");
    }

    public Task<Answer<ChannelInfo>> Rename(ChannelId id, string displayName, CancellationToken cancellation) =>
        Change(id, channel =>
        {
            if (channel.IsBetweenPeople) { return "A conversation between people is named after them."; }

            channel.DisplayName = displayName.Trim();
            return DisplayNames.Check(displayName);
        }, cancellation);

    public Task<Answer<ChannelInfo>> SetArchived(ChannelId id, bool archived, CancellationToken cancellation) =>
        Change(id, channel =>
        {
            channel.Archived = archived;
            return null;
        }, cancellation);

    public async Task<Answer<Membership>> AddMember(ChannelId id, UserId user, CancellationToken cancellation)
    {
        await using var db = await database.OpenToWrite(cancellation);
        var channel = await db.Channels.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id.Value, cancellation);
        var person = await db.Users.AsNoTracking().FirstOrDefaultAsync(row => row.Id == user.Value && !row.Deactivated, cancellation);
        if (channel is null || person is null || person.Role == UserRole.Bot) { return Answer<Membership>.Refuse(Refusal.NotFound); }

        var membership = await db.Memberships.FindAsync([id.Value, user.Value], cancellation);
        if (membership is not null) { return ToMembership(membership, person); }

        if (channel.IsBetweenPeople) { return Answer<Membership>.Refuse(Refusal.Invalid, KeepsItsPeople); }

        // Posts from before are there to be read, but are not counted as unread.
        membership = new MembershipRow { ChannelId = id.Value, UserId = user.Value, ReadUpTo = await LastNumber(db, id, cancellation) };
        db.Memberships.Add(membership);
        if (await Save(db))
        {
            feed.Publish(id, new CallEvent.MemberAdded(id, person.ToUser()), user);
            return ToMembership(membership, person);
        }

        db.ChangeTracker.Clear();
        return await db.Memberships.FindAsync([id.Value, user.Value], cancellation) is { } faster
            ? ToMembership(faster, person)
            : Answer<Membership>.Refuse(Refusal.Unavailable);
    }

    public async Task<Answer> RemoveMember(ChannelId id, UserId user, CancellationToken cancellation)
    {
        await using var db = await database.OpenToWrite(cancellation);
        var channel = await db.Channels.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id.Value, cancellation);
        if (channel is null) { return Answer.Refuse(Refusal.NotFound); }

        if (channel.IsBetweenPeople) { return Answer.Refuse(Refusal.Invalid, KeepsItsPeople); }

        var removed = await db.Memberships
            .Where(row => row.ChannelId == id.Value && row.UserId == user.Value)
            .ExecuteDeleteAsync(CancellationToken.None);
        if (removed > 0) { feed.Publish(id, new CallEvent.MemberRemoved(id, user), user); }

        return Answer.Accepted;
    }

    public async Task<Answer<Membership>> ChangeMember(
        ChannelId id, UserId user, bool? isAdmin, bool? muted, CancellationToken cancellation)
    {
        await using var db = await database.OpenToWrite(cancellation);
        var membership = await db.Memberships.FindAsync([id.Value, user.Value], cancellation);
        if (membership is null) { return Answer<Membership>.Refuse(Refusal.NotFound); }

        membership.IsAdmin = isAdmin ?? membership.IsAdmin;
        membership.Muted = muted ?? membership.Muted;
        await db.SaveChangesAsync(cancellation);
        return ToMembership(membership, await db.Users.AsNoTracking().FirstAsync(row => row.Id == user.Value, cancellation));
    }

    public async Task MarkRead(ChannelId id, UserId user, CancellationToken cancellation)
    {
        await using var db = await database.OpenToWrite(cancellation);
        var last = await LastNumber(db, id, cancellation);
        await db.Memberships
            .Where(row => row.ChannelId == id.Value && row.UserId == user.Value && row.ReadUpTo < last)
            .ExecuteUpdateAsync(row => row.SetProperty(membership => membership.ReadUpTo, last), cancellation);
    }

    private const string KeepsItsPeople = "A conversation between people keeps its members.";

    private async Task<Answer<ChannelInfo>> Change(ChannelId id, Func<ChannelRow, string?> change, CancellationToken cancellation)
    {
        await using var db = await database.OpenToWrite(cancellation);
        var row = await db.Channels.FirstOrDefaultAsync(channel => channel.Id == id.Value, cancellation);
        if (row is null) { return Answer<ChannelInfo>.Refuse(Refusal.NotFound); }

        if (change(row) is { } wrong) { return Answer<ChannelInfo>.Refuse(Refusal.Invalid, wrong); }

        await db.SaveChangesAsync(CancellationToken.None);
        var info = await Info(db, row, CancellationToken.None);
        feed.Publish(id, new CallEvent.ChannelChanged(id, info.Name, info.DisplayName, info.Archived));
        return info;
    }

    private static async Task<ChannelInfo> Info(WorkspaceDb db, ChannelRow row, CancellationToken cancellation) =>
        row.ToInfo(ChannelNames.Shown(row, await ChannelNames.PeopleOf(db, [row], cancellation), null));

    private static async Task<long> LastNumber(WorkspaceDb db, ChannelId id, CancellationToken cancellation) =>
        await db.Posts.Where(post => post.ChannelId == id.Value).MaxAsync(post => (long?)post.Number, cancellation) ?? 0;

    private async Task<Answer<ChannelInfo>?> Repeated(WorkspaceDb db, string? operation, CancellationToken cancellation)
    {
        if (await operations.Find(db, operation, cancellation) is not { } id) { return null; }

        return await Info(db, await db.Channels.AsNoTracking().FirstAsync(channel => channel.Id == id, cancellation), cancellation);
    }

    // False: somebody else wrote the same unique row in the same moment. To the end in any case: what was saved is told.
    private static async Task<bool> Save(WorkspaceDb db)
    {
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
            return true;
        }
        catch (DbUpdateException failure) when (Clash.Is(failure))
        {
            return false;
        }
    }

    private static Membership ToMembership(MembershipRow row, UserRow user) =>
        new(ChannelId.From(row.ChannelId), user.ToUser(), row.IsAdmin, row.Muted);

    private static string? Check(NewChannel channel, int people) => channel.Kind switch
    {
        ChannelKind.Direct when people != 2 => "A direct channel is between you and one other.",
        ChannelKind.Group when people is < GroupMembersMin or > GroupMembersMax =>
            $"A group has {GroupMembersMin} to {GroupMembersMax} people, you among them.",
        ChannelKind.Direct or ChannelKind.Group => null,
        _ => ChannelNames.Check(channel.Name) ?? (channel.DisplayName is null ? null : DisplayNames.Check(channel.DisplayName)),
    };
}
