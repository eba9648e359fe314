using Calls.Contracts.MediaNodes;

namespace Calls.Grains.Participants;

/// <summary>
/// Where the media of a user's sessions is, and for a while where that of ended ones was: what their node still knows can be asked for.
/// Kept in memory only, as the node keeps it.
/// </summary>
internal sealed class MediaPlaces
{
    /// <summary>As long as a node remembers a session that is over.</summary>
    public static readonly TimeSpan KeptAfterEnd = TimeSpan.FromMinutes(10);

    private readonly Dictionary<SessionId, Known> _known = [];

    public bool IsEmpty => _known.Count == 0;

    /// <summary>A node has answered the session's offer.</summary>
    public void IsAt(SessionId session, MediaPlace place) => _known[session] = new Known(place, EndedAt: null);

    public MediaPlace? Find(SessionId session) => _known.GetValueOrDefault(session)?.Place;

    /// <summary>Drops what ended too long ago.</summary>
    /// <param name="present">The sessions that the call has.</param>
    public void Forget(ImmutableArray<SessionId> present, DateTimeOffset now)
    {
        foreach (var (session, known) in _known.Where(one => !present.Contains(one.Key)).ToArray())
        {
            var endedAt = known.EndedAt ?? now;
            if (now - endedAt >= KeptAfterEnd) { _known.Remove(session); }
            else { _known[session] = known with { EndedAt = endedAt }; }
        }
    }

    private sealed record Known(MediaPlace Place, DateTimeOffset? EndedAt);
}
