using System.Security.Cryptography;
using Calls.Contracts.Calls;
using Calls.Contracts.Channels;
using Calls.Contracts.Ids;
using Calls.Contracts.Participants;

namespace Calls.Gateway.Signalling;

/// <summary>The way into a channel's call, by whatever door: the call is found or started, then joined.</summary>
internal static class CallEntry
{
    /// <summary>A call may end between being found and being joined; then the channel is asked again. More than this is no race.</summary>
    public const int TriesMax = 3;

    private const int TokenCharacters = 26;

    public static async Task<Answer<JoinedSession>> Enter(
        IGrainFactory grains, ChannelId channel, OpenCall wish, Func<CallId, Task<Answer<JoinedSession>>> join)
    {
        for (var attempt = 1; ; attempt++)
        {
            var opened = await grains.GetGrain<IChannelGrain>(channel.Value).Open(wish);
            if (!opened.IsAccepted) { return Answer<JoinedSession>.Refuse(opened.Plain); }

            var joined = await join(opened.Value!.Call);
            var hasEnded = joined.Refusal is Refusal.NoCall && attempt < TriesMax;
            if (!hasEnded) { return joined; }
        }
    }

    public static SessionId NewSession() => IdText.Create<SessionId>(RandomNumberGenerator.GetBytes(IdText.EntropyBytes));

    public static ResumeToken NewToken() => new(RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz234567", TokenCharacters));
}
