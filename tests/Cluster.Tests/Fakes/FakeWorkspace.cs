using System.Collections.Concurrent;
using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;

namespace Calls.Cluster.Tests.Fakes;

/// <summary>A chat in memory: as much of it as grains use.</summary>
internal sealed class FakeWorkspace : IWorkspace
{
    private readonly FakePosts _posts = new();

    public ConcurrentDictionary<ChannelId, ChannelInfo> KnownChannels { get; } = new();

    public ConcurrentDictionary<UserId, User> KnownUsers { get; } = new();

    public ConcurrentDictionary<(ChannelId, UserId), bool> Members { get; } = new();

    /// <summary>Who was said to be there or gone, in order.</summary>
    public ConcurrentQueue<(UserId User, bool Present)> Presence { get; } = new();

    public FakePosts Posts => _posts;

    IUsers IWorkspace.Users => new FakeUsers(this);

    IChannels IWorkspace.Channels => new FakeChannels(this);

    IPosts IWorkspace.Posts => _posts;

    IFiles IWorkspace.Files => throw new NotSupportedException();

    IWorkspaceFeed IWorkspace.Feed => throw new NotSupportedException();

    public ChannelId AddChannel(ChannelKind kind, params UserId[] members)
    {
        var id = TestIds.New<ChannelId>();
        KnownChannels[id] = new ChannelInfo(id, kind, "channel", "Channel", Archived: false);
        foreach (var member in members) { Members[(id, member)] = true; }

        return id;
    }

    public UserId AddUser(UserRole role = UserRole.Member)
    {
        var id = TestIds.New<UserId>();
        KnownUsers[id] = new User(id, id.Value[5..], "A user", role, UserStatus.Online, Deactivated: false);
        return id;
    }
}

internal sealed class FakeUsers(FakeWorkspace workspace) : IUsers
{
    public Task<User?> Find(UserId id, CancellationToken cancellation) => Task.FromResult(workspace.KnownUsers.GetValueOrDefault(id));

    public Task<ImmutableHashSet<UserId>> Barred(ImmutableArray<UserId> users, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<User?> FindByName(string username, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Authenticated?> Authenticate(string username, string password, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Page<User>> List(PageRequest page, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Answer<User>> Create(NewUser user, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Answer<User>> Change(UserId id, UserChange change, CancellationToken cancellation) => throw new NotSupportedException();

    public Task SetPresent(UserId id, bool present, CancellationToken cancellation)
    {
        workspace.Presence.Enqueue((id, present));
        return Task.CompletedTask;
    }

    public Task<UserPreferences> Preferences(UserId id, CancellationToken cancellation) => throw new NotSupportedException();
}

internal sealed class FakeChannels(FakeWorkspace workspace) : IChannels
{
    public Task<ChannelInfo?> Find(ChannelId id, CancellationToken cancellation) =>
        Task.FromResult(workspace.KnownChannels.GetValueOrDefault(id));

    public Task<ChannelStanding?> Standing(ChannelId id, UserId user, CancellationToken cancellation)
    {
        if (!workspace.KnownChannels.TryGetValue(id, out var channel) || !workspace.KnownUsers.TryGetValue(user, out var person))
        {
            return Task.FromResult<ChannelStanding?>(null);
        }

        var isMember = workspace.Members.ContainsKey((id, user));
        var peer = channel.Kind == ChannelKind.Direct
            ? workspace.Members.Keys.Where(place => place.Item1 == id && place.Item2 != user).Select(place => workspace.KnownUsers[place.Item2]).FirstOrDefault()
            : null;
        return Task.FromResult<ChannelStanding?>(new ChannelStanding(
            channel.Kind, channel.Archived, person.Role, person.Deactivated, isMember,
            isMember || (channel.Kind == ChannelKind.Public && person.Role != UserRole.Guest), peer is { Deactivated: true }, peer is { Role: UserRole.Bot }));
    }

    public Task<ChannelView?> View(ChannelId id, UserId member, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<bool> MaySee(ChannelId id, UserId user, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Page<ChannelView>> ListOf(UserId member, PageRequest page, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Page<PublicChannel>> Browse(UserId user, PageRequest page, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ImmutableDictionary<UserId, ImmutableHashSet<ChannelId>>> IdsOfEach(
        ImmutableArray<UserId> members, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ImmutableHashSet<ChannelId>> Closed(ImmutableArray<ChannelId> channels, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<ImmutableArray<ChannelId>> IdsOf(UserId member, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Membership?> FindMember(ChannelId id, UserId user, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Page<Membership>> Members(ChannelId id, PageRequest page, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Answer<ChannelInfo>> Create(NewChannel channel, UserId creator, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Answer<ChannelInfo>> Rename(ChannelId id, string displayName, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Answer<ChannelInfo>> SetArchived(ChannelId id, bool archived, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Answer<Membership>> AddMember(ChannelId id, UserId user, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Answer> RemoveMember(ChannelId id, UserId user, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Answer<Membership>> ChangeMember(
        ChannelId id, UserId user, bool? isAdmin, bool? muted, CancellationToken cancellation) => throw new NotSupportedException();

    public Task MarkRead(ChannelId id, UserId user, CancellationToken cancellation) => throw new NotSupportedException();
}
