using Calls.Contracts.MediaNodes;

namespace Calls.Grains.Calls;

/// <summary>Who speaks and who holds the slots now, as the node last said: kept in memory and told again to whoever comes or returns.</summary>
internal sealed class VoiceView
{
    private readonly Dictionary<SessionId, NodeEvent.SessionSlots> _ofSession = [];
    private readonly Dictionary<SessionId, CallEvent.Slots> _told = [];
    private NodeEvent.Slots? _ofCall;

    public CallEvent.Speaking? Speaking { get; private set; }

    /// <summary>Takes the latest; false when it is what was known.</summary>
    public bool Take(NodeEvent.Speaking news)
    {
        if (Speaking is { } known && known.Dominant == news.Dominant && known.SessionIds.SequenceEqual(news.Sessions)) { return false; }

        Speaking = new CallEvent.Speaking(news.Sessions, news.Dominant);
        return true;
    }

    public void Take(NodeEvent.Slots news) => _ofCall = news;

    public void Take(NodeEvent.SessionSlots news) => _ofSession[news.Session] = news;

    /// <summary>What a session hears in its slots; null before the node said anything, or when it has been told already.</summary>
    public CallEvent.Slots? NewsFor(SessionState session)
    {
        if (For(session) is not { } now) { return null; }

        if (_told.TryGetValue(session.Id, out var told) && told.Voice.SequenceEqual(now.Voice)) { return null; }

        _told[session.Id] = now;
        return now;
    }

    /// <summary>The session comes or returns: it is told again.</summary>
    public void Forget(SessionId session)
    {
        _told.Remove(session);
    }

    /// <summary>All other sessions have left; what the node said of them may have come after that.</summary>
    public void KeepOnly(IReadOnlySet<SessionId> present)
    {
        foreach (var gone in _told.Keys.Where(session => !present.Contains(session))) { _told.Remove(gone); }

        foreach (var gone in _ofSession.Keys.Where(session => !present.Contains(session))) { _ofSession.Remove(gone); }
    }

    /// <summary>Another node, other slots.</summary>
    public void Clear()
    {
        _ofCall = null;
        _ofSession.Clear();
        _told.Clear();
        Speaking = null;
    }

    // Nobody hears themselves: a holder's own slot carries the spare voice. A session with fewer lines than the call has
    // slots is told its own; one with more has the rest empty.
    private CallEvent.Slots? For(SessionState session)
    {
        if (_ofSession.TryGetValue(session.Id, out var own)) { return new CallEvent.Slots(own.Voices, Screen: null); }

        if (_ofCall is not { } shared || session.VoiceSlots < shared.Voices.Length) { return null; }

        var voices = shared.Voices.Select(voice => voice == session.Id ? shared.Spare : voice)
            .Concat(Enumerable.Repeat<SessionId?>(null, session.VoiceSlots - shared.Voices.Length));
        return new CallEvent.Slots([.. voices], Screen: null);
    }
}
