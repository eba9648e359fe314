using System.Globalization;
using Calls.Contracts.Workspace;

namespace Calls.Grains.Calls;

/// <summary>What an ended call leaves in the workspace.</summary>
internal static class CallClosing
{
    /// <summary>Writes the end into the call's post; deletes the post of a call that never came to life.</summary>
    public static async Task FinishPost(IPosts posts, CallState call, CancellationToken cancellation)
    {
        if (call.Post is not { } post) { return; }

        if (call.End!.Reason == CallEndReason.Failed) { await posts.Delete(post, cancellation); }
        else { await posts.Edit(post, text: null, PropsOf(call), cancellation); }
    }

    public static EndedCall RecordOf(CallState call, ChannelKind? kind) => new(
        call.Id,
        call.Channel,
        call.Thread!.Value,
        call.Title,
        call.StartedBy,
        call.StartedAt,
        call.End!.At,
        call.End.Reason,
        call.Attendees,
        call.SessionsMax,
        kind);

    private static ImmutableDictionary<string, string> PropsOf(CallState call)
    {
        var end = call.End!;
        return ImmutableDictionary<string, string>.Empty
            .Add("endedAt", end.At.ToString("O", CultureInfo.InvariantCulture))
            .Add("durationMs", ((long)(end.At - call.StartedAt).TotalMilliseconds).ToString(CultureInfo.InvariantCulture))
            .Add("participants", string.Join(',', call.Attendees.Select(user => user.Value)))
            .Add("reason", System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(end.Reason.ToString()));
    }
}
