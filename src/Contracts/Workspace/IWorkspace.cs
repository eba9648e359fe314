namespace Calls.Contracts.Workspace;

/// <summary>The chat that calls belong to. Another chat takes its place by implementing this.</summary>
public interface IWorkspace
{
    /// <summary>Who there is.</summary>
    IUsers Users { get; }

    /// <summary>Conversations and who is in them.</summary>
    IChannels Channels { get; }

    /// <summary>Posts and threads.</summary>
    IPosts Posts { get; }

    /// <summary>Uploaded files.</summary>
    IFiles Files { get; }

    /// <summary>What changed.</summary>
    IWorkspaceFeed Feed { get; }
}
