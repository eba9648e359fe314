using System.Globalization;
using Calls.Contracts.Workspace;

namespace Calls.Grains.Channels;

/// <summary>The post that carries a call: its card, and the first of the thread that is its chat.</summary>
internal static class CallPost
{
    /// <summary>What a client shows that knows no call cards.</summary>
    private const string Text = "started a call";

    public static NewPost Of(ChannelId channel, PendingStart start) => new(
        channel,
        start.Thread,
        start.StartedBy,
        PostType.Call,
        Text,
        PropsOf(start),
        Files: [],
        OperationId: start.Call.Value);

    private static ImmutableDictionary<string, string> PropsOf(PendingStart start)
    {
        var props = ImmutableDictionary<string, string>.Empty
            .Add("callId", start.Call.Value)
            .Add("startedAt", start.StartedAt.ToString("O", CultureInfo.InvariantCulture));
        return start.Title is null ? props : props.Add("title", start.Title);
    }
}
