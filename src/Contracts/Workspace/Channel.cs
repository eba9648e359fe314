namespace Calls.Contracts.Workspace;

/// <summary>The four kinds of conversation.</summary>
[GenerateSerializer, Alias("ChannelKind")]
public enum ChannelKind
{
    /// <summary>Everybody but guests may see and enter it.</summary>
    Public,

    /// <summary>Only members see it.</summary>
    Private,

    /// <summary>3 to 8 people.</summary>
    Group,

    /// <summary>2 people.</summary>
    Direct,
}

/// <summary>A conversation without anybody's view of it.</summary>
/// <param name="Name">Unique, of <c>[a-z0-9-]</c>, 1 to 64 characters.</param>
[GenerateSerializer, Immutable, Alias("ChannelInfo")]
public sealed record ChannelInfo(ChannelId Id, ChannelKind Kind, string Name, string DisplayName, bool Archived);

/// <summary>A conversation as one of its members sees it. The gateway adds what the grains know of its calls.</summary>
/// <param name="DisplayName">Of direct and group channels: the others' names.</param>
/// <param name="IsAdmin">Whether this member is the channel's admin.</param>
/// <param name="Members">How many there are.</param>
/// <param name="Unread">Posts after the last one this member has read.</param>
/// <param name="PeerDeactivated">Of a direct channel: whether the other side is deactivated.</param>
/// <param name="PeerIsBot">Of a direct channel: whether the other side is the service's own user, who answers no call.</param>
[GenerateSerializer, Immutable, Alias("ChannelView")]
public sealed record ChannelView(
    ChannelId Id, ChannelKind Kind, string Name, string DisplayName, bool Archived, bool Muted, bool IsAdmin, int Members, int Unread,
    bool PeerDeactivated, bool PeerIsBot);

/// <summary>How a user stands to a conversation.</summary>
/// <param name="MaySee">Whether they may know that it exists: members, and of public ones everybody but guests.</param>
/// <param name="PeerDeactivated">Of a direct channel: whether the other side is deactivated.</param>
/// <param name="PeerIsBot">Of a direct channel: whether the other side is the service's own user, who answers no call.</param>
public sealed record ChannelStanding(
    ChannelKind Kind, bool Archived, UserRole Role, bool Deactivated, bool IsMember, bool MaySee, bool PeerDeactivated, bool PeerIsBot);

/// <summary>A user's place in a conversation.</summary>
/// <param name="IsAdmin">Whether they are the channel's admin; its creator is at first.</param>
/// <param name="Muted">Whether they silenced it for themselves.</param>
[GenerateSerializer, Immutable, Alias("Membership")]
public sealed record Membership(ChannelId ChannelId, User User, bool IsAdmin, bool Muted);

/// <summary>A public conversation as somebody sees it who is not in it.</summary>
/// <param name="Members">How many there are.</param>
public sealed record PublicChannel(ChannelId Id, string Name, string DisplayName, int Members);
