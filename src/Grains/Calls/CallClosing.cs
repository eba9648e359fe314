using System.Globalization;
using Calls.Contracts.Workspace;

namespace Calls.Grains.Calls;

/// <summary>What an ended call leaves in the workspace.</summary>
internal static class CallClosing
{
    private const string Participants = "participants";

    /// <summary>Writes the end into the call's post; deletes the post of a call that never came to life.</summary>
    /// <returns>Whether it was taken. Asking for the same again would not help where it was not.</returns>
    public static async Task<Answer> FinishPost(IPosts posts, CallState call, CancellationToken cancellation)
    {
        if (call.Post is not { } post) { return Answer.Accepted; }

        if (call.End!.Reason == CallEndReason.Failed) { return await posts.Delete(post, cancellation); }

        var props = PropsOf(call);
        var edited = await posts.Edit(post, text: null, props, cancellation);

        // Thousands of names are more than a post takes; the record has them all.
        if (edited.Refusal == Refusal.Invalid) { edited = await posts.Edit(post, text: null, props.Remove(Participants), cancellation); }

        // Whoever deleted the post does not miss its end.
        return edited.Refusal == Refusal.NotFound ? Answer.Accepted : edited.Plain;
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
            .Add(Participants, string.Join(',', call.Attendees.Select(user => user.Value)))
            .Add("reason", System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(end.Reason.ToString()));
    }
}
