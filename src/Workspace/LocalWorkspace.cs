using Calls.Contracts.Workspace;

namespace Calls.Workspace;

/// <summary>The small chat.</summary>
internal sealed class LocalWorkspace(IUsers users, IChannels channels, IPosts posts, IFiles files, IWorkspaceFeed feed) : IWorkspace
{
    public IUsers Users => users;

    public IChannels Channels => channels;

    public IPosts Posts => posts;

    public IFiles Files => files;

    public IWorkspaceFeed Feed => feed;
}
