using Calls.Contracts.Calls;

namespace Calls.Contracts.Workspace;

/// <summary>Conversations and who is in them.</summary>
public interface IChannels
{
    /// <summary>One conversation; null when there is none.</summary>
    Task<ChannelInfo?> Find(ChannelId id, CancellationToken cancellation);

    /// <summary>All that decides whether a user may join or start a call here, in one look; null when there is no such conversation or user.</summary>
    Task<ChannelStanding?> Standing(ChannelId id, UserId user, CancellationToken cancellation);

    /// <summary>One conversation as a member sees it; null when they are none.</summary>
    Task<ChannelView?> View(ChannelId id, UserId member, CancellationToken cancellation);

    /// <summary>The conversations a user is a member of, by kind and name.</summary>
    Task<Page<ChannelView>> ListOf(UserId member, PageRequest page, CancellationToken cancellation);

    /// <summary>The public conversations a user is no member of and may enter, by name: those that are not archived, and for guests none.</summary>
    Task<Page<PublicChannel>> Browse(UserId user, PageRequest page, CancellationToken cancellation);

    /// <summary>The ids of all conversations a user is a member of.</summary>
    Task<ImmutableArray<ChannelId>> IdsOf(UserId member, CancellationToken cancellation);

    /// <summary>As <see cref="IdsOf"/>, of many at once; a user in no conversation is not in the answer.</summary>
    Task<ImmutableDictionary<UserId, ImmutableHashSet<ChannelId>>> IdsOfEach(ImmutableArray<UserId> members, CancellationToken cancellation);

    /// <summary>Those of these conversations that are archived, or that there are not.</summary>
    Task<ImmutableHashSet<ChannelId>> Closed(ImmutableArray<ChannelId> channels, CancellationToken cancellation);

    /// <summary>Whether a user may see that a conversation exists: members, and in public ones everybody but guests.</summary>
    Task<bool> MaySee(ChannelId id, UserId user, CancellationToken cancellation);

    /// <summary>A user's membership; null when they are no member.</summary>
    Task<Membership?> FindMember(ChannelId id, UserId user, CancellationToken cancellation);

    /// <summary>The members, by name.</summary>
    Task<Page<Membership>> Members(ChannelId id, PageRequest page, CancellationToken cancellation);

    /// <summary>Makes a conversation; a direct or group one that exists is found instead. Or Invalid, NotFound (a member).</summary>
    Task<Answer<ChannelInfo>> Create(NewChannel channel, UserId creator, CancellationToken cancellation);

    /// <summary>Renames. Or NotFound, Invalid.</summary>
    Task<Answer<ChannelInfo>> Rename(ChannelId id, string displayName, CancellationToken cancellation);

    /// <summary>Archives or un-archives. Or NotFound.</summary>
    Task<Answer<ChannelInfo>> SetArchived(ChannelId id, bool archived, CancellationToken cancellation);

    /// <summary>Adds a member; one already is accepted. Or NotFound, Invalid (direct and group channels keep theirs).</summary>
    Task<Answer<Membership>> AddMember(ChannelId id, UserId user, CancellationToken cancellation);

    /// <summary>Takes a member out; none already is accepted. Or NotFound, Invalid.</summary>
    Task<Answer> RemoveMember(ChannelId id, UserId user, CancellationToken cancellation);

    /// <summary>Changes what is not null. Or NotFound.</summary>
    Task<Answer<Membership>> ChangeMember(ChannelId id, UserId user, bool? isAdmin, bool? muted, CancellationToken cancellation);

    /// <summary>The member has read everything up to now.</summary>
    Task MarkRead(ChannelId id, UserId user, CancellationToken cancellation);
}

/// <summary>A conversation to be made.</summary>
/// <param name="Name">Of public and private ones; null for direct and group ones.</param>
/// <param name="Members">Beside the creator.</param>
/// <param name="OperationId">Of the creator, at most 64 characters; a repeat within 10 minutes makes no second one.</param>
public sealed record NewChannel(
    ChannelKind Kind, string? Name, string? DisplayName, ImmutableArray<UserId> Members, string? OperationId = null);
