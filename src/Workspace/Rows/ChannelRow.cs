using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;

namespace Calls.Workspace.Rows;

internal sealed class ChannelRow
{
    public required string Id { get; init; }

    public required ChannelKind Kind { get; init; }

    /// <summary>Unique. Of direct and group channels made from their members' ids, so that the same people find the same one.</summary>
    public required string Name { get; init; }

    /// <summary>Empty in direct and group channels, whose name is that of the others.</summary>
    public required string DisplayName { get; set; }

    public bool Archived { get; set; }

    public bool IsBetweenPeople => Kind is ChannelKind.Direct or ChannelKind.Group;

    public ChannelInfo ToInfo(string displayName) => new(ChannelId.From(Id), Kind, Name, displayName, Archived);
}
